/**
 * What `validate` and `behaviours` leave in the checkout, and what a report of an experiment takes of it.
 *
 * Invariant: what was measured by other code than made the runs is taken, and marked as such.
 */
import { execFileSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { place } from "../../../reports/html/Place.ts"
import { codeWords, fingerprint } from "../../store/CodeVersion.ts"
import {
  type AssumptionLine,
  type BehaviourChecks,
  EVIDENCE,
  type Evidence,
  type KnownAnswers,
  type MeasuredBy
} from "../../store/Evidence.ts"
import { isLine } from "../../store/Register.ts"
import { PROJECT } from "../Checkout.ts"
import { jsonText } from "../Text.ts"

const MEASURED = join(PROJECT, ".mesocosm", "measured")
const VALIDATED = "known-answers.json"

type Left<T> = T & { readonly fingerprint: string; readonly revision: string | null }

/** Leaves what all known answers came to. @throws ReportError Unwritable. */
export function leaveKnownAnswers(found: KnownAnswers): Promise<void> {
  return leave(VALIDATED, found)
}

/** Leaves what the behaviours of a scenario came to in an arm. @throws ReportError Unwritable. */
export function leaveBehaviours(found: BehaviourChecks, code: string): Promise<void> {
  // An arm's name may be no word for a path.
  const name = `${found.scenario}-${found.arm}`.replaceAll(/[^\w-]/g, (c) => `%${(c.codePointAt(0) ?? 0).toString(16)}`)
  return leave(`behaviours-${name.slice(0, 200)}.json`, found, code)
}

async function leave(name: string, found: object, code = fingerprint()): Promise<void> {
  const { revision } = codeWords()
  await place(join(MEASURED, name), jsonText({ ...found, fingerprint: code, revision }))
}

/** Gathers what is known into an experiment's folder. @throws ReportError Unwritable. */
export async function gatherEvidence(
  folder: string,
  { scenario, file, code }: { readonly scenario: string; readonly file: string; readonly code: string }
): Promise<void> {
  const by = ({ fingerprint: theirs, revision }: Left<object>, ours: string): MeasuredBy => ({
    revision,
    sameCode: theirs === ours
  })
  const known = left<Left<KnownAnswers>>(VALIDATED)
  const checks = names()
    .filter((name) => name.startsWith("behaviours-"))
    .flatMap((name) => left<Left<BehaviourChecks>>(name) ?? [])
    .filter((each) => each.scenario === scenario)
  const evidence: Evidence = {
    version: 1,
    // The known answers are the lab's own: a scenario outside it does not change them.
    knownAnswers:
      known === undefined
        ? null
        : {
            passed: known.passed,
            of: known.of,
            chains: known.chains,
            ...by(known, fingerprint())
          },
    behaviours: checks.map(({ arm, seeds, strategic, ...rest }) => ({
      scenario,
      arm,
      seeds,
      strategic,
      ...by(rest as Left<object>, code)
    })),
    assumptions: assumptionsOf(file)
  }
  await place(join(folder, EVIDENCE), jsonText(evidence))
}

function names(): readonly string[] {
  return existsSync(MEASURED)
    ? readdirSync(MEASURED)
        .filter((name) => name.endsWith(".json"))
        .sort()
    : []
}

function left<T>(name: string): T | undefined {
  const path = join(MEASURED, name)
  // `leave` wrote it.
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as T) : undefined
}

/** The lines of the ASSUMPTIONS.md beside a scenario, by their names; none where there is no such file. */
export function assumptionsOf(file: string): { readonly [source: string]: AssumptionLine } {
  const path = registerOf(file)
  return existsSync(path) ? linesOf(path, daysOf(path)) : {}
}

/** Where the register of a scenario's file lies, if there is one. */
export function registerOf(file: string): string {
  return join(dirname(file), "ASSUMPTIONS.md")
}

/** Whether the register beside a scenario's file has a line; where there is none, it has not. */
export function hasLineOf(file: string): (line: string) => boolean {
  const path = registerOf(file)
  const lines = existsSync(path) ? linesOf(path, []) : {}
  return (line) => Object.hasOwn(lines, line)
}

/** The lines of a register; `days` are those on which its lines of text were last changed. */
function linesOf(path: string, days: readonly string[]): { readonly [source: string]: AssumptionLine } {
  const found: { [source: string]: AssumptionLine } = {}
  for (const [at, line] of readFileSync(path, "utf8").split("\n").entries()) {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim())
    const [, source = "", , value, kind, why] = cells
    if (!isLine(source) || value === undefined || kind === undefined || why === undefined) continue
    found[source] = { value: plain(value), kind: plain(kind), why: plain(why), date: days[at] ?? null }
  }
  return found
}

/** A cell without its marks. */
function plain(cell: string): string {
  return cell.replaceAll(/`|\\(?=\|)/g, "").replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
}

/** The day on which each line was last changed; empty without a history. */
function daysOf(path: string): readonly string[] {
  try {
    const told = execFileSync("git", ["blame", "--line-porcelain", "--", basename(path)], {
      cwd: dirname(path),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 64 << 20
    })
    return [...told.matchAll(/^author-time (\d+)$/gm)].map(([, seconds]) =>
      new Date(Number(seconds) * 1000).toISOString().slice(0, 10)
    )
  } catch {
    // No git, or no checkout: a line without a date says so.
    return []
  }
}
