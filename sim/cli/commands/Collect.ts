/** `mesocosm collect`: puts the shards of an experiment together. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { attempt, end } from "../Failure.ts"
import { interruptSignal } from "../Interrupt.ts"
import { carriedFlags, plainOptions } from "./ExperimentFlags.ts"
import type { Leaf } from "./Leaf.ts"

const parameters = {
  folders: Argument.String("folder").pipe(
    Argument.withDescription("Folders that --shard wrote, in any order"),
    Argument.atLeast(1)
  ),
  out: Flag.String("out").pipe(Flag.withMetavar("folder"), Flag.withDescription("Where the whole is stored")),
  ...carriedFlags
}

/** The command. */
export const collect: Leaf<"collect"> = Command.make(
  "collect",
  parameters,
  Effect.fnUntraced(function* (input) {
    const signal = yield* interruptSignal("stopping here; what was collected is kept. Ctrl-C again stops at once")
    const { collect: whole } = yield* attempt(() => import("../experiments/Collect.ts"))
    const { folders, ...carried } = plainOptions(input)
    const rest = { chain: "revm", shard: undefined, queue: undefined, signal } as const
    return yield* end(yield* attempt(() => whole(folders, { ...carried, ...rest })))
  }, Effect.scoped)
).pipe(
  Command.withDescription(
    "Puts the folders that --shard wrote together, audits a sample of the whole, and says what came of it: the same as without shards."
  ),
  Command.withShortDescription("Put the shards of an experiment together"),
  Command.withExamples([
    { command: "mesocosm collect shard-1 shard-2 shard-3 --out whole", description: "After three machines, or CI jobs" }
  ])
)
