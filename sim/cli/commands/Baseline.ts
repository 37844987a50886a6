/** `mesocosm baseline`: records the KPIs of a scenario, for later checks. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { attempt, end } from "../Failure.ts"
import { interruptSignal } from "../Interrupt.ts"
import { carriedFlags, chosenFlags, plainOptions } from "./ExperimentFlags.ts"
import { optional, switched, valued } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const { seed, set, chain } = chosenFlags
const { workers, json, quiet } = carriedFlags

const parameters = {
  scenario: Argument.String("scenario").pipe(Argument.withDescription("Id of a scenario, or the path of its .ts file")),
  arms: optional("arms", "a,b", "Arms to record", "all of the scenario's"),
  seeds: valued("seeds", "n", "How many seeds; every arm runs on each", "40"),
  seed,
  set,
  chain,
  file: optional("file", "file", "Where it is kept", "baselines/<scenario>.json"),
  force: switched("force", "Write over a baseline that is there"),
  workers,
  json,
  quiet
}

/** The command. */
export const baseline: Leaf<"baseline"> = Command.make(
  "baseline",
  parameters,
  Effect.fnUntraced(function* (input) {
    const signal = yield* interruptSignal("stopping here; no baseline is written. Ctrl-C again stops at once")
    const { recordBaseline } = yield* attempt(() => import("../gate/Gate.ts"))
    return yield* end(yield* attempt(() => recordBaseline({ ...plainOptions(input), signal })))
  }, Effect.scoped)
).pipe(
  Command.withDescription(
    "Records how a scenario's KPIs are distributed over seeds, and what they rest on: a small file to be committed, " +
      "which mesocosm check holds later code against."
  ),
  Command.withShortDescription("Record a scenario's KPIs for later checks"),
  Command.withExamples([
    { command: "mesocosm baseline open-pool", description: "Every arm over 40 seeds" },
    {
      command: "mesocosm baseline scenarios/mine.ts --arms baseline --seeds 20",
      description: "One arm of your own scenario"
    }
  ])
)
