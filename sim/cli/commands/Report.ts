/** `mesocosm report`: the report of a stored run, written again. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { command, shown } from "../Checkout.ts"
import { attempt } from "../Failure.ts"
import { findRun } from "../Runs.ts"
import { print, printJson } from "../Text.ts"
import { json } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

/** The command. */
export const report: Leaf<"report"> = Command.make(
  "report",
  { run: Argument.String("run").pipe(Argument.withDescription("Folder of a stored run")), json },
  Effect.fnUntraced(function* ({ run: named, json: asJson }) {
    const written = yield* attempt(async () => {
      const folder = findRun(named)
      const { writeReport } = await import("../../../reports/RunReport.ts")
      return { folder, ...(await writeReport(folder)) }
    })
    if (asJson) return printJson(written)
    print(`${shown(written.html)}\n`)
    print(
      `Open it in a browser; it needs no network. ${command(`explain ${written.folder} <agent>`)} tells of one agent.\n`
    )
  })
).pipe(
  Command.withDescription("Writes the report of a stored run again, from its tables alone."),
  Command.withShortDescription("Write the report of a stored run"),
  Command.withExamples([
    { command: "mesocosm report runs/open-pool/baseline-7", description: "Writes report.html there" }
  ])
)
