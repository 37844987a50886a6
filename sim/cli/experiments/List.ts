/** The experiments in `./experiments`: what each asks, and how far it is. */
import { existsSync, readdirSync } from "node:fs"
import { dirname, join } from "node:path"
import type { ExperimentManifest } from "../../store/ExperimentManifest.ts"
import { EXPERIMENT, readExperiment, readStored } from "../../store/ExperimentReader.ts"
import { isHeld } from "../../store/FolderLock.ts"
import { command } from "../Checkout.ts"
import { EXIT, errorBlock, errorDocument } from "../Failure.ts"
import { flat } from "../Terminal.ts"
import { number, plural, print, printJson, table } from "../Text.ts"
import { EXPERIMENTS } from "./Conducting.ts"

/** The experiments as lines of a table or as data; those that cannot be read stand in their place, with their errors. */
export interface Listed {
  readonly words: string
  readonly document: { readonly experiments: readonly unknown[]; readonly unreadable: readonly unknown[] }
  readonly errors: readonly unknown[]
}

/** Prints them. @returns 2 when one cannot be read: the others are listed all the same. */
export async function listExperiments({ json }: { readonly json: boolean }): Promise<number> {
  const { words, document, errors } = await experimentsHere()
  if (json) printJson(document)
  else {
    print(words)
    for (const error of errors) process.stderr.write(errorBlock(error))
  }
  return errors.length === 0 ? EXIT.ok : EXIT.usage
}

/** Those in `./experiments`. */
export async function experimentsHere(): Promise<Listed> {
  const rows: string[][] = []
  const documents: unknown[] = []
  const errors: unknown[] = []
  for (const folder of storedExperiments()) {
    try {
      const manifest = await readExperiment(folder)
      const { design, audited } = manifest
      const { status, runs } = await standing(folder, manifest)
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
      // Told by the caller too, and by the exit code.
      errors.push(error)
      rows.push([folder, "cannot be read"])
    }
  }
  const words =
    rows.length === 0
      ? `There is no experiment in ./${EXPERIMENTS} yet. Make one: ${command("compare <scenario>")}\n`
      : table([["experiment", "status", "arms", "runs", "audited"], ...rows], [], 0)
  return { words, document: { experiments: documents, unreadable: errors.map(errorDocument) }, errors }
}

/** How far it is: what its manifest says once it has ended, else what is recorded by now; "stopped" where its process is gone. */
async function standing(
  folder: string,
  manifest: ExperimentManifest
): Promise<Pick<ExperimentManifest, "runs"> & { readonly status: ExperimentManifest["status"] | "stopped" }> {
  const { status, runs, shard } = manifest
  if (status !== "running") return { status, runs }
  const { plan, outcomes } = await readStored(folder)
  const ours = plan.filter(({ index }) => shard === null || index % shard.of === shard.index - 1)
  const failed = [...outcomes.values()].filter((each) => each.status === "failed").length
  const planned = new Set(ours.map(({ hash }) => hash)).size
  return {
    status: isHeld(folder) ? "running" : "stopped",
    runs: { planned, complete: outcomes.size - failed, failed }
  }
}

/** Their folders, sorted. */
function storedExperiments(): readonly string[] {
  if (!existsSync(EXPERIMENTS)) return []
  return readdirSync(EXPERIMENTS, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(EXPERIMENT))
    .map((path) => dirname(join(EXPERIMENTS, path)))
    .sort()
}
