/**
 * A run's folder: `manifest.json` and one Parquet file per table. Every file is written beside its
 * place and renamed, the manifest last: a folder with a manifest is whole.
 */
import { readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { parquetReadObjects } from "hyparquet"
import { ByteWriter, parquetWrite } from "hyparquet-writer"
import { ReportError, ScenarioError } from "../Errors.ts"
import { type Columns, type ColumnType, type Recorder, type Row, TABLES, type TableName } from "../run/Recorder.ts"
import { type Manifest, SCHEMA } from "./Manifest.ts"
import { makeFolder } from "./makeFolder.ts"

/** The name of the file that makes a folder a run. */
export const MANIFEST = "manifest.json"

const NAMES = Object.keys(TABLES) as readonly TableName[]

/** Makes the folder, and sees that it can be written. @throws ScenarioError Unwritable. */
export async function prepare(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
    const probe = join(folder, ".writable.tmp")
    await writeFile(probe, "")
    await rm(probe)
  } catch (error) {
    throw new ScenarioError({
      reason: "Unwritable",
      message: `${folder} cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
      fix: "Give a folder you may write to with --out.",
      offending: { name: "--out", value: folder },
      cause: error
    })
  }
}

/** Writes tables and manifest. @throws ScenarioError Unwritable. */
export async function writeRun(
  folder: string,
  recorder: Recorder,
  manifest: Omit<Manifest, "tables">
): Promise<Manifest> {
  await prepare(folder)
  const tables: { [table: string]: { readonly file: string; readonly rows: number } } = {}
  try {
    // Without its manifest a folder is no run: tables of two runs never stand under one manifest.
    await rm(join(folder, MANIFEST), { force: true })
    for (const name of NAMES) {
      const file = `${name}.parquet`
      const rows = recorder.rows(name)
      await place(join(folder, file), parquet(name, recorder.columns(name)))
      tables[name] = { file, rows }
    }
    const whole: Manifest = { ...manifest, tables }
    await place(join(folder, MANIFEST), `${JSON.stringify(whole, null, 2)}\n`)
    return whole
  } catch (error) {
    if (error instanceof ScenarioError) throw error
    throw new ScenarioError({
      reason: "Unwritable",
      message: `writing ${folder} failed: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
      fix: "Free some space, or give another folder with --out.",
      offending: { name: "--out", value: folder },
      cause: error
    })
  }
}

async function place(path: string, content: Uint8Array | string): Promise<void> {
  await writeFile(`${path}.tmp`, content)
  await rename(`${path}.tmp`, path)
}

const TYPES = { int: "INT64", double: "DOUBLE", text: "STRING", bool: "BOOLEAN" } as const satisfies Record<
  ColumnType,
  string
>

function parquet(name: TableName, columns: Columns): Uint8Array {
  const types: { readonly [column: string]: ColumnType } = TABLES[name]
  const writer = new ByteWriter()
  parquetWrite({
    writer,
    columnData: Object.entries(types).map(([column, type]) => ({
      name: column,
      data: type === "int" ? (columns[column] ?? []).map((value) => BigInt(value)) : [...(columns[column] ?? [])],
      type: TYPES[type]
    }))
  })
  return new Uint8Array(writer.getBuffer())
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
    const rows = await parquetReadObjects({ file })
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
