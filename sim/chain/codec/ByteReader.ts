/**
 * Where ABI decoding reads from. Positions are indices into the whole underlying buffer, so that
 * one view serves every piece of WebAssembly's memory.
 *
 * Invariant: decoding reads nothing outside the given bytes, and its work and what it allocates are
 * linear in their number, whatever lengths and offsets they claim. Offsets may overlap (some
 * encoders share tails), hence an allowance rather than "each byte once".
 */
import { Misfit } from "./Misfit.ts"

const TWO_32 = 4294967296

export class ByteReader {
  /** The whole underlying buffer. */
  bytes: Uint8Array = new Uint8Array(0)
  #view: DataView = new DataView(this.bytes.buffer)
  /** Where the given bytes begin. */
  start = 0
  /** Where they end. */
  end = 0
  #allowance = 0

  /** Reads from these bytes; their memory may be reused once decoding has returned. */
  layOver(bytes: Uint8Array, skip: number = 0): void {
    if (this.#view.buffer !== bytes.buffer) {
      this.bytes = new Uint8Array(bytes.buffer)
      this.#view = new DataView(bytes.buffer)
    }
    this.start = bytes.byteOffset + skip
    this.end = bytes.byteOffset + bytes.length
    this.#allowance = 4 * bytes.length + 65536
  }

  /** Fails unless `size` bytes stand at `at`, and counts them as work done. */
  need(at: number, size: number, type: string): void {
    if (size > this.end - at) {
      throw new Misfit(type, undefined, `needs ${size} bytes at byte ${at - this.start}, and the data ends before`)
    }
    this.#allowance -= size
    if (this.#allowance < 0) throw new Misfit(type, undefined, "says the same bytes too many times over")
  }

  /** A length or an offset: a word that counts bytes or elements. */
  count(at: number, type: string): number {
    this.need(at, 32, type)
    const view = this.#view
    const high = view.getUint32(at + 24)
    // What is left may be inexact beyond 2^53, and is still beyond any data.
    if (!this.zero(at, 24)) {
      throw new Misfit(type, undefined, `has a length or offset beyond any data at byte ${at - this.start}`)
    }
    return high * TWO_32 + view.getUint32(at + 28)
  }

  /** Whether the first `size` bytes of the word are zero; `size` is a multiple of four. */
  zero(at: number, size: number): boolean {
    const view = this.#view
    let any = 0
    for (let next = at; next < at + size; next += 4) any |= view.getInt32(next)
    return any === 0
  }

  /** Four bytes, unsigned. */
  uint32(at: number): number {
    return this.#view.getUint32(at)
  }

  /** Four bytes in two's complement. */
  int32(at: number): number {
    return this.#view.getInt32(at)
  }

  /** A word as an unsigned integer. */
  uint(at: number): bigint {
    const view = this.#view
    const low = view.getBigUint64(at + 24)
    if (!this.zero(at, 16)) {
      const high = (view.getBigUint64(at) << 64n) | view.getBigUint64(at + 8)
      return (high << 128n) | (view.getBigUint64(at + 16) << 64n) | low
    }
    return this.zero(at + 16, 8) ? low : (view.getBigUint64(at + 16) << 64n) | low
  }
}
