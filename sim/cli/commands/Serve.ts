/** `mesocosm serve`: a page on this machine for the runs and experiments stored here. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { attempt } from "../Failure.ts"
import { interruptSignal } from "../Interrupt.ts"
import { json } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const parameters = {
  folders: Argument.String("folder").pipe(
    Argument.withDescription("Folders below which to look; ./runs and ./experiments unless given, made yet or not"),
    Argument.atLeast(0)
  ),
  port: Flag.String("port").pipe(
    Flag.withMetavar("n"),
    Flag.withDefault("0"),
    Flag.withDescription("Port of 127.0.0.1, from 1 to 65535; 0, as if left out, for any that is free")
  ),
  json
}

/** The command. */
export const serve: Leaf<"serve"> = Command.make(
  "serve",
  parameters,
  Effect.fnUntraced(function* (input) {
    const signal = yield* interruptSignal("closing")
    const { serveFolders } = yield* attempt(() => import("../Serving.ts"))
    yield* attempt(() => serveFolders({ ...input, signal }))
  }, Effect.scoped)
).pipe(
  Command.withDescription(
    "Serves a page on this machine alone: runs and experiments, live and past, with search, which Params of two differ, progress by worker, " +
      "the main KPI's interval as it narrows, failed runs with the command that does them again, and every report. It only reads. " +
      "The address it prints lets one browser in, once; after that it prints another. Ctrl-C ends it."
  ),
  Command.withShortDescription("Follow runs and experiments in a browser"),
  Command.withExamples([
    { command: "mesocosm serve", description: "Those in ./runs and ./experiments" },
    {
      command: "mesocosm serve /data/experiments --port 8080",
      description: "Those elsewhere, on a port of your choice"
    }
  ])
)
