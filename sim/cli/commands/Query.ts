/** `mesocosm query`: SQL over what an experiment recorded. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { attempt, end } from "../Failure.ts"
import { plainOptions } from "./ExperimentFlags.ts"
import { json, switched } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const parameters = {
  experiment: Argument.String("experiment").pipe(Argument.withDescription("The experiment's folder")),
  sql: Argument.String("sql").pipe(
    Argument.withDescription(
      "A question over runs, series, ledger, points and plan; without one, their columns are listed"
    ),
    Argument.optional
  ),
  csv: switched("csv", "Print comma-separated values"),
  json
}

/** The command. */
export const query: Leaf<"query"> = Command.make(
  "query",
  parameters,
  Effect.fnUntraced(function* (input) {
    const { queryExperiment } = yield* attempt(() => import("../experiments/Query.ts"))
    return yield* end(yield* attempt(() => queryExperiment(plainOptions(input))))
  })
).pipe(
  Command.withDescription(
    "Asks an experiment in SQL (DuckDB's), finished or not. It reads what was recorded, changes nothing, and reaches no other file."
  ),
  Command.withShortDescription("Ask an experiment in SQL"),
  Command.withExamples([
    { command: "mesocosm query experiments/open-pool/replicas-1a2b3c4d5e", description: "Which columns there are" },
    {
      command: `mesocosm query experiments/open-pool/replicas-1a2b3c4d5e "select arm, count(*) as n, avg(identities) as mean from runs group by all" --csv`,
      description: "A mean per arm"
    }
  ])
)
