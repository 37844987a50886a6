/** `mesocosm check`: the gate. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import type { Option } from "effect/Option"
import { attempt, end } from "../Failure.ts"
import { interruptSignal } from "../Interrupt.ts"
import { carriedFlags, chosenFlags, plainOptions } from "./ExperimentFlags.ts"
import { optional, switched, valued } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const { chain } = chosenFlags
const { workers, json, quiet } = carriedFlags

const written = (name: string, says: string): Flag.Flag<Option<string>> =>
  Flag.String(name).pipe(Flag.withMetavar("file"), Flag.withDescription(says), Flag.optional)

const parameters = {
  scenario: Argument.String("scenario").pipe(
    Argument.withDescription("Id of a scenario, or the path of its .ts file; every baseline there is when left out"),
    Argument.optional
  ),
  file: written("file", "The baseline; baselines/<scenario>.json unless said otherwise"),
  seeds: optional("seeds", "n", "How many seeds", "as many as were recorded"),
  seed: optional(
    "seed",
    "n",
    "The first of them: on the recorded seeds runs are paired, on others they are not",
    "the first that was recorded"
  ),
  confidence: valued(
    "confidence",
    "share",
    "Of all KPIs together: a harmless change is called worse at most 1 − this often",
    "0.95"
  ),
  until: Flag.Literals("until", ["decided"]).pipe(
    Flag.withDescription("Stop at the first look at which every KPI is decided"),
    Flag.optional
  ),
  maxSeeds: optional("max-seeds", "n", "The most seeds that --until may run", "as many as were recorded"),
  budget: Flag.String("budget").pipe(
    Flag.withMetavar("time"),
    Flag.withDescription("Stop after so long, such as 90s or 5m: what is not worse by then is undecided"),
    Flag.optional
  ),
  allowUndecided: switched("allow-undecided", "End with 0 where nothing is worse and something is undecided"),
  update: switched("update", "Record these runs in place of the baseline, and say what moved"),
  markdown: written("markdown", "Write a summary for a pull request there"),
  junit: written("junit", "Write JUnit XML there"),
  github: switched("github", "Print annotations that GitHub shows"),
  chain,
  workers,
  json,
  quiet
}

/** The command. */
export const check: Leaf<"check"> = Command.make(
  "check",
  parameters,
  Effect.fnUntraced(function* (input) {
    const signal = yield* interruptSignal("stopping here; nothing is decided. Ctrl-C again stops at once")
    const { checkBaselines } = yield* attempt(() => import("../gate/Gate.ts"))
    return yield* end(yield* attempt(() => checkBaselines({ ...plainOptions(input), signal })))
  }, Effect.scoped)
).pipe(
  Command.withDescription(
    "Runs a scenario again and ends with 1 where a KPI is worse than its baseline by more than what matters: it names " +
      "the KPI, what changed since, and the seed that shows it best."
  ),
  Command.withShortDescription("Fail where a KPI got worse than its baseline"),
  Command.withExamples([
    { command: "mesocosm check", description: "Every baseline in baselines/" },
    { command: "mesocosm check open-pool --until decided", description: "As few seeds as decide it" },
    {
      command: "mesocosm check --github --markdown summary.md --junit check.xml",
      description: "In continuous integration"
    },
    { command: "mesocosm check open-pool --update", description: "A wanted change: record it, and see what moved" }
  ])
)
