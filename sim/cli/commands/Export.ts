/** `mesocosm export`: everything an experiment recorded, in its canonical form. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { attempt, end } from "../Failure.ts"
import { plainOptions } from "./ExperimentFlags.ts"
import { json } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const parameters = {
  experiment: Argument.String("experiment").pipe(Argument.withDescription("The experiment's folder")),
  out: Flag.String("out").pipe(
    Flag.withMetavar("file"),
    Flag.withDescription("The file to write; stdout unless said otherwise"),
    Flag.optional
  ),
  json
}

/** The command. */
export const exportAll: Leaf<"export"> = Command.make(
  "export",
  parameters,
  Effect.fnUntraced(function* (input) {
    const { exportExperiment } = yield* attempt(() => import("../experiments/Export.ts"))
    return yield* end(yield* attempt(() => exportExperiment(plainOptions(input))))
  })
).pipe(
  Command.withDescription(
    "Writes everything an experiment recorded as lines of JSON (so --json is for errors, and for what --out says): the design, then a line per entry of the plan. Experiments of one design export the same bytes, however and wherever their runs were made."
  ),
  Command.withShortDescription("Everything recorded, in canonical form"),
  Command.withExamples([
    {
      command: "mesocosm export experiments/open-pool/replicas-1a2b3c4d5e --out pool.ndjson",
      description: "Keep it beside a paper, or compare two"
    }
  ])
)
