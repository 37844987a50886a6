/** `mesocosm bench`: how fast it is, as ratios to something measured beside it. */
import { join } from "node:path"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { ROOT } from "../Checkout.ts"
import { attempt, end } from "../Failure.ts"
import { interruptSignal } from "../Interrupt.ts"
import { json, quiet, switched } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const parameters = {
  only: Flag.String("only").pipe(
    Flag.withMetavar("a,e"),
    Flag.withDescription(
      "Those benches: a writes, b economy, c operations, d soak, e events, f start, g snapshots, w workers"
    ),
    Flag.optional
  ),
  scenario: Flag.String("scenario").pipe(
    Flag.withDescription("What b, f and w run: a scenario's id, or the path of its file"),
    Flag.withDefault("weekly-rewards")
  ),
  set: Flag.String("set").pipe(
    Flag.withMetavar("name=value"),
    Flag.withDescription("Set a Param of that scenario; may be given again"),
    Flag.atLeast(0)
  ),
  rounds: Flag.String("rounds").pipe(
    Flag.withDescription("Rounds that are counted, after one that warms up; 3 to 7, by the bench"),
    Flag.optional
  ),
  quick: switched("quick", "A fraction of the work: shows that it runs, and holds no target against it"),
  long: switched("long", "All the work that the targets speak of: a million transactions, 10,000 restores"),
  against: switched("against", "Others in turns, where installed: verbs, pyrevm, anvil, SimPy, Mesa"),
  peers: Flag.String("peers").pipe(
    Flag.withMetavar("folder"),
    Flag.withDescription("Where those are: a virtual environment python/, and node_modules/"),
    Flag.withDefault(join(ROOT, ".mesocosm", "bench"))
  ),
  json,
  quiet
}

/** The command. */
export const bench: Leaf<"bench"> = Command.make(
  "bench",
  parameters,
  Effect.fnUntraced(function* ({ only, rounds, ...input }) {
    const signal = yield* interruptSignal("stopping here; Ctrl-C again stops at once")
    const { measure } = yield* attempt(() => import("../benches/Measure.ts"))
    const code = yield* attempt(() =>
      measure({ ...input, only: Option.getOrUndefined(only), rounds: Option.getOrUndefined(rounds), signal })
    )
    return yield* end(code)
  }, Effect.scoped)
).pipe(
  Command.withDescription(
    "Measures mesocosm beside what does the same work: a bare loop over its WebAssembly, the Hardhat network, and with " +
      "--against the engines and kernels of others, round by round in turns. Ends with 1 when a target is missed, with 3 " +
      "when a bench breaks. Takes minutes; close what else runs."
  ),
  Command.withShortDescription("Measure how fast it is, beside others"),
  Command.withExamples([
    { command: "mesocosm bench --quick", description: "Whether all of it runs, in a few minutes" },
    {
      command: "mesocosm bench --only a,e --against",
      description: "Writes and events, beside other engines and kernels"
    },
    { command: "mesocosm bench --only d --long", description: "A million transactions in one run" }
  ])
)
