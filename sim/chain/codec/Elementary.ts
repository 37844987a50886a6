/**
 * The types of one word, and `bytes` and `string`. Decoding is as strict as Solidity's own decoder:
 * a word with bits outside its type is malformed data, not a truncated value.
 */
import type { ByteReader } from "./ByteReader.ts"
import type { ByteWriter } from "./ByteWriter.ts"
import { readHex, sizeOf, toHex } from "./Hexadecimal.ts"
import { Misfit } from "./Misfit.ts"
import type { AbiType } from "./Type.ts"

const TWO_32 = 4294967296

/** Integers of at most this many bits are `number`, above `bigint`. */
export const NUMBER_BITS = 48

function range(name: string, value: unknown, min: bigint, max: bigint): Misfit {
  return new Misfit(name, value, `takes whole numbers from ${min} to ${max}`)
}

function dirty(name: string): Misfit {
  return new Misfit(name, undefined, "has bits outside its range")
}

/** `uint8` to `uint256` and `int8` to `int256`. */
export function integer(bits: number, signed: boolean): AbiType {
  const name = `${signed ? "int" : "uint"}${bits}`
  const min = signed ? -(1n << BigInt(bits - 1)) : 0n
  const max = (1n << BigInt(signed ? bits - 1 : bits)) - 1n
  const small = bits <= NUMBER_BITS
  const least = small ? Number(min) : signed ? Number.MIN_SAFE_INTEGER : 0
  const most = small ? Number(max) : Number.MAX_SAFE_INTEGER
  const beyond = max + 1n
  const modulus = 1n << 256n

  function encode(value: unknown, writer: ByteWriter, at: number): void {
    if (typeof value === "bigint") {
      if (value < min || value > max) throw range(name, value, min, max)
      writer.putBigInt(at, value)
    } else if (typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most) {
      if (value >= 0) writer.putNumber(at, value)
      else writer.putBigInt(at, BigInt(value))
    } else throw range(name, value, min, max)
  }

  function decodeNumber(reader: ByteReader, at: number): number {
    const high = reader.int32(at + 24)
    const value = high * TWO_32 + reader.uint32(at + 28)
    const sign = high < 0 ? -1 : 0
    for (let next = at; next < at + 24; next += 4) if (reader.int32(next) !== sign) throw dirty(name)
    if (value < least || value > most) throw dirty(name)
    return value
  }

  function decodeBigInt(reader: ByteReader, at: number): bigint {
    const value = reader.uint(at)
    if (value < beyond) return value
    if (!signed || value - modulus < min) throw dirty(name)
    return value - modulus
  }

  return {
    name,
    head: 32,
    dynamic: false,
    word: true,
    encode,
    decode: small ? decodeNumber : decodeBigInt,
    natural: (value) => typeof value === (small ? "number" : "bigint")
  }
}

/** `address`: lower case when decoded, any case when encoded. */
export const address: AbiType = {
  name: "address",
  head: 32,
  dynamic: false,
  word: true,
  encode(value, writer, at) {
    if (typeof value === "string" && value.length === 42) {
      // The digits overwrite the last twenty bytes of the word.
      writer.putZero(at)
      if (readHex(value, writer.bytes, at + 12)) return
    }
    throw new Misfit("address", value, "takes 0x and 40 hexadecimal digits")
  },
  decode(reader, at) {
    if (!reader.zero(at, 12)) throw dirty("address")
    return toHex(reader.bytes, at + 12, at + 32)
  },
  natural: (value) => typeof value === "string"
}

/** `bool`. */
export const bool: AbiType = {
  name: "bool",
  head: 32,
  dynamic: false,
  word: true,
  encode(value, writer, at) {
    if (typeof value !== "boolean") throw new Misfit("bool", value, "takes true or false")
    writer.putNumber(at, value ? 1 : 0)
  },
  decode(reader, at) {
    const value = reader.uint32(at + 28)
    if (value > 1 || !reader.zero(at, 28)) throw dirty("bool")
    return value === 1
  },
  natural: (value) => typeof value === "boolean"
}

/** `bytes1` to `bytes32`, and `function`, which is an address and a selector in 24 bytes. */
export function fixedBytes(size: number, name: string = `bytes${size}`): AbiType {
  return {
    name,
    head: 32,
    dynamic: false,
    word: true,
    encode(value, writer, at) {
      if (typeof value === "string" && value.length === 2 + 2 * size) {
        writer.putZero(at)
        if (readHex(value, writer.bytes, at)) return
      }
      throw new Misfit(name, value, `takes 0x and ${2 * size} hexadecimal digits`)
    },
    decode(reader, at) {
      for (let next = at + size; next < at + 32; next++) if (reader.bytes[next] !== 0) throw dirty(name)
      return toHex(reader.bytes, at, at + size)
    },
    natural: (value) => typeof value === "string"
  }
}

/** `bytes`. */
export const bytes: AbiType = {
  name: "bytes",
  head: 32,
  dynamic: true,
  word: false,
  encode(value, writer) {
    if (typeof value === "string" && value.length >= 2) {
      const size = sizeOf(value)
      const at = writer.reserve(32)
      writer.putNumber(at, size)
      const to = writer.reservePadded(size)
      if (readHex(value, writer.bytes, to)) return
    }
    throw new Misfit("bytes", value, "takes 0x and an even number of hexadecimal digits")
  },
  decode(reader, at) {
    const size = reader.count(at, "bytes")
    reader.need(at + 32, size, "bytes")
    return toHex(reader.bytes, at + 32, at + 32 + size)
  },
  natural: (value) => typeof value === "string"
}

// A leading byte order mark is part of the text here. Solidity does not check UTF-8, so bytes that are
// none become U+FFFD instead of failing a run.
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true })

/** `string`: UTF-8. A text with half a surrogate pair has no UTF-8 and is refused. */
export const string: AbiType = {
  name: "string",
  head: 32,
  dynamic: true,
  word: false,
  encode(value, writer) {
    if (typeof value !== "string" || !value.isWellFormed()) throw new Misfit("string", value, "takes well-formed text")
    const at = writer.reserve(32)
    writer.putNumber(at, writer.appendText(value))
  },
  decode(reader, at) {
    const size = reader.count(at, "string")
    reader.need(at + 32, size, "string")
    return size === 0 ? "" : utf8.decode(reader.bytes.subarray(at + 32, at + 32 + size))
  },
  natural: (value) => typeof value === "string"
}
