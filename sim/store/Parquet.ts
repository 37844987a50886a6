/** Parquet files of plain columns: what an experiment's tables are written and read with. */
import { readFile } from "node:fs/promises"
import { parquetReadObjects } from "hyparquet"
import { ByteWriter, parquetWrite } from "hyparquet-writer"

/** How a column is stored. `int` is a whole number up to 2^53; a cell that is null is absent. */
export type CellType = "int" | "double" | "text" | "bool"

export type Cell = number | string | boolean | null

/** A table's columns in order. */
export type Layout = { readonly [column: string]: CellType }

/** A row, column by column; what the layout lists. */
export type Cells = { readonly [column: string]: Cell }

const TYPES = { int: "INT64", double: "DOUBLE", text: "STRING", bool: "BOOLEAN" } as const satisfies Record<
  CellType,
  string
>

/** The rows as the bytes of a Parquet file. */
export function encodeRows(layout: Layout, rows: readonly Cells[]): Uint8Array {
  const writer = new ByteWriter()
  parquetWrite({
    writer,
    columnData: Object.entries(layout).map(([name, type]) => ({
      name,
      data: rows.map((row) => {
        const cell = row[name] ?? null
        return type === "int" && cell !== null ? BigInt(cell) : cell
      }),
      type: TYPES[type],
      nullable: true
    }))
  })
  return new Uint8Array(writer.getBuffer())
}

/** The rows of a Parquet file. @throws what the file system or the decoder throws. */
export async function decodeRows(path: string): Promise<readonly Cells[]> {
  const bytes = await readFile(path)
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const rows = await parquetReadObjects({ file })
  for (const row of rows) {
    for (const [column, value] of Object.entries(row)) {
      if (typeof value === "bigint") row[column] = Number(value)
      else if (value === undefined) row[column] = null
    }
  }
  // Every cell was one of ours when it was written, and bigints are numbers again.
  return rows as unknown as readonly Cells[]
}
