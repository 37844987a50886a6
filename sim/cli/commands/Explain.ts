/** `mesocosm explain`: one agent of a run, or one block. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { attempt, end } from "../Failure.ts"
import { interruptSignal } from "../Interrupt.ts"
import { json, quiet, switched } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const parameters = {
  run: Argument.String("run").pipe(Argument.withDescription("Folder of a stored run")),
  subject: Argument.String("agent|block").pipe(
    Argument.withDescription("An agent, such as farm/0, or the number of a block")
  ),
  from: Flag.Int("from").pipe(
    Flag.withMetavar("week"),
    Flag.withDescription("Agent: from this week on"),
    Flag.optional
  ),
  to: Flag.Int("to").pipe(Flag.withMetavar("week"), Flag.withDescription("Agent: up to this week"), Flag.optional),
  last: Flag.Int("last").pipe(
    Flag.withMetavar("n"),
    Flag.withDescription("Agent: its last n decisions"),
    Flag.optional
  ),
  all: switched("all", "Every decision of the agent, every row of the block"),
  scenario: Flag.String("scenario").pipe(
    Flag.withMetavar("file"),
    Flag.withDescription("Agent: the scenario's file, where it is not in scenarios/"),
    Flag.optional
  ),
  json,
  quiet
}

/** The command. */
export const explain: Leaf<"explain"> = Command.make(
  "explain",
  parameters,
  Effect.fnUntraced(function* (input) {
    const signal = yield* interruptSignal("stopping; nothing is kept of an explanation")
    const { explainRun } = yield* attempt(() => import("../explain/Explanation.ts"))
    const code = yield* attempt(() =>
      explainRun({
        ...input,
        from: Option.getOrUndefined(input.from),
        to: Option.getOrUndefined(input.to),
        last: Option.getOrUndefined(input.last),
        scenario: Option.getOrUndefined(input.scenario),
        signal
      })
    )
    return yield* end(code)
  }, Effect.scoped)
).pipe(
  Command.withDescription(
    "Tells what an agent saw, wanted, sent and got: by doing the run again and comparing its digests with the " +
      "recorded ones. Or shows what is stored of one block. Weeks count from 1."
  ),
  Command.withShortDescription("Explain an agent or a block of a run"),
  Command.withExamples([
    { command: "mesocosm explain runs/open-pool/baseline-7 farm/0", description: "Its first and last decisions" },
    { command: "mesocosm explain runs/open-pool/baseline-7 honest/3 --from 5 --to 8", description: "Weeks 5 to 8" },
    { command: "mesocosm explain runs/open-pool/baseline-7 170", description: "Block 170" }
  ])
)
