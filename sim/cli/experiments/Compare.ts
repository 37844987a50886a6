/** `mesocosm compare`, from its words to an exit code. */
import { differingArms } from "../../experiment/Arms.ts"
import { compareDesign, overAssumed, untilDecided } from "../../experiment/Designs.ts"
import { DEFAULTS } from "../Defaults.ts"
import { type Carried, type Chosen, readChoice, readCount, usage } from "./Asked.ts"
import { begin, find } from "./Conducting.ts"

interface Asked extends Omit<Chosen, "seeds">, Carried {
  readonly seeds: string | undefined
  readonly until: "decided" | undefined
  readonly maxSeeds: string | undefined
  readonly overAssumptions: boolean
  readonly points: string | undefined
  readonly pairs: string | undefined
}

/** @returns the exit code. @throws ScenarioError when what was asked for is wrong. */
export async function compareArms(asked: Asked): Promise<number> {
  const found = await find(asked.scenario)
  const { scenario } = found
  const standard = DEFAULTS.compare
  refuseUnread(asked)
  const design = compareDesign(scenario, readChoice({ ...asked, seeds: asked.seeds ?? standard.seeds }))
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
    whole = untilDecided(scenario, whole, readCount("--max-seeds", asked.maxSeeds ?? standard.maxSeeds, 10, 1_000_000))
  }
  if (asked.overAssumptions) {
    const points = readCount("--points", asked.points ?? standard.points, 8, 100_000)
    const pairs = readCount("--pairs", asked.pairs ?? standard.pairs, 2, 100_000)
    whole = overAssumed(scenario, whole, { points, pairs, refine: Math.ceil(points / 4) })
  }
  return begin(found, whole, asked)
}

/** What was given and would be read by nobody. @throws ScenarioError Usage. */
function refuseUnread({ until, overAssumptions, seeds, maxSeeds, points, pairs }: Asked): void {
  if (until === undefined) needs("--max-seeds", maxSeeds, "--until decided", "Give --seeds")
  else if (seeds !== undefined) {
    throw usage("--seeds", seeds, "is not read with --until decided", "Give the most there may be with --max-seeds.")
  }
  if (overAssumptions) return
  needs("--points", points, "--over-assumptions")
  needs("--pairs", pairs, "--over-assumptions")
}

function needs(flag: string, value: string | undefined, other: string, instead = "Leave it out"): void {
  if (value !== undefined) throw usage(flag, value, `is read with ${other} only`, `${instead}, or add ${other}.`)
}
