/** The story of an agent: its traits, its decisions, and whether the run they were seen in is the recorded one. */
import { spoken } from "../../kernel/Duration.ts"
import { fromText } from "../../run/Plain.ts"
import type { Manifest } from "../../store/Manifest.ts"
import { flat, paint } from "../Terminal.ts"
import { number, plural, short, table, whole } from "../Text.ts"
import { type Decision, decisionsOf } from "./Decision.ts"
import { decisionWords } from "./DecisionWords.ts"
import type { Again } from "./Rerun.ts"
import type { Names } from "./Values.ts"

/** What is told of an agent. */
export interface AgentStory {
  readonly run: string
  readonly agent: string
  readonly behaviour: string
  /** What the agent drew, and what it was drawn from. */
  readonly traits: { readonly [trait: string]: { readonly value: unknown; readonly from: string } }
  /** Whether the run, done again, was the recorded one. */
  readonly same: boolean
  readonly compared: "digests" | "rows"
  readonly differing: readonly string[]
  readonly changed: readonly string[]
  /** Decisions in the whole run. */
  readonly total: number
  readonly decisions: readonly Decision[]
}

/** Which decisions are told: weeks count from 1, bounds included. */
interface Limits {
  readonly from: number | undefined
  readonly to: number | undefined
  readonly last: number | undefined
  readonly all: boolean
}

interface Told {
  readonly folder: string
  readonly manifest: Manifest
  readonly population: Manifest["populations"][number]
  readonly again: Again
  readonly limits: Limits & { readonly subject: string }
}

/** Told at either end of the run when nothing else is asked for. */
const EITHER_END = 3

/** The story of an agent. */
export function agentStory({ folder, manifest, population, again, limits }: Told): AgentStory {
  const decisions = decisionsOf(limits.subject, again)
  return {
    run: folder,
    agent: limits.subject,
    behaviour: population.behaviour,
    traits: traitsOf(limits.subject, population, again),
    same: again.same,
    compared: manifest.status === "interrupted" ? "rows" : "digests",
    differing: again.differing,
    changed: again.changed,
    total: decisions.length,
    decisions: chosen(decisions, limits)
  }
}

function traitsOf(agent: string, population: Told["population"], again: Again): AgentStory["traits"] {
  const row = again.agents.find((each) => each.agent === agent)
  // The recorder writes an agent's traits as an object.
  const drawn = row === undefined ? {} : (fromText(row.traits) as { readonly [trait: string]: unknown })
  return Object.fromEntries(
    Object.entries(population.traits).map(([name, from]) => [name, { value: drawn[name], from }])
  )
}

function chosen(decisions: readonly Decision[], { from, to, last, all }: Limits): readonly Decision[] {
  if (all) return decisions
  const within = decisions.filter(({ week }) => week >= (from ?? 0) && week <= (to ?? Number.POSITIVE_INFINITY))
  if (last !== undefined) return within.slice(Math.max(0, within.length - last))
  if (from !== undefined || to !== undefined || within.length <= 2 * EITHER_END) return within
  return [...within.slice(0, EITHER_END), ...within.slice(-EITHER_END)]
}

/** The story as printed. */
export function renderAgent(story: AgentStory, manifest: Manifest, names: Names): string {
  const { agent, behaviour, traits, total, decisions } = story
  const { spec } = manifest
  const parts = [
    `${paint("bold", `${flat(agent)}, ${behaviour}`, process.stdout)}: ${spec.scenario}, arm ${flat(spec.arm)}, seed ${spec.seed}\n`,
    `${sameness(story, manifest)}\n`,
    table(Object.entries(traits).map(traitWords), ["left", "right", "left"]),
    `\n${plural(total, "decision")}${decisions.length < total ? `, ${decisions.length} of them below; more with --from and --to (weeks), --last or --all` : ""}\n`
  ]
  let before = 0
  for (const decision of decisions) {
    if (decision.nth > before + 1) parts.push(`\n… ${decision.nth - before - 1} more\n`)
    before = decision.nth
    const when = `week ${decision.week}, after ${spoken(decision.time)}`
    parts.push(
      `\n${paint("bold", when, process.stdout)}\n`,
      table(decisionWords(decision, manifest, names), ["left", "left"])
    )
  }
  if (before < total && decisions.length > 0) parts.push(`\n… ${total - before} more\n`)
  return parts.join("")
}

function traitWords([name, { value, from }]: [string, AgentStory["traits"][string]]): readonly string[] {
  const shown = typeof value === "number" ? number(value) : typeof value === "bigint" ? whole(value) : String(value)
  // A constant is described by its value, as the manifest writes it.
  const constant = [shown, String(value)].find((words) => from.startsWith(`${words} `))
  return [name, shown, constant === undefined ? `drawn from ${from}` : from.slice(constant.length + 1)]
}

function sameness({ same, compared, differing, changed }: AgentStory, manifest: Manifest): string {
  const since = changed.length === 0 ? "" : ` Since it was recorded: ${changed.join("; ")}.`
  if (!same) {
    const words = paint("red", "The run, done again, is not the recorded one:", process.stdout)
    return `${words} what differs is ${differing.join(", ")}.${since} What follows is of the new run.`
  }
  if (compared === "rows") {
    return `Done again: every recorded row is the same, up to where it was interrupted (${spoken(manifest.endedAt)}).${since}`
  }
  const { economy, trace } = manifest.digest
  return `Done again, with the recorded digests: economy ${short(economy)}, trace ${short(trace)}.${since}`
}
