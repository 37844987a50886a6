/** `mesocosm test`: the suites of this checkout. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { attempt, EXIT, end } from "../Failure.ts"
import { print, printJson } from "../Text.ts"
import { json, switched } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const parameters = {
  filters: Argument.String("filter").pipe(
    Argument.withDescription("Words that the path of a test must contain; then only tests run"),
    Argument.variadic()
  ),
  slow: switched("slow", "The slow tests too"),
  only: Flag.String("only").pipe(
    Flag.withMetavar("suite"),
    Flag.withDescription("One suite: lint, types, generated, solidity, gas, tests, …"),
    Flag.optional
  ),
  json
}

/** The command. */
export const test: Leaf<"test"> = Command.make(
  "test",
  parameters,
  Effect.fnUntraced(function* ({ filters, slow, only, json: asJson }) {
    const report = yield* attempt(async () => {
      const { suites } = await import("../testing/Suites.ts")
      const { renderEnd, renderSuite, testSuite } = await import("../testing/TestSuite.ts")
      const tested = await testSuite(suites, {
        slow,
        filters,
        ...(Option.isNone(only) ? {} : { only: only.value }),
        failOnSkip: process.env["MESOCOSM_FAIL_ON_SKIP"] === "1",
        ...(asJson ? {} : { onSuite: (result) => print(`${renderSuite(result)}\n`) })
      })
      if (asJson) printJson(tested)
      else print(`${renderEnd(tested)}\n`)
      return tested
    })
    return yield* end(report.ok ? EXIT.ok : EXIT.checkFailed)
  })
).pipe(
  Command.withDescription("Runs the suites of this checkout: lint, types, contracts, tests."),
  Command.withExamples([
    { command: "mesocosm test", description: "Everything but the slow tests" },
    { command: "mesocosm test --slow", description: "Everything" },
    { command: "mesocosm test --only types", description: "One suite" },
    { command: "mesocosm test ledger", description: "The tests whose path says ledger" }
  ])
)
