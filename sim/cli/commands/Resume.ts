/** `mesocosm resume`: goes on with an experiment where it was left. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { attempt, end } from "../Failure.ts"
import { interruptSignal } from "../Interrupt.ts"
import { carriedFlags, plainOptions, queueFlag } from "./ExperimentFlags.ts"
import type { Leaf } from "./Leaf.ts"

const parameters = {
  folder: Argument.String("folder").pipe(Argument.withDescription("The experiment's folder")),
  queue: queueFlag,
  ...carriedFlags
}

/** The command. */
export const resume: Leaf<"resume"> = Command.make(
  "resume",
  parameters,
  Effect.fnUntraced(function* (input) {
    const signal = yield* interruptSignal("stopping here; what was recorded is kept. Ctrl-C again stops at once")
    const { goOn } = yield* attempt(() => import("../experiments/Conducting.ts"))
    const code = yield* attempt(() =>
      goOn(input.folder, {
        ...plainOptions(input),
        chain: "revm",
        shard: undefined,
        out: undefined,
        signal
      })
    )
    return yield* end(code)
  }, Effect.scoped)
).pipe(
  Command.withDescription("Goes on with an experiment: no run that is recorded is done again."),
  Command.withShortDescription("Go on with an experiment"),
  Command.withExamples([
    { command: "mesocosm resume experiments/open-pool/replicas-1a2b3c4d5e", description: "After a Ctrl-C, or a crash" }
  ])
)
