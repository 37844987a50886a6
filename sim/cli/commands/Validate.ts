/** `mesocosm validate`: whether the lab gives the answers that are known. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { attempt, end } from "../Failure.ts"
import { interruptSignal } from "../Interrupt.ts"
import { json, quiet } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const parameters = {
  ids: Argument.String("id").pipe(
    Argument.withDescription("A known answer, or the number it begins with; all when left out"),
    Argument.variadic()
  ),
  chain: Flag.Literals("chain", ["revm", "hardhat", "both"]).pipe(
    Flag.withDescription("Where the contracts live; revm unless said otherwise"),
    Flag.withDefault("revm")
  ),
  json,
  quiet
}

/** The command. */
export const validate: Leaf<"validate"> = Command.make(
  "validate",
  parameters,
  Effect.fnUntraced(function* (input) {
    const signal = yield* interruptSignal("stopping here; Ctrl-C again stops at once")
    const { validateLab } = yield* attempt(() => import("../Validation.ts"))
    return yield* end(yield* attempt(() => validateLab({ ...input, signal })))
  }, Effect.scoped)
).pipe(
  Command.withDescription(
    "Measures the known answers: what theory, a specification or somebody else's code says must come out, each with " +
      "setting, expected value, what was got, tolerance and source. Ends with 1 when one misses."
  ),
  Command.withShortDescription("Measure the known answers: expected, got, tolerance, source"),
  Command.withExamples([
    { command: "mesocosm validate", description: "All of them, on the fast chain" },
    { command: "mesocosm validate o1 o26 --chain both", description: "Some, on both chains" },
    { command: "mesocosm validate --json", description: "The outcomes as one document" }
  ])
)
