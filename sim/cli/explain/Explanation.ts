/** `explain`: which of the two questions was asked of a run, and how the answer is printed. */

import { ReportError } from "../../Errors.ts"
import { nearest } from "../../Nearest.ts"
import type { Manifest } from "../../store/Manifest.ts"
import { readManifest, readTable } from "../../store/RunFolder.ts"
import { usage } from "../experiments/Asked.ts"
import { EXIT } from "../Failure.ts"
import { findRun } from "../Runs.ts"
import { print, printJson } from "../Text.ts"
import { type AgentStory, agentStory, renderAgent } from "./AgentStory.ts"
import { blockStory, renderBlock } from "./BlockStory.ts"
import { rerun } from "./Rerun.ts"
import { namesOf } from "./Values.ts"

/** What `mesocosm explain` was given. */
interface Asked {
  readonly run: string
  readonly subject: string
  readonly from: number | undefined
  readonly to: number | undefined
  readonly last: number | undefined
  readonly all: boolean
  readonly scenario: string | undefined
  readonly json: boolean
  readonly quiet: boolean
  readonly signal: AbortSignal
}

/**
 * Explains and prints.
 * @returns 0; 1 when the run, done again, is not the recorded one; 130 when interrupted.
 * @throws ReportError UnknownRun, UnknownSubject, UnreadableRun; what finding its scenario throws.
 */
export async function explainRun(asked: Asked): Promise<number> {
  refuseUnread(asked)
  const folder = findRun(asked.run)
  const manifest = await readManifest(folder)
  if (/^\d+$/.test(asked.subject)) {
    const story = await blockStory(folder, manifest, Number(asked.subject))
    if (asked.json) printJson(story)
    else print(renderBlock(story, namesOf(manifest, await readTable(folder, "agents")), asked.all))
    return EXIT.ok
  }
  const population = populationOf(manifest, asked.subject)
  const again = await rerun({ ...asked, folder, manifest, agent: asked.subject })
  if (again === undefined) return EXIT.interrupted
  const story: AgentStory = agentStory({ folder, manifest, population, again, limits: asked })
  if (asked.json) printJson(story)
  else print(renderAgent(story, manifest, namesOf(manifest, again.agents)))
  return again.same ? EXIT.ok : EXIT.checkFailed
}

/** What was given and would choose nothing, or be read by nobody. @throws ScenarioError Usage. */
function refuseUnread({ subject, from, to, last, all }: Asked): void {
  const limits = Object.entries({ "--from": from, "--to": to, "--last": last }).flatMap(([flag, value]) =>
    value === undefined ? [] : [[flag, value] as const]
  )
  for (const [flag, value] of limits) {
    const given = String(value)
    if (/^\d+$/.test(subject)) {
      throw usage(
        flag,
        given,
        `is for agents, and ${subject} is a block`,
        "Leave it out, or name an agent such as farm/0."
      )
    }
    if (all) throw usage(flag, given, "says less than --all does", `Leave out --all or ${flag}.`)
    if (value < 1) {
      const what = flag === "--last" ? "counts decisions, at least 1" : "is a week, and weeks count from 1"
      throw usage(flag, given, `is ${given}, and ${what}`, `Give a whole number from 1, such as ${flag} 3.`)
    }
  }
  if (from !== undefined && to !== undefined && from > to) {
    throw usage(
      "--to",
      String(to),
      `${to} lies before --from ${from}`,
      `Give the earlier week first: --from ${to} --to ${from}.`
    )
  }
}

function populationOf(manifest: Manifest, agent: string): Manifest["populations"][number] {
  // A population's name may hold a slash; the number comes last.
  const slash = agent.lastIndexOf("/")
  const [name, nth] = slash < 0 ? [agent, ""] : [agent.slice(0, slash), agent.slice(slash + 1)]
  const population = manifest.populations.find((each) => each.name === name)
  if (population !== undefined && /^(0|[1-9]\d*)$/.test(nth) && Number(nth) < population.agents) return population
  const there = manifest.populations.filter(({ agents }) => agents > 0)
  const near = nearest(
    name,
    there.map((each) => each.name)
  )
  const known = there.map((each) =>
    each.agents === 1 ? `${each.name}/0` : `${each.name}/0 to ${each.name}/${each.agents - 1}`
  )
  throw new ReportError({
    reason: "UnknownSubject",
    message: `the run has no agent "${agent}"`,
    fix:
      known.length === 0
        ? "Explain a block: this run ended before it had agents."
        : `${near === undefined ? "" : `Did you mean ${near}/0? `}Its agents are ${known.join(", ")}; a number is a block.`,
    offending: { name: "agent", value: agent }
  })
}
