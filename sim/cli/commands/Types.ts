/** `mesocosm types`: the types behind `deploy("RewardPool", …)`, made of the compiled contracts. */
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { PROJECT } from "../Checkout.ts"
import { attempt, EXIT, end } from "../Failure.ts"
import { print, printJson } from "../Text.ts"
import { json, switched } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

/** The command. */
export const types: Leaf<"types"> = Command.make(
  "types",
  { check: switched("check", "Write nothing; end with 1 if the file is stale"), json },
  Effect.fnUntraced(function* ({ check, json: asJson }) {
    const generated = yield* attempt(async () => {
      const { writeTypes } = await import("../../chain/artifact/generate.ts")
      return writeTypes(PROJECT, { check })
    })
    const { path, contracts, stale } = generated
    if (asJson) printJson({ ...generated, written: stale && !check })
    else if (!stale) print(`${path} is up to date: ${contracts.length} contracts\n`)
    else if (check) print(`${path} is stale: write it with mesocosm types, and commit it\n`)
    else print(`${path} written: ${contracts.length} contracts\n`)
    return yield* end(stale && check ? EXIT.checkFailed : EXIT.ok)
  })
).pipe(
  Command.withDescription("Writes contracts/contracts.gen.ts, the types of the compiled and the listed contracts."),
  Command.withShortDescription("Write the types of the contracts"),
  Command.withExamples([
    { command: "mesocosm types", description: "After a contract was added or changed" },
    { command: "mesocosm types --check", description: "In CI: ends with 1 if the file is stale" }
  ])
)
