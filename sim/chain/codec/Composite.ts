/**
 * Arrays and tuples: a head of fixed size, and the dynamic members behind it, at offsets counted
 * from the head's first byte.
 */
import type { ByteReader } from "./ByteReader.ts"
import type { ByteWriter } from "./ByteWriter.ts"
import { Misfit, within } from "./Misfit.ts"
import type { AbiType } from "./Type.ts"

/** Members in a row, as function arguments, results and tuples have them. */
export interface Row {
  readonly types: readonly AbiType[]
  /** Bytes of the head. */
  readonly size: number
  readonly dynamic: boolean
}

/** A row of these members. */
export function rowOf(types: readonly AbiType[]): Row {
  return {
    types,
    size: types.reduce((sum, type) => sum + type.head, 0),
    dynamic: types.some((type) => type.dynamic)
  }
}

/**
 * Writes one member: static ones into the head at `at`, dynamic ones at the end with their offset
 * from `base` in the head.
 */
function encodeMember(type: AbiType, value: unknown, writer: ByteWriter, base: number, at: number): void {
  if (type.dynamic) {
    writer.putNumber(at, writer.end - base)
    type.encode(value, writer, writer.end)
  } else type.encode(value, writer, at)
}

/** Reads one member whose head is at `at`, in a container whose head begins at `base`. */
export function decodeMember(type: AbiType, reader: ByteReader, base: number, at: number): unknown {
  if (!type.dynamic) return type.decode(reader, at)
  return type.decode(reader, base + reader.count(at, type.name))
}

/** Writes a row whose head is reserved at `base`; `names` are for the messages only. */
export function encodeRow(
  row: Row,
  names: readonly string[],
  values: readonly unknown[],
  writer: ByteWriter,
  base: number
): void {
  const { types } = row
  let at = base
  let index = 0
  try {
    for (; index < types.length; index++) {
      const type = types[index] as AbiType
      encodeMember(type, values[index], writer, base, at)
      at += type.head
    }
  } catch (error) {
    throw within(error, names[index] as string)
  }
}

/** Reads a row whose head begins at `base` and is known to be there. */
export function decodeRow(row: Row, reader: ByteReader, base: number): unknown[] {
  const values: unknown[] = []
  let at = base
  for (const type of row.types) {
    values.push(decodeMember(type, reader, base, at))
    at += type.head
  }
  return values
}

/** A tuple; an object keyed by `keys`, or an array when it has none. */
export function tuple(members: readonly AbiType[], keys: readonly string[] | undefined): AbiType {
  const name = `(${members.map((member) => member.name).join(",")})`
  const row = rowOf(members)
  const labels = keys ?? members.map((_, index) => `[${index}]`)

  function valuesOf(value: unknown): readonly unknown[] {
    if (Array.isArray(value)) {
      if (value.length !== members.length) {
        throw new Misfit(name, value, `takes ${members.length} members, and these are ${value.length}`)
      }
      return value
    }
    if (keys === undefined || typeof value !== "object" || value === null) {
      throw new Misfit(name, value, keys === undefined ? "takes an array" : `takes an object of ${keys.join(", ")}`)
    }
    // An object, by the line above; its members are checked by their own types.
    const members_ = value as Readonly<Record<string, unknown>>
    return keys.map((key) => members_[key])
  }

  function decodeAt(reader: ByteReader, base: number): unknown {
    const values = decodeRow(row, reader, base)
    if (keys === undefined) return values
    const object: Record<string, unknown> = {}
    for (let index = 0; index < keys.length; index++) object[keys[index] as string] = values[index]
    return object
  }

  return {
    name,
    head: row.dynamic ? 32 : row.size,
    dynamic: row.dynamic,
    word: false,
    encode(value, writer, at) {
      const values = valuesOf(value)
      encodeRow(row, labels, values, writer, row.dynamic ? writer.reserve(row.size) : at)
    },
    decode(reader, at) {
      if (row.dynamic) reader.need(at, row.size, name)
      return decodeAt(reader, at)
    },
    natural(value) {
      if (typeof value !== "object" || value === null) return false
      if (keys !== undefined && Array.isArray(value)) return false
      const values = valuesOf(value)
      return members.every((member, index) => member.natural(values[index]))
    }
  }
}

/** `T[]` when `length` is undefined, else `T[length]`. */
export function array(element: AbiType, length: number | undefined): AbiType {
  const name = `${element.name}[${length ?? ""}]`
  const dynamic = length === undefined || element.dynamic

  function encode(value: unknown, writer: ByteWriter, at: number): void {
    if (!Array.isArray(value)) throw new Misfit(name, value, "takes an array")
    const count = value.length
    if (length !== undefined && count !== length) {
      throw new Misfit(name, value, `takes ${length} elements, and these are ${count}`)
    }
    if (length === undefined) writer.putNumber(writer.reserve(32), count)
    const base = dynamic ? writer.reserve(count * element.head) : at
    let index = 0
    try {
      for (; index < count; index++) {
        encodeMember(element, value[index], writer, base, base + index * element.head)
      }
    } catch (error) {
      throw within(error, `[${index}]`)
    }
  }

  function decode(reader: ByteReader, at: number): unknown {
    const count = length ?? reader.count(at, name)
    const base = length === undefined ? at + 32 : at
    if (dynamic) reader.need(base, count * element.head, name)
    const values: unknown[] = []
    for (let index = 0; index < count; index++) {
      values.push(decodeMember(element, reader, base, base + index * element.head))
    }
    return values
  }

  return {
    name,
    head: dynamic ? 32 : (length ?? 0) * element.head,
    dynamic,
    word: false,
    encode,
    decode,
    natural: (value) => Array.isArray(value) && value.every((each) => element.natural(each))
  }
}
