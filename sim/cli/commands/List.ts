/** `mesocosm list`: what can be run, or what was. */
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { attempt, end } from "../Failure.ts"
import { json, switched } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

/** The command. */
export const list: Leaf<"list"> = Command.make(
  "list",
  { runs: switched("runs", "The runs stored in ./runs instead"), json },
  Effect.fnUntraced(function* (input) {
    const { listRuns, listScenarios } = yield* attempt(() => import("../Listing.ts"))
    return yield* end(yield* attempt(() => (input.runs ? listRuns(input) : listScenarios(input))))
  })
).pipe(
  Command.withDescription("Lists the scenarios with what they ask, their arms and their Params; or the stored runs."),
  Command.withShortDescription("List the scenarios, or the stored runs"),
  Command.withExamples([
    { command: "mesocosm list", description: "Scenarios, arms, and Params with unit and domain" },
    { command: "mesocosm list --runs", description: "Runs in ./runs with status and digests" }
  ])
)
