/**
 * An experiment's folder: manifest, plan, a row per run, metrics over time, ledgers. It is only ever appended to, or
 * given a whole file by rename, so a process that dies at any moment loses at most the run it was writing down.
 *
 * A run is first a line in `log/<n>.ndjson`. When a log has enough lines it is sealed: written as one Parquet file per
 * table, `runs` last, and then removed. Invariant: a run stands in a sealed file or in the log, and counts once.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync } from "node:fs"
import { rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Hex } from "../chain/Contracts.ts"
import { MesocosmError, ScenarioError } from "../Errors.ts"
import type { ExperimentManifest, PlanRow, PointRow } from "./ExperimentManifest.ts"
import {
  ANALYSIS,
  armFile,
  EXPERIMENT,
  filesOf,
  type Outcome,
  outcomeOf,
  readExperiment,
  readLog,
  tableRows
} from "./ExperimentReader.ts"
import { LEDGER, PLAN, POINTS, pointCells, pointRows, RUNS, runCells, SERIES, seriesCells } from "./ExperimentTables.ts"
import { holdFolder } from "./FolderLock.ts"
import { isFromFileSystem } from "./FromFileSystem.ts"
import type { Manifest } from "./Manifest.ts"
import { makeFolder } from "./makeFolder.ts"
import { type Cells, encodeRows, type Layout } from "./Parquet.ts"
import { MANIFEST } from "./RunFolder.ts"
import type { RunRecord } from "./RunRecord.ts"

/** Runs in a log before it is sealed. */
const SEALED_AT = 500

const SEALED: { readonly [table: string]: Layout } = { series: SERIES, ledger: LEDGER }

/** The folders that every experiment has. */
const TABLES: readonly string[] = ["log", "plan", "points", "runs", ...Object.keys(SEALED)]

/** An experiment being written. */
export class ExperimentFolder {
  readonly path: string
  readonly #release: () => void
  #manifest: ExperimentManifest
  readonly #points: PointRow[] = []
  readonly #plan: PlanRow[] = []
  readonly #outcomes = new Map<Hex, Outcome>()
  /** Hashes of the runs that this folder is to hold. */
  readonly #planned = new Set<Hex>()
  /** Metrics seen so far: a sealed file has a column of each, so that files of failed runs alone look like the others. */
  readonly #metrics = new Set<string>()
  #failed = 0
  #rounds = 0
  /** Number of the log that is being written, from 1 on. */
  #log = 1
  #lines = 0
  /** Why nothing is recorded any more: a record that was written in part is followed by no other. */
  #broken: ScenarioError | undefined
  /** The last writing of the manifest, done or not: one waits for the other, since each writes beside its place. */
  #updated: Promise<unknown> = Promise.resolve()

  private constructor(path: string, manifest: ExperimentManifest, release: () => void) {
    this.path = path
    this.#manifest = manifest
    this.#release = release
  }

  /**
   * Begins a new experiment, again where a process died before it had begun one. What the folder holds of others stays.
   * @throws ScenarioError AlreadyExists, Busy, Unwritable.
   */
  static async create(path: string, manifest: ExperimentManifest): Promise<ExperimentFolder> {
    return writing(path, async () => {
      await makeFolder(path)
      const release = holdFolder(path)
      try {
        mustBeFree(path)
        for (const table of TABLES) await makeFolder(join(path, table))
        await place(join(path, EXPERIMENT), json(manifest))
        return new ExperimentFolder(path, manifest, release)
      } catch (error) {
        release()
        throw error
      }
    })
  }

  /**
   * Opens an experiment to go on with it: what was recorded counts, a line cut short by the death of the process does
   * not.
   * @throws ReportError UnknownRun, UnreadableRun, SchemaVersion; ScenarioError Busy, Unwritable.
   */
  static async open(path: string): Promise<ExperimentFolder> {
    const manifest = await readExperiment(path)
    return writing(path, async () => {
      const folder = new ExperimentFolder(path, manifest, holdFolder(path))
      try {
        await folder.#recover()
      } catch (error) {
        folder.#release()
        throw error
      }
      return folder
    })
  }

  get manifest(): ExperimentManifest {
    return this.#manifest
  }

  get points(): readonly PointRow[] {
    return this.#points
  }

  get plan(): readonly PlanRow[] {
    return this.#plan
  }

  /** Rounds of the plan that are written down. */
  get rounds(): number {
    return this.#rounds
  }

  /** Runs that this folder is to hold, and of those complete and failed; a run that the plan names twice counts once. */
  get counts(): ExperimentManifest["runs"] {
    return { planned: this.#planned.size, complete: this.#outcomes.size - this.#failed, failed: this.#failed }
  }

  /** Whether a run of the plan is done here, or in another shard. */
  isOurs({ index }: PlanRow): boolean {
    const { shard } = this.#manifest
    return shard === null || index % shard.of === shard.index - 1
  }

  /** What came of a run; undefined when it is not recorded. */
  outcome(hash: Hex): Outcome | undefined {
    return this.#outcomes.get(hash)
  }

  /** Writes a round of the plan down, before any of its runs. @throws ScenarioError Unwritable. */
  async addRound(points: readonly PointRow[], rows: readonly PlanRow[]): Promise<void> {
    const file = numbered(this.#rounds + 1, "parquet")
    await writing(this.path, async () => {
      await place(join(this.path, "points", file), encodeRows(POINTS, points.flatMap(pointCells)))
      // Rows are cells by their columns.
      await place(join(this.path, "plan", file), encodeRows(PLAN, rows as unknown as readonly Cells[]))
    })
    this.#rounds++
    this.#plans(points, rows)
  }

  /**
   * Writes a run down, for good; a second record of the same run is left out. Once one could not be written, none is.
   * @throws ScenarioError Unwritable.
   */
  async append(record: RunRecord): Promise<void> {
    if (this.#outcomes.has(record.hash)) return
    if (this.#broken !== undefined) throw this.#broken
    const file = this.#logFile(this.#log)
    try {
      appendFileSync(file, `${JSON.stringify(record)}\n`)
    } catch (error) {
      this.#broken = unwritable(this.path, error)
      cutToLines(file)
      throw this.#broken
    }
    this.#keep(record)
    this.#lines++
    if (this.#lines >= SEALED_AT) await this.seal()
  }

  /** Turns the log into Parquet; what is appended meanwhile goes to the next one. @throws ScenarioError Unwritable. */
  async seal(): Promise<void> {
    if (this.#lines === 0) return
    const n = this.#log++
    this.#lines = 0
    await this.#seal(n)
  }

  async #seal(n: number): Promise<void> {
    const records = readLog(this.#logFile(n))
    const file = numbered(n, "parquet")
    await writing(this.path, async () => {
      await place(join(this.path, "series", file), encodeRows(SERIES, records.flatMap(seriesCells)))
      const ledger = records.flatMap(({ hash, ledger: rows }) => rows.map((row) => ({ hash, ...row })))
      await place(join(this.path, "ledger", file), encodeRows(LEDGER, ledger))
      await place(join(this.path, "runs", file), encodeRows(RUNS([...this.#metrics]), records.map(runCells)))
      await rm(this.#logFile(n), { force: true })
    })
  }

  /** Writes the run manifest of an arm down, for its Params, populations and contracts; the first stays. */
  async describeArm(manifest: Manifest): Promise<void> {
    const path = armFile(this.path, manifest.spec.arm)
    if (existsSync(path)) return
    await writing(this.path, async () => {
      await makeFolder(join(this.path, "arms"))
      await place(path, json({ ...manifest, host: undefined }))
    })
  }

  /** Changes what the manifest says; of several changes at once all count. @throws ScenarioError Unwritable. */
  async update(changed: Partial<ExperimentManifest>): Promise<void> {
    this.#manifest = { ...this.#manifest, ...changed }
    const write = (): Promise<void> =>
      writing(this.path, () => place(join(this.path, EXPERIMENT), json(this.#manifest)))
    // One that fails is told to whoever asked for it, and the next is tried all the same.
    const updated = this.#updated.then(write, write)
    this.#updated = updated
    await updated
  }

  /** Writes down what came of it: plain data. @throws ScenarioError Unwritable. */
  async conclude(analysis: unknown): Promise<void> {
    await writing(this.path, () => place(join(this.path, ANALYSIS), json(analysis)))
  }

  /** Lets another process write. */
  close(): void {
    this.#release()
  }

  #logFile(n: number): string {
    return join(this.path, "log", numbered(n, "ndjson"))
  }

  #plans(points: readonly PointRow[], rows: readonly PlanRow[]): void {
    // One by one: there may be more than a call can have arguments.
    for (const point of points) this.#points.push(point)
    for (const row of rows) {
      this.#plan.push(row)
      if (this.isOurs(row)) this.#planned.add(row.hash)
    }
  }

  #keep({ hash, status, values, economy, trace, failedChecks, outOfGas }: Outcome): void {
    const outcome = { hash, status, values, economy, trace, failedChecks }
    this.#outcomes.set(hash, outOfGas === undefined ? outcome : { ...outcome, outOfGas })
    for (const metric of Object.keys(values)) this.#metrics.add(metric)
    if (status === "failed") this.#failed++
  }

  async #recover(): Promise<void> {
    for (const file of filesOf(this.path, "plan")) {
      const rows = await tableRows(this.path, "plan", file)
      // Rows are cells by their columns.
      this.#plans(pointRows(await tableRows(this.path, "points", file)), rows as unknown as readonly PlanRow[])
      this.#rounds++
    }
    const sealed = filesOf(this.path, "runs").map(numberOf)
    for (const n of sealed) {
      for (const row of await tableRows(this.path, "runs", numbered(n, "parquet"))) this.#keep(outcomeOf(row))
    }
    const logs = filesOf(this.path, "log").map(numberOf)
    for (const n of logs) {
      // Sealed, and the process died before its log was removed: it says the same.
      if (sealed.includes(n)) await rm(this.#logFile(n), { force: true })
      else {
        for (const record of readLog(this.#logFile(n))) this.#keep(record)
        await this.#seal(n)
      }
    }
    this.#log = Math.max(0, ...sealed, ...logs) + 1
  }
}

/** Takes away what was written of a line that did not come to its end. What stays of it on a disk that does not even do that is read as the last line of its log. */
function cutToLines(log: string): void {
  try {
    if (!statSync(log).isFile()) return
    truncateSync(log, readFileSync(log).lastIndexOf(10) + 1)
  } catch {
    // What failed first is told; nothing is appended to it, and a last line without its end does not count.
  }
}

/**
 * A folder of a table is empty until the manifest stands: what holds something without one is somebody else's, or what
 * is left of an experiment.
 * @throws ScenarioError AlreadyExists.
 */
function mustBeFree(path: string): void {
  const taken = (message: string, fix: string): ScenarioError =>
    new ScenarioError({ reason: "AlreadyExists", message, fix, offending: { name: "--out", value: path } })
  if (existsSync(join(path, EXPERIMENT))) {
    throw taken(
      `${path} holds an experiment already`,
      `Go on with it: mesocosm resume ${path}; or give another folder with --out.`
    )
  }
  if (existsSync(join(path, MANIFEST))) {
    throw taken(`${path} holds a run`, "Give another folder with --out; an experiment has one of its own.")
  }
  for (const table of TABLES) {
    const folder = join(path, table)
    if (!existsSync(folder) || (statSync(folder).isDirectory() && readdirSync(folder).length === 0)) continue
    throw taken(
      `${path} holds ${table} already, and no ${EXPERIMENT}: it is not taken for an experiment's`,
      "Give another folder with --out; an experiment has one of its own."
    )
  }
}

/** The number in the name of a log or a sealed file. */
function numberOf(file: string): number {
  return Number(file.slice(0, 5))
}

function numbered(n: number, ending: string): string {
  return `${String(n).padStart(5, "0")}.${ending}`
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

async function place(path: string, content: Uint8Array | string): Promise<void> {
  await writeFile(`${path}.tmp`, content)
  await rename(`${path}.tmp`, path)
}

/** Does what writes, and says what is to be done when it cannot. @throws ScenarioError Unwritable. */
async function writing<A>(path: string, write: () => Promise<A>): Promise<A> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof MesocosmError || !isFromFileSystem(error)) throw error
    throw unwritable(path, error)
  }
}

function unwritable(path: string, cause: unknown): ScenarioError {
  const code = (cause as NodeJS.ErrnoException).code
  return new ScenarioError({
    reason: "Unwritable",
    message: `${path} cannot be written: ${code ?? String(cause)}`,
    fix:
      code === "ENOSPC" || code === "EDQUOT"
        ? `Free some space, then go on with mesocosm resume ${path}: what was recorded is kept.`
        : "Give a folder you may write to with --out.",
    offending: { name: "--out", value: path },
    cause
  })
}
