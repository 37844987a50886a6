/** `mesocosm compare`: arms against each other, over many seeds. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { DEFAULTS } from "../Defaults.ts"
import { attempt, end } from "../Failure.ts"
import { interruptSignal } from "../Interrupt.ts"
import { armsFlag, carriedFlags, chosenFlags, plainOptions } from "./ExperimentFlags.ts"
import { optional, switched } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const { seeds, maxSeeds, points, pairs } = DEFAULTS.compare

const parameters = {
  scenario: Argument.String("scenario").pipe(Argument.withDescription("Id of a scenario, or the path of its .ts file")),
  arms: armsFlag("all of the scenario's"),
  seeds: optional("seeds", "n", "How many seeds; every arm runs on each", seeds),
  ...chosenFlags,
  until: Flag.Literals("until", ["decided"]).pipe(
    Flag.withDescription("Add seeds until every KPI has a verdict, instead of --seeds"),
    Flag.optional
  ),
  maxSeeds: optional("max-seeds", "n", "The most seeds that --until may run", maxSeeds),
  overAssumptions: switched(
    "over-assumptions",
    "Sample the assumed ranges too, and say in which share of them the verdicts hold, and what flips them"
  ),
  points: optional(
    "points",
    "n",
    "Points of the assumed ranges that --over-assumptions samples; a quarter as many more may be added near flips",
    points
  ),
  pairs: optional("pairs", "n", "Seeds at each of those points; twice as many near flips", pairs),
  ...carriedFlags
}

/** The command. */
export const compare: Leaf<"compare"> = Command.make(
  "compare",
  parameters,
  Effect.fnUntraced(function* (input) {
    const signal = yield* interruptSignal("stopping here; what was recorded is kept. Ctrl-C again stops at once")
    const { compareArms } = yield* attempt(() => import("../experiments/Compare.ts"))
    const code = yield* attempt(() => compareArms({ ...plainOptions(input), signal }))
    return yield* end(code)
  }, Effect.scoped)
).pipe(
  Command.withDescription("Runs arms over the same seeds and says how they differ, and how sure that is."),
  Command.withShortDescription("Compare arms over many seeds"),
  Command.withExamples([
    {
      command: "mesocosm compare weekly-rewards --arms baseline,identity-stake --seeds 100",
      description: "What a stake changes, paired by seed"
    },
    {
      command: "mesocosm compare weekly-rewards --arms baseline,identity-stake --over-assumptions",
      description: "And whether it survives the assumptions"
    },
    {
      command: "mesocosm compare weekly-rewards --arms baseline,streaks-off --until decided --max-seeds 200",
      description: "As many seeds as it takes"
    },
    { command: "mesocosm compare open-pool --arms baseline --seeds 1000", description: "One arm alone: how it varies" }
  ])
)
