/** `mesocosm run`: one run, from a scenario to a folder and a summary. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { attempt, end } from "../Failure.ts"
import { interruptSignal } from "../Interrupt.ts"
import { chainFlag, json, quiet, switched, valued } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const parameters = {
  scenario: Argument.String("scenario").pipe(Argument.withDescription("Id of a scenario, or the path of its .ts file")),
  seed: valued("seed", "n", "Whole number all chance comes from", "7"),
  arm: valued("arm", "name", "Which of the scenario's arms to run", "baseline"),
  set: Flag.String("set").pipe(
    Flag.withMetavar("name=value"),
    Flag.withDescription("Set a Param, over the arm; may be given again"),
    Flag.atLeast(0)
  ),
  out: Flag.String("out").pipe(
    Flag.withMetavar("folder"),
    Flag.withDescription("Where the run is stored; runs/<scenario>/<arm>-<seed> unless said otherwise"),
    Flag.optional
  ),
  chain: chainFlag("hardhat"),
  audit: switched("audit", "Do it again on the other chain; the digests must be the same"),
  noReport: switched("no-report", "Write no report.html"),
  noRerun: switched("no-rerun", "Leave out of the report what runs it again in the page"),
  json,
  quiet
}

/** The command. */
export const run: Leaf<"run"> = Command.make(
  "run",
  parameters,
  Effect.fnUntraced(function* (input) {
    const signal = yield* interruptSignal("stopping here and writing what there is; Ctrl-C again stops at once")
    const { perform } = yield* attempt(() => import("../Perform.ts"))
    const code = yield* attempt(() => perform({ ...input, out: Option.getOrUndefined(input.out), signal }))
    return yield* end(code)
  }, Effect.scoped)
).pipe(
  Command.withDescription("Runs a scenario once, stores what happened, and says what came of it."),
  Command.withShortDescription("Run a scenario once"),
  Command.withExamples([
    { command: "mesocosm run open-pool", description: "As declared, with seed 7" },
    { command: "mesocosm run open-pool --arm sybil-with-stake --seed 8", description: "Another arm, another seed" },
    { command: "mesocosm run open-pool --set cost=4 --set honest=200", description: "Other Params than declared" },
    {
      command: "mesocosm run weekly-rewards --chain revm --audit",
      description: "On the fast chain, audited on Hardhat"
    },
    { command: "mesocosm run ./my/pool.ts --json --quiet", description: "A file anywhere; for a program to read" }
  ])
)
