/** `mesocosm verify`: whether what a report, a run or an experiment says comes again. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { DEFAULTS } from "../Defaults.ts"
import { attempt, end } from "../Failure.ts"
import { interruptSignal } from "../Interrupt.ts"
import { carriedFlags, plainOptions } from "./ExperimentFlags.ts"
import { optional, switched } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const { workers, json, quiet } = carriedFlags

const parameters = {
  target: Argument.String("target").pipe(
    Argument.withDescription("The HTML file of a report, or the folder of a run or an experiment")
  ),
  all: switched("all", "Make every run again, and the audit on the other chain"),
  sample: optional("sample", "n", "How many runs of an experiment to make again", DEFAULTS.verify.sample),
  seed: optional("seed", "n", "Draws the sample, and is printed", "one that nobody knows before"),
  scenario: Flag.String("scenario").pipe(
    Flag.withMetavar("file"),
    Flag.withDescription("The scenario, where its id is not found here: a file that you trust, which is run"),
    Flag.optional
  ),
  "run-embedded": switched(
    "run-embedded",
    "Have the code that the report carries make those runs too: shut into a Chromium without network or files"
  ),
  workers,
  json,
  quiet
}

/** The command. */
export const verify: Leaf<"verify"> = Command.make(
  "verify",
  parameters,
  Effect.fnUntraced(function* (input) {
    const signal = yield* interruptSignal("stopping here; nothing is confirmed. Ctrl-C again stops at once")
    const { verify: check } = yield* attempt(() => import("../verify/Verify.ts"))
    return yield* end(
      yield* attempt(() => check({ ...plainOptions(input), runEmbedded: input["run-embedded"], signal }))
    )
  }, Effect.scoped)
).pipe(
  Command.withDescription(
    "Makes what was published again, from the scenario and contracts at hand, and compares every number: of a run all, " +
      "of an experiment a sample of its runs (or --all), its plan, its analysis, its report. Nothing that the file carries is run, unless --run-embedded says so."
  ),
  Command.withShortDescription("Check a report, a run or an experiment by making it again"),
  Command.withExamples([
    { command: "mesocosm verify report.html --all", description: "Every number of a report, from its runs up" },
    { command: "mesocosm verify runs/open-pool/baseline-7", description: "A run: its tables, digests and report" },
    {
      command: "mesocosm verify experiments/open-pool/compare-1a2b3c4d5e --sample 20",
      description: "Twenty of its runs"
    }
  ])
)
