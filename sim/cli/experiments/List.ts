/** The experiments in `./experiments`: what each asks, and how far it is. */
import { existsSync, readdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { EXPERIMENT, readExperiment } from "../../store/ExperimentReader.ts"
import { command } from "../Checkout.ts"
import { EXIT, errorBlock, errorDocument } from "../Failure.ts"
import { flat } from "../Terminal.ts"
import { number, plural, print, printJson, table } from "../Text.ts"
import { EXPERIMENTS } from "./Conducting.ts"

/** Prints them. @returns 2 when one cannot be read: the others are listed all the same. */
export async function listExperiments({ json }: { readonly json: boolean }): Promise<number> {
  const rows: string[][] = []
  const documents: unknown[] = []
  const errors: unknown[] = []
  for (const folder of storedExperiments()) {
    try {
      const manifest = await readExperiment(folder)
      const { status, design, runs, audited } = manifest
      const of = `${number(runs.complete + runs.failed)} of ${plural(runs.planned, "run")}`
      const same = audited.filter((each) => each.same).length
      rows.push([
        folder,
        status,
        flat(design.arms.join(", ")),
        of,
        audited.length === 0 ? "" : `${same} of ${audited.length}`
      ])
      documents.push({ folder, status, design, runs, audited })
    } catch (error) {
      // Told below, and by the exit code.
      errors.push(error)
    }
  }
  if (json) printJson({ experiments: documents, unreadable: errors.map(errorDocument) })
  else {
    if (rows.length === 0) {
      print(`There is no experiment in ./${EXPERIMENTS} yet. Make one: ${command("compare <scenario>")}\n`)
    } else print(table([["experiment", "status", "arms", "runs", "audited"], ...rows], [], 0))
    for (const error of errors) process.stderr.write(errorBlock(error))
  }
  return errors.length === 0 ? EXIT.ok : EXIT.usage
}

/** Their folders, sorted. */
function storedExperiments(): readonly string[] {
  if (!existsSync(EXPERIMENTS)) return []
  return readdirSync(EXPERIMENTS, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(EXPERIMENT))
    .map((path) => dirname(join(EXPERIMENTS, path)))
    .sort()
}
