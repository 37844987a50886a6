/**
 * A table on its way into a Parquet file: row groups are written as they come, beside the file's place, and the
 * file is put there when it is whole. Compressed by Zstandard, which Node does natively.
 */
import { closeSync, openSync, renameSync, writeSync } from "node:fs"
import { constants, zstdCompressSync } from "node:zlib"
import { ByteWriter, ParquetWriter } from "hyparquet-writer"
import { type Columns, type ColumnType, TABLES, type TableName } from "../run/Recorder.ts"

const PHYSICAL = {
  int: { type: "INT64" },
  double: { type: "DOUBLE" },
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  bool: { type: "BOOLEAN" }
} as const satisfies Record<ColumnType, object>

/** Texts of which nearly every row has one of its own: a dictionary of them would be tried in vain. */
const UNIQUE: ReadonlySet<string> = new Set(["args", "data"])

const FASTEST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }
const compressors = { ZSTD: (bytes: Uint8Array): Uint8Array => zstdCompressSync(bytes, FASTEST) }

export class TableWriter {
  readonly #name: TableName
  readonly #path: string
  readonly #file: number
  readonly #bytes = new ByteWriter(1 << 16)
  readonly #parquet: ParquetWriter
  rows = 0

  /** Begins the file; `path` is where it shall stand. */
  constructor(name: TableName, path: string) {
    this.#name = name
    this.#path = path
    this.#file = openSync(`${path}.tmp`, "w")
    const columns = Object.entries(TABLES[name])
    this.#parquet = new ParquetWriter({
      writer: this.#bytes,
      codec: "ZSTD",
      compressors,
      // Nothing here reads them, and they cost as much as the columns.
      statistics: false,
      schema: [
        { name: "root", num_children: columns.length },
        ...columns.map(([column, type]) => ({ name: column, repetition_type: "REQUIRED" as const, ...PHYSICAL[type] }))
      ]
    })
  }

  /** Writes a row group. */
  group(columns: Columns, rows: number): void {
    if (rows === 0) return
    const columnData = Object.entries(TABLES[this.#name]).map(([name, type]) => {
      const cells = columns[name] ?? []
      if (type === "int") return { name, data: integers(cells), encoding: "PLAIN" as const }
      if (UNIQUE.has(name))
        return { name, data: cells.map((cell) => Buffer.from(String(cell))), encoding: "PLAIN" as const }
      // What a column of another type holds is what its Parquet type takes.
      const data = cells as unknown[]
      return type === "double" ? { name, data, encoding: "PLAIN" as const } : { name, data }
    })
    this.#parquet.write({ columnData, rowGroupSize: rows })
    this.rows += rows
    this.#flush()
  }

  /** Ends the file, which then stands beside its place. */
  end(): void {
    this.#parquet.finish()
    this.#flush()
    closeSync(this.#file)
  }

  /** Puts the ended file in its place, or where another folder has it. */
  place(path: string = this.#path): void {
    renameSync(`${this.#path}.tmp`, path)
  }

  #flush(): void {
    const bytes = this.#bytes.getBytes()
    for (let from = 0; from < bytes.length; ) from += writeSync(this.#file, bytes, from)
    this.#bytes.index = 0
  }
}

/** Whole numbers as 64-bit integers, without a bigint for each. */
function integers(cells: readonly (number | string | boolean)[]): BigInt64Array {
  const whole = new BigInt64Array(cells.length)
  const halves = new Int32Array(whole.buffer)
  for (let at = 0; at < cells.length; at++) {
    // The column holds whole numbers.
    const value = cells[at] as number
    halves[2 * at] = value
    halves[2 * at + 1] = Math.floor(value / 4_294_967_296)
  }
  return whole
}
