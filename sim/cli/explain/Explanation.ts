/** `explain`: which of the two questions was asked of a run, and how the answer is printed. */

import { ReportError } from "../../Errors.ts"
import { nearest } from "../../Nearest.ts"
import type { Manifest } from "../../store/Manifest.ts"
import { readManifest, readTable } from "../../store/RunFolder.ts"
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
