/**
 * Reads what an experiment left, or has so far: its manifest, plan, runs and tables. Nothing here locks or changes a
 * folder.
 */
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Hex } from "../chain/Contracts.ts"
import { ReportError } from "../Errors.ts"
import type { RevertCount } from "../run/Reverts.ts"
import { EXPERIMENT_SCHEMA, type ExperimentManifest, type PlanRow, type PointRow } from "./ExperimentManifest.ts"
import { pointRows, RUNS, runCells, seriesCells } from "./ExperimentTables.ts"
import { type Cells, decodeRows } from "./Parquet.ts"
import type { RunRecord } from "./RunRecord.ts"

/** The name of the file that makes a folder an experiment. */
export const EXPERIMENT = "experiment.json"

/** Where an experiment keeps the run manifest of an arm. A name that is no plain word never becomes a part of a path. */
export function armFile(folder: string, arm: string): string {
  const name = /^[\w-]{1,100}$/.test(arm) ? arm : createHash("sha256").update(arm).digest("hex")
  return join(folder, "arms", `${name}.json`)
}

/** The name of the file that says what came of it. */
export const ANALYSIS = "analysis.json"

/** What is known of a run without reading it again. */
export interface Outcome {
  /** Hash of the RunSpec. */
  readonly hash: Hex
  readonly status: "complete" | "failed"
  readonly values: { readonly [metric: string]: number | null }
  readonly economy: Hex
  readonly trace: Hex
  readonly failedChecks: readonly string[]
  /** The functions that ran out of gas; absent where none did, and in older folders. */
  readonly outOfGas?: readonly RevertCount[]
}

/** Reads an experiment's manifest. @throws ReportError UnknownRun, UnreadableRun, SchemaVersion. */
export async function readExperiment(path: string): Promise<ExperimentManifest> {
  let text: string
  try {
    text = await readFile(join(path, EXPERIMENT), "utf8")
  } catch (cause) {
    throw new ReportError({
      reason: "UnknownRun",
      message: `${path} holds no experiment`,
      fix: "Give the folder that the command named when it began; mesocosm list --experiments shows those here.",
      offending: { name: "experiment", value: path },
      cause
    })
  }
  let manifest: ExperimentManifest
  try {
    manifest = JSON.parse(text) as ExperimentManifest
  } catch (cause) {
    throw unreadable(
      path,
      `${EXPERIMENT} is no JSON`,
      "Put back the file as it was, or do the experiment again.",
      cause
    )
  }
  if (manifest.schema !== EXPERIMENT_SCHEMA) {
    throw new ReportError({
      reason: "SchemaVersion",
      message: `${path} has schema ${String(manifest.schema)}, and this version reads ${EXPERIMENT_SCHEMA}`,
      fix: "Read it with the version that wrote it (code.version in its manifest), or do it again.",
      offending: { name: "schema", value: String(manifest.schema) }
    })
  }
  return manifest
}

/** What an experiment left, whole: its plan, and a record of each run without its series. */
export interface StoredExperiment {
  readonly manifest: ExperimentManifest
  readonly points: readonly PointRow[]
  readonly plan: readonly PlanRow[]
  /** By hash. */
  readonly outcomes: ReadonlyMap<Hex, Outcome>
  /** What came of it, as `conclude` was given it; undefined while it is not done. */
  readonly analysis: unknown
}

/** Reads an experiment without locking or changing it. @throws ReportError UnknownRun, UnreadableRun, SchemaVersion. */
export async function readStored(path: string): Promise<StoredExperiment> {
  const manifest = await readExperiment(path)
  const plan: PlanRow[] = []
  const points: PointRow[] = []
  for (const file of filesOf(path, "plan")) {
    // One by one: a file may hold more rows than a call can have arguments.
    for (const row of await tableRows(path, "plan", file)) plan.push(row as unknown as PlanRow)
    for (const point of pointRows(await tableRows(path, "points", file))) points.push(point)
  }
  const outcomes = new Map<Hex, Outcome>()
  for (const file of filesOf(path, "runs")) {
    for (const row of await tableRows(path, "runs", file)) {
      const outcome = outcomeOf(row)
      outcomes.set(outcome.hash, outcome)
    }
  }
  for (const record of records(path)) outcomes.set(record.hash, record)
  let analysis: unknown
  if (existsSync(join(path, ANALYSIS))) analysis = JSON.parse(await readFile(join(path, ANALYSIS), "utf8"))
  return { manifest, points, plan, outcomes, analysis }
}

/**
 * The rows of a table (`runs`, `series`, `ledger`, `plan`, `points`), from sealed files and the log.
 * @throws ReportError UnreadableRun.
 */
export async function* readRows(
  path: string,
  name: "runs" | "series" | "ledger" | "plan" | "points"
): AsyncGenerator<readonly Cells[]> {
  for (const file of filesOf(path, name)) yield await tableRows(path, name, file)
  if (name === "plan" || name === "points") return
  const unsealed = records(path)
  if (name === "runs") yield unsealed.map(runCells)
  else if (name === "series") yield unsealed.flatMap(seriesCells)
  else yield unsealed.flatMap(({ hash, ledger }) => ledger.map((row) => ({ hash, ...row })))
}

/** The runs of one sealed file or of the log, with a look at what else is recorded of them. */
export interface Chunk {
  readonly runs: readonly Cells[]
  rows(name: "series" | "ledger"): Promise<readonly Cells[]>
}

/** Every recorded run, chunk by chunk, so that no more than one need be held. @throws ReportError UnreadableRun. */
export async function* readChunks(path: string): AsyncGenerator<Chunk, void, void> {
  for (const file of filesOf(path, "runs")) {
    yield { runs: await tableRows(path, "runs", file), rows: (name) => tableRows(path, name, file) }
  }
  const unsealed = records(path)
  if (unsealed.length === 0) return
  yield {
    runs: unsealed.map(runCells),
    rows: async (name) =>
      name === "series"
        ? unsealed.flatMap(seriesCells)
        : unsealed.flatMap(({ hash, ledger }) => ledger.map((row) => ({ hash, ...row })))
  }
}

/** The records that are not sealed yet. */
export function records(path: string): readonly RunRecord[] {
  const sealed = new Set(filesOf(path, "runs").map((file) => file.slice(0, 5)))
  return filesOf(path, "log").flatMap((file) => (sealed.has(file.slice(0, 5)) ? [] : readLog(join(path, "log", file))))
}

/** What a row of `runs` says. */
export function outcomeOf(row: Cells): Outcome {
  const reserved = RUNS([])
  // Folders of older versions have no such column.
  const outOfGas = row["out_of_gas"]
  const values: { [metric: string]: number | null } = {}
  for (const [column, cell] of Object.entries(row)) {
    if (!Object.hasOwn(reserved, column)) values[column.replace(/^metric_/, "")] = cell as number | null
  }
  return {
    hash: row["hash"] as Hex,
    status: row["status"] === "complete" ? "complete" : "failed",
    values,
    economy: row["economy"] as Hex,
    trace: row["trace"] as Hex,
    failedChecks: JSON.parse(String(row["failed_checks"])) as readonly string[],
    ...(typeof outOfGas === "string" ? { outOfGas: JSON.parse(outOfGas) as readonly RevertCount[] } : {})
  }
}

/** The whole lines of a log: a last one without its end is what a dying process was writing. @throws ReportError UnreadableRun for a whole line that is no record. */
export function readLog(path: string): readonly RunRecord[] {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0)
  const whole = bytes.lastIndexOf(10) + 1
  const lines = bytes.subarray(0, whole).toString("utf8").split("\n").slice(0, -1)
  try {
    return lines.map((line) => JSON.parse(line) as RunRecord)
  } catch (cause) {
    throw unreadable(path, "a line is no record", "Remove the damaged line, then resume: its run is done again.", cause)
  }
}

/** The rows of one sealed file. @throws ReportError UnreadableRun. */
export async function tableRows(path: string, name: string, file: string): Promise<readonly Cells[]> {
  try {
    return await decodeRows(join(path, name, file))
  } catch (cause) {
    const fix =
      name === "plan" || name === "points"
        ? "Do the experiment again in another folder: its plan is damaged."
        : `Remove ${file} from runs/, series/ and ledger/, then resume: its runs are done again.`
    throw unreadable(path, `${name}/${file} cannot be read`, fix, cause)
  }
}

function unreadable(path: string, what: string, fix: string, cause: unknown): ReportError {
  return new ReportError({
    reason: "UnreadableRun",
    message: `${path}: ${what}`,
    fix,
    offending: { name: "experiment", value: path },
    cause
  })
}

/** The whole files of a table, in order; `.tmp` is what a dying process left. */
export function filesOf(path: string, name: string): readonly string[] {
  const folder = join(path, name)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => /^\d{5}\.(?:parquet|ndjson)$/.test(file))
    .sort()
}
