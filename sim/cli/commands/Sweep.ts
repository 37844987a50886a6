/** `mesocosm sweep`: vary Params over a grid or a sample. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { DEFAULTS } from "../Defaults.ts"
import { attempt, end } from "../Failure.ts"
import { interruptSignal } from "../Interrupt.ts"
import { armsFlag, carriedFlags, chosenFlags, plainOptions, varyFlag } from "./ExperimentFlags.ts"
import { optional, valued } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const parameters = {
  scenario: Argument.String("scenario").pipe(Argument.withDescription("Id of a scenario, or the path of its .ts file")),
  vary: varyFlag,
  sample: Flag.Literals("sample", ["grid", "latin", "sobol"]).pipe(
    Flag.withDescription(
      "How points are chosen: every combination, a Latin hypercube, or Sobol' points; grid unless said otherwise"
    ),
    Flag.withDefault("grid")
  ),
  points: optional("points", "n", "How many points of a latin or sobol sample", DEFAULTS.sweep.points),
  arms: armsFlag("baseline alone"),
  seeds: valued("seeds", "n", "How many seeds at each point; every arm runs on each", "10"),
  ...chosenFlags,
  ...carriedFlags
}

/** The command. */
export const sweep: Leaf<"sweep"> = Command.make(
  "sweep",
  parameters,
  Effect.fnUntraced(function* (input) {
    const signal = yield* interruptSignal("stopping here; what was recorded is kept. Ctrl-C again stops at once")
    const { sweepParams } = yield* attempt(() => import("../experiments/Sweep.ts"))
    const code = yield* attempt(() => sweepParams({ ...plainOptions(input), signal }))
    return yield* end(code)
  }, Effect.scoped)
).pipe(
  Command.withDescription("Runs a scenario over points of the space of its Params, and says how the KPIs answer."),
  Command.withShortDescription("Vary Params over a grid or a sample"),
  Command.withExamples([
    {
      command: "mesocosm sweep weekly-rewards --vary stake=0..1000000/5 --seeds 10",
      description: "Five stakes, ten seeds at each"
    },
    {
      command: "mesocosm sweep weekly-rewards --vary stake=0,500000 --vary demand --arms baseline,streaks-off",
      description: "Two stakes, demand over its domain, two arms"
    },
    {
      command: "mesocosm sweep open-pool --vary stake --vary cost --sample sobol --points 128 --seeds 1",
      description: "A surface from points that fill the space"
    }
  ])
)
