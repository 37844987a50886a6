/**
 * One instance of the wasm module, asked in its own terms: a question in, a code and an answer out.
 *
 * A question is written and an answer read where they lie in linear memory; nothing that is handed out
 * refers to that memory. The crate's `wire` module describes both forms.
 */
import { ChainError } from "../../Errors.ts"
import { type CompiledModule, instantiate, type Memory } from "./Wasm.ts"

/** What an export said: 0, or what went wrong; another number is a fault of revm's own. */
export const OK: number = 0
export const MALFORMED: number = 1
export const REFUSED: number = 2
export const UNSUPPORTED: number = 3

/** The exports that take a question. */
export type Question = "block" | "calls" | "account" | "storage" | "fund" | "place" | "keccak"

interface Exports extends Readonly<Record<Question | "input", (length: number) => number>> {
  readonly memory: Memory
  open(hardfork: number, callGas: number): number
  output(): number
  output_length(): number
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A wasm instance: one chain. */
export class Instance {
  readonly #exports: Exports
  /** The same memory twice; made anew when it has grown, which detaches what was there. */
  #bytes: Uint8Array
  #view: DataView
  /** Where the question at hand begins. */
  #at = 0
  #length = 0
  /** Where the answer at hand begins, and how long its binary part is. */
  #answer = 0
  #binary = 0

  constructor(module: CompiledModule) {
    // The module imports nothing, and its exports are those of crate/src/lib.rs.
    this.#exports = instantiate(module) as Exports
    this.#bytes = new Uint8Array(this.#exports.memory.buffer)
    this.#view = new DataView(this.#exports.memory.buffer)
  }

  /** Begins an empty chain; hardfork 0 is prague, 1 osaka. */
  open(hardfork: 0 | 1, callGas: number): void {
    this.#exports.open(hardfork, callGas)
  }

  /** Bytes of linear memory. */
  get size(): number {
    return this.#exports.memory.buffer.byteLength
  }

  /** A copy of linear memory; in `into` where that has just its size. */
  copy(into?: Uint8Array): Uint8Array {
    this.#look()
    if (into?.length !== this.#bytes.length) return this.#bytes.slice()
    into.set(this.#bytes)
    return into
  }

  /** Puts a copy of linear memory back, of this instance or another of the same module. */
  restore(copy: Uint8Array): void {
    const { memory } = this.#exports
    const missing = copy.length - memory.buffer.byteLength
    if (missing > 0) memory.grow(missing / 65_536)
    this.#look()
    this.#bytes.set(copy)
  }

  /**
   * Begins a question: `binary` bytes, zero and for the caller to fill, and after them the text.
   * @returns a view of all memory; the binary part begins at `start`.
   * @throws ChainError Unsupported when it is too long; MalformedData when the text is not ASCII.
   */
  ask(binary: number, text: string): DataView {
    const length = binary + text.length
    const at = this.#exports.input(length)
    if (at === 0) throw tooLong(length)
    this.#look()
    this.#bytes.fill(0, at, at + binary)
    this.#view.setUint32(at, binary, true)
    // Characters beyond ASCII take more than a byte, so that fewer are read than there are.
    if (encoder.encodeInto(text, this.#bytes.subarray(at + binary, at + length)).read !== text.length) {
      throw new ChainError({
        reason: "MalformedData",
        message: "an address, word or data is not in hexadecimal digits",
        fix: "Give 0x followed by an even number of the digits 0-9 and a-f."
      })
    }
    this.#at = at
    this.#length = length
    return this.#view
  }

  /** Where the binary part of the question at hand begins, its own length not counted in. */
  get start(): number {
    return this.#at + 4
  }

  /** A copy of the question at hand. */
  question(): Uint8Array {
    return this.#bytes.slice(this.#at, this.#at + this.#length)
  }

  /**
   * Hands the question at hand to an export.
   * @returns its code; `view`, `binary` and `text` hold the answer.
   * @throws RuntimeError of WebAssembly when memory ran out: the instance is of no use then.
   */
  answer(question: Question): number {
    const code = this.#exports[question](this.#length)
    this.#look()
    this.#answer = this.#exports.output()
    this.#binary = this.#view.getUint32(this.#answer, true)
    return code
  }

  get view(): DataView {
    return this.#view
  }

  /** Where the answer's binary part begins in `view`. */
  get binary(): number {
    return this.#answer + 4
  }

  /** Where the answer's text part begins in `view`. */
  get text(): number {
    return this.#answer + this.#binary
  }

  /**
   * The Keccak-256 hash of bytes.
   * @throws ChainError Unsupported when they are too many.
   */
  keccak(bytes: Uint8Array): Uint8Array {
    const at = this.#exports.input(bytes.length)
    if (at === 0) throw tooLong(bytes.length)
    this.#look()
    this.#bytes.set(bytes, at)
    this.#exports.keccak(bytes.length)
    this.#look()
    const answer = this.#exports.output()
    return this.#bytes.slice(answer, answer + 32)
  }

  /** The text of `length` characters at `at`; a string of its own. */
  read(at: number, length: number): string {
    return length === 0 ? "" : decoder.decode(this.#bytes.subarray(at, at + length))
  }

  /** All of the answer's text. */
  words(): string {
    return this.read(this.text, this.#exports.output_length() - this.#binary)
  }

  #look(): void {
    const { buffer } = this.#exports.memory
    if (buffer === this.#bytes.buffer) return
    this.#bytes = new Uint8Array(buffer)
    this.#view = new DataView(buffer)
  }
}

function tooLong(length: number): ChainError {
  return new ChainError({
    reason: "Unsupported",
    message: "a block, or what is asked at once, is too long for the revm chain",
    fix: "Give fewer transactions, calls or bytes at once.",
    offending: { name: "length", value: String(length), unit: "bytes" }
  })
}
