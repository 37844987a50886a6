/**
 * The two digests of a run. Each table is a chain of hashes, extended once per block:
 * `head' = keccak(head ‖ rows)`; so a difference can be located by table and block, and the state
 * of a digest is its heads and counts, plain data.
 *
 * `economy` tables hold what happened; within a block their rows are sorted, so that order does
 * not matter. `trace` tables hold how it happened, in order, with gas and statuses.
 */
import type { Hex } from "../chain/Contracts.ts"
import { fromHex, toHex } from "../chain/codec/Hexadecimal.ts"
import { keccak256, keccakHex } from "../chain/codec/Keccak.ts"

export const ECONOMY_TABLES = ["flows", "events", "balances", "metrics", "outlays", "environment", "truths"] as const
export const TRACE_TABLES = ["blocks", "transactions", "logs"] as const

export type DigestTable = (typeof ECONOMY_TABLES)[number] | (typeof TRACE_TABLES)[number]

export interface Digests {
  readonly economy: Hex
  readonly trace: Hex
  /** Per table, to locate a difference. */
  readonly tables: { readonly [table in DigestTable]: Hex }
}

/** Plain data. */
export interface DigestState {
  readonly heads: { readonly [table: string]: Hex }
  readonly rows: { readonly [table: string]: number }
}

const encoder = new TextEncoder()

/** Texts up to this length are written character by character, which is quicker than asking the platform. */
const SHORT = 64

/** Writes rows as bytes: every field is either of fixed length or carries its length. */
class RowWriter {
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(4096)
  length = 0
  starts: number[] = []

  begin(): this {
    this.starts.push(this.length)
    return this
  }

  hex(hex: string): this {
    const size = (hex.length - 2) >> 1
    this.#room(size + 4)
    this.#u32(size)
    writeHex(hex, this.bytes, this.length)
    this.length += size
    return this
  }

  text(text: string): this {
    const { length } = text
    this.#room(length * 3 + 4)
    const at = this.length
    if (length <= SHORT) {
      const { bytes } = this
      let to = at + 4
      let every = 0
      for (let index = 0; index < length; index++) {
        const code = text.charCodeAt(index)
        every |= code
        bytes[to++] = code
      }
      if (every < 128) {
        this.#u32(length)
        this.length = to
        return this
      }
    }
    this.length += 4
    const { written } = encoder.encodeInto(text, this.bytes.subarray(this.length))
    this.length += written
    const end = this.length
    this.length = at
    this.#u32(written)
    this.length = end
    return this
  }

  /** A whole number from 0 to 2^53 − 1. */
  whole(value: number): this {
    this.#room(8)
    this.#u32(Math.floor(value / 4294967296))
    this.#u32(value >>> 0)
    return this
  }

  big(value: bigint): this {
    return this.text(value === 0n ? "0" : value.toString(16))
  }

  /** Fields as another row has them. */
  copied(bytes: Uint8Array, from: number, to: number): this {
    this.#room(to - from)
    for (let at = from; at < to; at++) this.bytes[this.length++] = bytes[at] as number
    return this
  }

  clear(): void {
    this.length = 0
    this.starts = []
  }

  #u32(value: number): void {
    this.bytes[this.length++] = value >>> 24
    this.bytes[this.length++] = (value >>> 16) & 255
    this.bytes[this.length++] = (value >>> 8) & 255
    this.bytes[this.length++] = value & 255
  }

  #room(size: number): void {
    if (this.length + size <= this.bytes.length) return
    const wider = new Uint8Array(Math.max(this.bytes.length * 2, this.length + size))
    wider.set(this.bytes.subarray(0, this.length))
    this.bytes = wider
  }
}

interface Table {
  readonly name: DigestTable
  readonly sorts: boolean
  readonly rows: RowWriter
  head: Uint8Array
  count: number
}

const NOTHING = new Uint8Array(32)

export class Digest {
  readonly #tables: readonly Table[]
  readonly #byName: ReadonlyMap<DigestTable, Table>
  #joined = new Uint8Array(4096)

  constructor(state?: DigestState) {
    const open = (name: DigestTable, sorts: boolean): Table => {
      const head = state?.heads[name]
      return {
        name,
        sorts,
        rows: new RowWriter(),
        head: head === undefined ? NOTHING : fromHex(head),
        count: state?.rows[name] ?? 0
      }
    }
    this.#tables = [...ECONOMY_TABLES.map((name) => open(name, true)), ...TRACE_TABLES.map((name) => open(name, false))]
    this.#byName = new Map(this.#tables.map((table) => [table.name, table]))
  }

  /** Begins a row; write its fields on what is returned, at once. */
  row(name: DigestTable): RowWriter {
    // Every DigestTable was opened above.
    const table = this.#byName.get(name) as Table
    table.count++
    return table.rows.begin()
  }

  /** Extends every table that has new rows. Call once per block. */
  extend(): void {
    for (const table of this.#tables) {
      const { rows } = table
      if (rows.starts.length === 0) continue
      const size = 32 + rows.length
      if (this.#joined.length < size) this.#joined = new Uint8Array(size * 2)
      this.#joined.set(table.head, 0)
      if (table.sorts && rows.starts.length > 1) {
        sortRows(rows.bytes, rows.starts, rows.length, this.#joined)
      } else {
        this.#joined.set(rows.bytes.subarray(0, rows.length), 32)
      }
      table.head = keccak256(this.#joined.subarray(0, size))
      rows.clear()
    }
  }

  /** The digests so far; rows since the last `extend` are not in them. */
  digests(): Digests {
    const over = (names: readonly DigestTable[]): Hex => {
      const all = new RowWriter()
      for (const name of names) {
        const table = this.#byName.get(name) as Table
        // A table without rows says nothing, so that a new kind of table leaves old digests alone.
        if (table.count === 0) continue
        all.text(name).whole(table.count).hex(toHex(table.head))
      }
      return keccakHex(all.bytes.subarray(0, all.length))
    }
    const heads = Object.fromEntries(this.#tables.map((table) => [table.name, toHex(table.head)]))
    return {
      economy: over(ECONOMY_TABLES),
      trace: over([...ECONOMY_TABLES, ...TRACE_TABLES]),
      // Made of every table just above.
      tables: heads as Digests["tables"]
    }
  }

  save(): DigestState {
    return {
      heads: Object.fromEntries(this.#tables.map((table) => [table.name, toHex(table.head)])),
      rows: Object.fromEntries(this.#tables.map((table) => [table.name, table.count]))
    }
  }
}

/** Writes the rows that begin at `starts`, sorted as bytes, into `into` from its byte 32 on. */
function sortRows(bytes: Uint8Array, starts: readonly number[], length: number, into: Uint8Array): void {
  const count = starts.length
  // Rows of a table mostly begin alike (a length, an address, a topic): what all share need not be compared.
  const first = starts[0] as number
  let shared = length
  for (let index = 0; index < count; index++) {
    const start = starts[index] as number
    const most = Math.min(shared, (starts[index + 1] ?? length) - start)
    shared = 0
    while (shared < most && bytes[start + shared] === bytes[first + shared]) shared++
  }
  // The next six bytes as a number decide nearly always; a row that has no more counts as zeros, and is compared.
  const keys = new Float64Array(count)
  const order = new Array<number>(count)
  for (let index = 0; index < count; index++) {
    const from = (starts[index] as number) + shared
    const end = starts[index + 1] ?? length
    let key = 0
    for (let at = from; at < from + 6; at++) key = key * 256 + (at < end ? (bytes[at] as number) : 0)
    keys[index] = key
    order[index] = index
  }
  order.sort(
    (a, b) =>
      (keys[a] as number) - (keys[b] as number) ||
      compareBytes(bytes, starts[a] as number, starts[a + 1] ?? length, starts[b] as number, starts[b + 1] ?? length)
  )
  let to = 32
  for (const index of order) {
    const end = starts[index + 1] ?? length
    for (let at = starts[index] as number; at < end; at++) into[to++] = bytes[at] as number
  }
}

function compareBytes(bytes: Uint8Array, a: number, aEnd: number, b: number, bEnd: number): number {
  const shared = Math.min(aEnd - a, bEnd - b)
  for (let index = 0; index < shared; index++) {
    const difference = (bytes[a + index] as number) - (bytes[b + index] as number)
    if (difference !== 0) return difference
  }
  return aEnd - a - (bEnd - b)
}

/** The value of each hexadecimal digit by its character's code; 255 where it is none. */
const VALUES: Uint8Array = new Uint8Array(128).fill(255)
for (let value = 0; value < 16; value++) {
  VALUES[value.toString(16).charCodeAt(0)] = value
  VALUES[value.toString(16).toUpperCase().charCodeAt(0)] = value
}

/** As `fromHex`, which is slower on short texts. */
function writeHex(hex: string, into: Uint8Array, at: number): void {
  const { length } = hex
  if (length > 80) {
    fromHex(hex, into, at)
    return
  }
  let wrong = length & 1
  let to = at
  for (let from = 2; from < length; from += 2) {
    const high = VALUES[hex.charCodeAt(from)] ?? 255
    const low = VALUES[hex.charCodeAt(from + 1)] ?? 255
    wrong |= (high | low) & 240
    into[to++] = (high << 4) | low
  }
  // It says what is wrong.
  if (wrong !== 0 || !hex.startsWith("0x")) fromHex(hex, into, at)
}
