/**
 * Bytes to hexadecimal text and back. What comes out is always lower case.
 *
 * Text is turned into characters' codes and back by the platform's encoder, in pieces, and the codes two
 * at a time by table: on text of 96 bytes that is twice as fast as reading or joining characters.
 */
import { ChainError } from "../../Errors.ts"
import type { Hex } from "../Contracts.ts"

/** Characters handled in one piece; even. */
const PIECE = 8192
const characters = new Uint8Array(PIECE)
/** The same memory, two characters each, in the machine's byte order, as are the tables' keys. */
const pairs = new Uint16Array(characters.buffer)
const encoder = new TextEncoder()
// All characters are ASCII, which this encoding holds unchanged and decodes fastest.
const decoder = new TextDecoder("latin1")

/** The two digits of each byte. */
const DIGITS_OF: Uint16Array = new Uint16Array(256)
/** The byte of each two digits; negative where they are none. */
const BYTE_OF: Int16Array = new Int16Array(65536).fill(-1)

function pairOf(text: string): number {
  encoder.encodeInto(text, characters)
  return pairs[0] as number
}

const PREFIX = pairOf("0x")
for (let byte = 0; byte < 256; byte++) {
  const lower = byte.toString(16).padStart(2, "0")
  const upper = lower.toUpperCase()
  DIGITS_OF[byte] = pairOf(lower)
  for (const text of [lower, upper, `${lower[0]}${upper[1]}`, `${upper[0]}${lower[1]}`]) BYTE_OF[pairOf(text)] = byte
}

/** The bytes from `from` up to `to` as `0x` and lower-case digits. */
export function toHex(bytes: Uint8Array, from: number = 0, to: number = bytes.length): Hex {
  pairs[0] = PREFIX
  let text = ""
  let next = 1
  for (let at = from; at < to; at++) {
    if (next === pairs.length) {
      text += decoder.decode(characters)
      next = 0
    }
    pairs[next++] = DIGITS_OF[bytes[at] as number] as number
  }
  // The prefix, and nothing but digits after it.
  return (text + decoder.decode(characters.subarray(0, 2 * next))) as Hex
}

/** How many bytes a text stands for, if it is hexadecimal. */
export function sizeOf(hex: string): number {
  return hex.length < 2 ? 0 : (hex.length - 2) >> 1
}

/**
 * Writes the bytes of `hex` into `into` from `at` on, where `sizeOf(hex)` bytes must have room.
 * @returns false, with `into` partly written, when it is not 0x and whole bytes in digits of any case.
 */
export function readHex(hex: string, into: Uint8Array, at: number): boolean {
  const { length } = hex
  if (length < 2 || (length & 1) === 1) return false
  let to = at
  let wrong = 0
  for (let from = 0; from < length; from += PIECE) {
    const piece = length <= PIECE ? hex : hex.slice(from, from + PIECE)
    // Characters beyond ASCII take more than a byte, so that fewer characters are read than fit.
    const { read, written } = encoder.encodeInto(piece, characters)
    if (read !== piece.length || written !== piece.length) return false
    if (from === 0 && pairs[0] !== PREFIX) return false
    for (let next = from === 0 ? 1 : 0; next < piece.length >> 1; next++) {
      const byte = BYTE_OF[pairs[next] as number] as number
      wrong |= byte
      into[to++] = byte
    }
  }
  return wrong >= 0
}

/**
 * The bytes of a hexadecimal text, digits in any case.
 * @param into where they are written, from `at` on; a new array of the right length when absent.
 * @returns `into`, or the new array.
 * @throws ChainError MalformedData when it does not begin with 0x, has an odd number of digits, another
 *   character, or does not fit `into`.
 */
export function fromHex(hex: string, into?: Uint8Array, at: number = 0): Uint8Array {
  const size = sizeOf(hex)
  const bytes = into ?? new Uint8Array(size)
  if (at + size <= bytes.length && readHex(hex, bytes, at)) return bytes
  throw new ChainError({
    reason: "MalformedData",
    message: "this is not 0x and whole bytes in hexadecimal digits, or too long for where it shall go",
    fix: "Give 0x followed by an even number of the digits 0-9 and a-f.",
    offending: { name: "hex", value: hex.length > 80 ? `${hex.slice(0, 80)}…` : hex }
  })
}
