/**
 * A run's folder: `manifest.json` and one Parquet file per table. Every file is written beside its
 * place, tables as the run goes on, and renamed at the end, the manifest last: a folder with a manifest is whole.
 */
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { zstdDecompressSync } from "node:zlib"
import { parquetReadObjects } from "hyparquet"
import { ReportError, ScenarioError } from "../Errors.ts"
import { type Columns, type Recorder, type RecorderSink, type Row, TABLES, type TableName } from "../run/Recorder.ts"
import { EXPERIMENT } from "./ExperimentReader.ts"
import { holdFolder, isLock } from "./FolderLock.ts"
import { isFromFileSystem } from "./FromFileSystem.ts"
import { type Manifest, SCHEMA } from "./Manifest.ts"
import { makeFolder } from "./makeFolder.ts"
import { TableWriter } from "./TableWriter.ts"

/** The name of the file that makes a folder a run. */
export const MANIFEST = "manifest.json"

const NAMES = Object.keys(TABLES) as readonly TableName[]

/** Makes the folder, and sees that it can be written. @throws ScenarioError Unwritable. */
export async function prepare(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
    const probe = join(folder, ".writable.tmp")
    await writeFile(probe, "")
    // Another may look at the same time.
    await rm(probe, { force: true })
  } catch (error) {
    throw unwritable(folder, error)
  }
}

function unwritable(folder: string, cause: unknown): ScenarioError {
  return new ScenarioError({
    reason: "Unwritable",
    message: `${folder} cannot be written: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`,
    fix: "Give a folder you may write to with --out.",
    offending: { name: "--out", value: folder },
    cause
  })
}

/**
 * Makes the folder and holds it: two runs that write to one at once would take each other's files.
 * A folder that holds something else is left alone.
 * @returns what lets it go, once nothing of the run is written any more.
 * @throws ScenarioError AlreadyExists, Busy, Unwritable.
 */
export async function holdRun(folder: string): Promise<() => void> {
  await refuseOthers(folder)
  await prepare(folder)
  try {
    return holdFolder(folder, "run it again, or give another folder with --out")
  } catch (error) {
    if (error instanceof ScenarioError) throw error
    throw unwritable(folder, error)
  }
}

/** What may stand in a folder in which no run has ended yet: what is written and not in its place, and the lock. */
const isUnfinished = (name: string): boolean => name.endsWith(".tmp") || isLock(name)

/** @throws ScenarioError AlreadyExists where the folder holds what is no run. */
async function refuseOthers(folder: string): Promise<void> {
  // A folder that is not there, or no folder, is told of when it is made.
  const names: readonly string[] = await readdir(folder).catch(() => [])
  // A process that dies while it puts its tables in their places leaves some of them, and no manifest.
  if (names.includes(MANIFEST) || NAMES.some((name) => names.includes(`${name}.parquet`))) return
  const [other] = names.filter((name) => !isUnfinished(name))
  if (other === undefined) return
  throw new ScenarioError({
    reason: "AlreadyExists",
    message: `${folder} holds ${names.includes(EXPERIMENT) ? "an experiment" : `${other}, and no run`}`,
    fix: "Give a folder with --out that is new, empty, or holds a run.",
    offending: { name: "--out", value: folder }
  })
}

/**
 * A run's tables on their way into its folder, written while the run goes on. Until `finish` nothing in the folder
 * is touched but files of another name. Whoever writes where others may write too holds the folder (`holdRun`).
 */
export class RunWriter implements RecorderSink {
  #folder: string
  readonly #tables: { readonly [T in TableName]: TableWriter }
  /** What writing failed of: said at the end, so that the run goes on. */
  #failure: unknown

  private constructor(folder: string) {
    this.#folder = folder
    // One for each of the names.
    this.#tables = Object.fromEntries(
      NAMES.map((name) => [name, new TableWriter(name, join(folder, `${name}.parquet`))])
    ) as { readonly [T in TableName]: TableWriter }
  }

  /** Makes the folder and begins the files. @throws ScenarioError Unwritable. */
  static async open(folder: string): Promise<RunWriter> {
    await prepare(folder)
    return new RunWriter(folder)
  }

  group(table: TableName, columns: Columns, rows: number): void {
    if (this.#failure !== undefined) return
    try {
      this.#tables[table].group(columns, rows)
    } catch (error) {
      this.#failure = error
    }
  }

  /** Where the run is, or will be. */
  get folder(): string {
    return this.#folder
  }

  /**
   * Puts tables and manifest in their places. A run that was interrupted takes no complete one's place: it goes beside it.
   * @throws ScenarioError Unwritable.
   */
  async finish(manifest: Omit<Manifest, "tables">): Promise<Manifest> {
    if (manifest.status === "interrupted" && (await isComplete(this.#folder))) this.#folder += PARTIAL
    const folder = this.#folder
    const tables: { [table: string]: { readonly file: string; readonly rows: number } } = {}
    try {
      if (this.#failure !== undefined) throw this.#failure
      for (const name of NAMES) {
        this.#tables[name].end()
        tables[name] = { file: `${name}.parquet`, rows: this.#tables[name].rows }
      }
      // Without its manifest a folder is no run: tables of two runs never stand under one manifest.
      await makeFolder(folder)
      await rm(join(folder, MANIFEST), { force: true })
      for (const name of NAMES) this.#tables[name].place(join(folder, `${name}.parquet`))
      const whole: Manifest = { ...manifest, tables }
      await place(join(folder, MANIFEST), `${JSON.stringify(whole, null, 2)}\n`)
      return whole
    } catch (error) {
      if (!isFromFileSystem(error)) throw error
      throw new ScenarioError({
        reason: "Unwritable",
        message: `writing ${folder} failed: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
        fix: "Free some space, or give another folder with --out.",
        offending: { name: "--out", value: folder },
        cause: error
      })
    }
  }
}

/** What the name of a folder ends with that holds as much as there is of a run, beside the complete one. */
const PARTIAL = ".partial"

async function isComplete(folder: string): Promise<boolean> {
  try {
    return (await readManifest(folder)).status === "complete"
  } catch {
    return false
  }
}

/** Writes a record's tables and a manifest. @throws ScenarioError Unwritable. */
export async function writeRun(
  folder: string,
  recorder: Recorder,
  manifest: Omit<Manifest, "tables">
): Promise<Manifest> {
  const writer = await RunWriter.open(folder)
  for (const name of NAMES) writer.group(name, recorder.columns(name), recorder.rows(name))
  return writer.finish(manifest)
}

async function place(path: string, content: string): Promise<void> {
  await writeFile(`${path}.tmp`, content)
  await rename(`${path}.tmp`, path)
}

/** Reads a manifest. @throws ReportError UnknownRun, UnreadableRun, SchemaVersion. */
export async function readManifest(folder: string): Promise<Manifest> {
  let text: string
  try {
    text = await readFile(join(folder, MANIFEST), "utf8")
  } catch (error) {
    throw new ReportError({
      reason: "UnknownRun",
      message: `${folder} holds no run`,
      fix: "Give the folder that mesocosm run named; mesocosm list --runs shows those here.",
      offending: { name: "run", value: folder },
      cause: error
    })
  }
  let manifest: Manifest
  try {
    manifest = JSON.parse(text) as Manifest
  } catch (error) {
    throw unreadable(folder, `${MANIFEST} is no JSON`, error)
  }
  if (manifest.schema !== SCHEMA) {
    throw new ReportError({
      reason: "SchemaVersion",
      message: `${folder} has schema ${String(manifest.schema)}, and this version reads ${SCHEMA}`,
      fix: "Read it with the version that wrote it (code.version in its manifest), or run it again.",
      offending: { name: "schema", value: String(manifest.schema) }
    })
  }
  return manifest
}

/** Reads a table's rows. @throws ReportError UnreadableRun. */
export async function readTable<T extends TableName>(folder: string, name: T): Promise<readonly Row<T>[]> {
  const path = join(folder, `${name}.parquet`)
  try {
    const bytes = await readFile(path)
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
    const rows = await parquetReadObjects({ file, compressors: { ZSTD: (input) => zstdDecompressSync(input) } })
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) if (typeof value === "bigint") row[column] = Number(value)
    }
    return rows as unknown as readonly Row<T>[]
  } catch (error) {
    throw unreadable(folder, `${name}.parquet cannot be read`, error)
  }
}

function unreadable(folder: string, what: string, cause: unknown): ReportError {
  return new ReportError({
    reason: "UnreadableRun",
    message: `${folder}: ${what}`,
    fix: "Run it again with the spec in its manifest; the folder is damaged.",
    offending: { name: "run", value: folder },
    cause
  })
}
