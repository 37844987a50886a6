/** `mesocosm sensitivity`: which Params a KPI hangs on. */
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

const { morris, sobol } = DEFAULTS.sensitivity.base

const parameters = {
  scenario: Argument.String("scenario").pipe(Argument.withDescription("Id of a scenario, or the path of its .ts file")),
  vary: varyFlag,
  method: Flag.Literals("method", ["morris", "sobol"]).pipe(
    Flag.withDescription(
      "morris screens many Params; sobol shares out the variance among few; morris unless said otherwise"
    ),
    Flag.withDefault("morris")
  ),
  base: optional("base", "n", "Trajectories of morris, or base samples of sobol", `${morris} or ${sobol}`),
  arms: armsFlag("baseline alone"),
  seeds: valued("seeds", "n", "How many seeds at each point; every arm runs on each", "1"),
  ...chosenFlags,
  ...carriedFlags
}

/** The command. */
export const sensitivity: Leaf<"sensitivity"> = Command.make(
  "sensitivity",
  parameters,
  Effect.fnUntraced(function* (input) {
    const signal = yield* interruptSignal("stopping here; what was recorded is kept. Ctrl-C again stops at once")
    const { rankParams } = yield* attempt(() => import("../experiments/Sensitivity.ts"))
    const code = yield* attempt(() => rankParams({ ...plainOptions(input), signal }))
    return yield* end(code)
  }, Effect.scoped)
).pipe(
  Command.withDescription(
    "Says which Params a KPI hangs on: Morris's screening, or Sobol's shares of the variance, with intervals. Every assumed Param is varied within its range unless --vary names others."
  ),
  Command.withShortDescription("Which Params a KPI hangs on"),
  Command.withExamples([
    { command: "mesocosm sensitivity weekly-rewards", description: "Screen every assumed Param" },
    {
      command: "mesocosm sensitivity open-pool --method sobol --vary cost --vary honest --base 256",
      description: "Shares of the variance, of two Params"
    }
  ])
)
