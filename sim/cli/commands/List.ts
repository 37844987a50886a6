/** `mesocosm list`: what can be run, what was, or what is known. */
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { attempt, end } from "../Failure.ts"
import { json, switched } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

/** The command. */
export const list: Leaf<"list"> = Command.make(
  "list",
  {
    runs: switched("runs", "The runs stored in ./runs instead; with --experiments both"),
    experiments: switched("experiments", "The experiments stored in ./experiments instead"),
    known: switched("known", "The known answers that validate measures instead"),
    json
  },
  Effect.fnUntraced(function* (input) {
    if (input.known) {
      const { listKnownAnswers } = yield* attempt(() => import("../KnownAnswers.ts"))
      return yield* end(yield* attempt(() => listKnownAnswers(input)))
    }
    if (input.experiments && !input.runs) {
      const { listExperiments } = yield* attempt(() => import("../experiments/List.ts"))
      return yield* end(yield* attempt(() => listExperiments(input)))
    }
    const { listRuns, listScenarios } = yield* attempt(() => import("../Listing.ts"))
    return yield* end(yield* attempt(() => (input.runs ? listRuns(input) : listScenarios(input))))
  })
).pipe(
  Command.withDescription(
    "Lists the scenarios with what they ask, their arms and their Params; or the stored runs or experiments, or the known answers."
  ),
  Command.withShortDescription("List the scenarios, runs, experiments or known answers"),
  Command.withExamples([
    { command: "mesocosm list", description: "Scenarios, arms, and Params with unit and domain" },
    { command: "mesocosm list --runs", description: "Runs in ./runs with status and digests" },
    { command: "mesocosm list --experiments", description: "Experiments in ./experiments, and how far each is" },
    { command: "mesocosm list --known", description: "What validate measures" }
  ])
)
