/**
 * A buffer that ABI encoding writes into: its own, which grows, or a given piece of memory
 * (WebAssembly's), which does not. Positions are indices into `bytes`; what was written lies
 * between `start` and `end`. Every byte in between has been written: memory is not assumed zero.
 */
import { ChainError } from "../../Errors.ts"
import type { Hex } from "../Contracts.ts"
import { toHex } from "./Hexadecimal.ts"

const TWO_32 = 4294967296
const U64_MAX = 0xffffffffffffffffn
const utf8 = new TextEncoder()

export class ByteWriter {
  /** What is written into; another array after growth or `layOver`. */
  bytes: Uint8Array
  #view: DataView
  #fixed = false
  /** Where writing began. */
  start = 0
  /** Where the next bytes go. */
  end = 0

  /** A writer with a buffer of its own. */
  constructor(capacity: number = 1024) {
    this.bytes = new Uint8Array(capacity)
    this.#view = new DataView(this.bytes.buffer)
  }

  /** How many bytes have been written. */
  get length(): number {
    return this.end - this.start
  }

  /** Forgets what was written; the memory stays. */
  reset(): void {
    this.end = this.start
  }

  /** Writes into `memory` from `offset` on, and never beyond its end; again after the memory has moved. */
  layOver(memory: Uint8Array, offset: number = 0): void {
    if (this.#view.buffer !== memory.buffer || this.#view.byteOffset !== memory.byteOffset) {
      this.#view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength)
    }
    this.bytes = memory
    this.#fixed = true
    this.start = offset
    this.end = offset
  }

  /**
   * Makes room for `size` bytes and answers where they begin. They hold anything: write them all.
   * @throws ChainError Unsupported when they do not fit the given memory.
   */
  reserve(size: number): number {
    const at = this.end
    const end = at + size
    if (end > this.bytes.length) this.#grow(end)
    this.end = end
    return at
  }

  #grow(needed: number): void {
    if (this.#fixed) {
      throw new ChainError({
        reason: "Unsupported",
        message: "the encoded call does not fit the memory it is written to",
        fix: "Send less data in one call.",
        offending: { name: "size", value: String(needed - this.start), unit: "bytes" }
      })
    }
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    grown.set(this.bytes.subarray(0, this.end))
    this.bytes = grown
    this.#view = new DataView(grown.buffer)
  }

  /** A word holding a non-negative safe integer. */
  putNumber(at: number, value: number): void {
    const view = this.#view
    this.#zero24(at)
    const low = value >>> 0
    view.setUint32(at + 24, (value - low) / TWO_32)
    view.setUint32(at + 28, low)
  }

  /** A word holding an integer in two's complement, modulo 2^256. */
  putBigInt(at: number, value: bigint): void {
    const view = this.#view
    // setBigUint64 takes its argument modulo 2^64, and >> keeps the sign: both signs come out right.
    view.setBigUint64(at + 24, value)
    if (value >= 0n && value <= U64_MAX) {
      this.#zero24(at)
      return
    }
    let rest = value >> 64n
    view.setBigUint64(at + 16, rest)
    rest >>= 64n
    view.setBigUint64(at + 8, rest)
    view.setBigUint64(at, rest >> 64n)
  }

  /** The first 24 bytes of a word: eight zero bytes are the float 0, the cheapest way to store them. */
  #zero24(at: number): void {
    const view = this.#view
    view.setFloat64(at, 0)
    view.setFloat64(at + 8, 0)
    view.setFloat64(at + 16, 0)
  }

  /** A whole word of zeros. */
  putZero(at: number): void {
    this.#zero24(at)
    this.#view.setFloat64(at + 24, 0)
  }

  /** Appends the low four bytes of an integer: a selector. */
  putSelector(selector: number): void {
    const at = this.reserve(4)
    this.#view.setUint32(at, selector)
  }

  /** Appends a text as UTF-8, zero-padded to whole words, and answers how many bytes it has unpadded. */
  appendText(text: string): number {
    const characters = text.length
    const at = this.reserve(characters + 31)
    const bytes = this.bytes
    for (let index = 0; index < characters; index++) {
      const code = text.charCodeAt(index)
      if (code > 127) {
        this.end = at
        const encoded = utf8.encode(text)
        this.reserve(encoded.length + 31)
        this.bytes.set(encoded, at)
        this.#padFrom(at, encoded.length)
        return encoded.length
      }
      bytes[at + index] = code
    }
    this.#padFrom(at, characters)
    return characters
  }

  /** Ends at the first whole word after `at + length`, zeros in between; the room must be reserved. */
  #padFrom(at: number, length: number): void {
    const end = at + ((length + 31) & ~31)
    this.bytes.fill(0, at + length, end)
    this.end = end
  }

  /** Reserves whole words for `length` bytes and writes the zeros after them; answers where they begin. */
  reservePadded(length: number): number {
    const at = this.reserve((length + 31) & ~31)
    this.bytes.fill(0, at + length, this.end)
    return at
  }

  /** What was written, as hexadecimal text. */
  hex(): Hex {
    return toHex(this.bytes, this.start, this.end)
  }

  /** A copy of what was written. */
  slice(): Uint8Array {
    return this.bytes.slice(this.start, this.end)
  }
}
