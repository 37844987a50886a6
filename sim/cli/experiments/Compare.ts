/** `mesocosm compare`, from its words to an exit code. */
import { differingArms } from "../../experiment/Arms.ts"
import { compareDesign, overAssumed, untilDecided } from "../../experiment/Designs.ts"
import { type Carried, type Chosen, readChoice, readCount, usage } from "./Asked.ts"
import { begin, find } from "./Conducting.ts"

interface Asked extends Chosen, Carried {
  readonly until: "decided" | undefined
  readonly maxSeeds: string
  readonly overAssumptions: boolean
  readonly points: string
  readonly pairs: string
}

/** @returns the exit code. @throws ScenarioError when what was asked for is wrong. */
export async function compareArms(asked: Asked): Promise<number> {
  const found = await find(asked.scenario)
  const { scenario } = found
  const design = compareDesign(scenario, readChoice(asked))
  differingArms(scenario, design.arms, design.set)
  const staged = asked.until !== undefined ? "--until" : asked.overAssumptions ? "--over-assumptions" : undefined
  if (asked.shard !== undefined && staged !== undefined) {
    throw usage(
      "--shard",
      asked.shard,
      `cannot be used with ${staged}`,
      "Leave out one: what comes next hangs on what came, which no part knows."
    )
  }
  let whole = design
  if (asked.until !== undefined) {
    whole = untilDecided(scenario, whole, readCount("--max-seeds", asked.maxSeeds, 10, 1_000_000))
  }
  if (asked.overAssumptions) {
    const points = readCount("--points", asked.points, 8, 100_000)
    const pairs = readCount("--pairs", asked.pairs, 2, 100_000)
    whole = overAssumed(scenario, whole, { points, pairs, refine: Math.ceil(points / 4) })
  }
  return begin(found, whole, asked)
}
