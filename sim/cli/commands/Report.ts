/** `mesocosm report`: the report of a stored run, written again, or the comparison of several. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { ScenarioError } from "../../Errors.ts"
import { EXPERIMENT } from "../../store/ExperimentReader.ts"
import { command, shown } from "../Checkout.ts"
import { attempt } from "../Failure.ts"
import { findRun } from "../Runs.ts"
import { print, printJson } from "../Text.ts"
import { json, switched } from "./Flags.ts"
import type { Leaf } from "./Leaf.ts"

const parameters = {
  runs: Argument.String("run").pipe(
    Argument.withDescription(
      "Folder of a stored run, or of an experiment; of several runs of one scenario, a comparison is written"
    ),
    Argument.atLeast(1)
  ),
  out: Flag.String("out").pipe(
    Flag.withMetavar("file"),
    Flag.withDescription(
      "The HTML file; report.html in the run's folder, comparison.html in the first run's folder unless said otherwise"
    ),
    Flag.optional
  ),
  markdown: switched("markdown", "Write an experiment's report as report.md too, for a forum; it shows charts/*.svg"),
  json
}

function onlyExperiments([first = ""]: readonly string[]): ScenarioError {
  return new ScenarioError({
    reason: "Usage",
    message: `--markdown is for experiments, and ${first} is a run`,
    fix: `Give the folder of an experiment: ${command("list --experiments")} shows those here.`,
    offending: { name: "--markdown", value: first }
  })
}

/** The command. */
export const report: Leaf<"report"> = Command.make(
  "report",
  parameters,
  Effect.fnUntraced(function* ({ runs, out, markdown, json: asJson }) {
    const written = yield* attempt(async () => {
      const options = Option.match(out, { onNone: () => ({}), onSome: (file) => ({ out: file }) })
      const [experiment] = runs
      if (experiment !== undefined && runs.length === 1 && existsSync(join(experiment, EXPERIMENT))) {
        const { outfitNamed } = await import("../experiments/Outfit.ts")
        await outfitNamed(experiment)
        const { writeExperimentReport } = await import("../../../reports/ExperimentReport.ts")
        return {
          folder: experiment,
          folders: [],
          ...(await writeExperimentReport(experiment, { ...options, markdown }))
        }
      }
      if (markdown) throw onlyExperiments(runs)
      const folders = runs.map((named) => findRun(named))
      const [folder = ""] = folders
      if (folders.length === 1) {
        const { writeReport } = await import("../../../reports/RunReport.ts")
        return { folder, folders, ...(await writeReport(folder, options)) }
      }
      const { writeComparison } = await import("../../../reports/ComparisonReport.ts")
      return { folder, folders, ...(await writeComparison(folders, options)) }
    })
    if (asJson) return printJson(written)
    const { folder, folders } = written
    print(`${shown(written.html)}\n`)
    if ("markdown" in written && written.markdown !== undefined) print(`${shown(written.markdown)}\n`)
    if (folders.length === 0) return print("Open it in a browser; it needs no network.\n")
    print(
      folders.length === 1
        ? `Open it in a browser; it needs no network. ${command(`explain ${folder} <agent>`)} tells of one agent.\n`
        : `${folders.length} runs beside each other: open it in a browser; it needs no network. It gives no verdict: that takes an experiment.\n`
    )
  })
).pipe(
  Command.withDescription(
    "Writes the report of a stored run or experiment again, from its tables alone; or, of several runs of one scenario, a comparison: " +
      "arms beside each other, with differences against baseline."
  ),
  Command.withShortDescription("Write the report of a stored run, or compare several"),
  Command.withExamples([
    { command: "mesocosm report runs/open-pool/baseline-7", description: "Writes report.html there" },
    {
      command: "mesocosm report runs/open-pool/baseline-7 runs/open-pool/honest-7 --out compared.html",
      description: "Two arms beside each other"
    },
    {
      command: "mesocosm report experiments/open-pool/compare-1a2b3c4d5e --markdown",
      description: "An experiment's report, and its text for a forum post"
    }
  ])
)
