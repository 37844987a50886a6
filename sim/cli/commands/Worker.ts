/** `mesocosm worker`: makes runs for whoever queues them. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { attempt, end } from "../Failure.ts"
import { interruptSignal } from "../Interrupt.ts"
import { plainOptions } from "./ExperimentFlags.ts"
import { json, optional, quiet } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const parameters = {
  queue: Flag.String("queue").pipe(
    Flag.withMetavar("redis://…"),
    Flag.withDescription("The Redis or Valkey server to serve")
  ),
  workers: optional("workers", "n", "Runs at once", "as many as the machine has cores"),
  json,
  quiet
}

/** The command. */
export const worker: Leaf<"worker"> = Command.make(
  "worker",
  parameters,
  Effect.fnUntraced(function* (input) {
    const signal = yield* interruptSignal("stopping once the runs in hand are done. Ctrl-C again stops at once")
    const { work } = yield* attempt(() => import("../experiments/Worker.ts"))
    return yield* end(yield* attempt(() => work({ ...plainOptions(input), signal })))
  }, Effect.scoped)
).pipe(
  Command.withDescription(
    "Makes runs for every compare, sweep or sensitivity that is given the same --queue. Start one on each machine, from the same code: a worker of other code refuses and ends."
  ),
  Command.withShortDescription("Make runs for a queue"),
  Command.withExamples([
    { command: "mesocosm worker --queue redis://127.0.0.1:6379", description: "Serve the server on this machine" }
  ])
)
