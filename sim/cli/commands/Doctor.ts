/** `mesocosm doctor`: whether this machine and checkout have what is needed. */
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { attempt, EXIT, end } from "../Failure.ts"
import { print, printJson } from "../Text.ts"
import { json } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

/** The command. */
export const doctor: Leaf<"doctor"> = Command.make(
  "doctor",
  { json },
  Effect.fnUntraced(function* ({ json: asJson }) {
    const ok = yield* attempt(async () => {
      const { doctor: examine, render } = await import("../doctor/Doctor.ts")
      const found = await examine()
      if (asJson) printJson(found)
      else print(`${render(found).trimEnd()}\n`)
      return found.ok
    })
    return yield* end(ok ? EXIT.ok : EXIT.checkFailed)
  })
).pipe(
  Command.withDescription(
    "Judges what a run needs of this machine and checkout, and says how to mend what is lacking."
  ),
  Command.withShortDescription("Judge this machine and checkout"),
  Command.withExamples([{ command: "mesocosm doctor", description: "When something does not start" }])
)
