/**
 * A compiled ABI type: what `uint256` or `(address,bytes)[2]` is once its text has been read.
 *
 * Invariant: encoding what decoding gave yields the same value again; what does not fit the type
 * is a `Misfit`, never a wrong word.
 *
 * Values are viem's: integers of up to 48 bits are `number`, above `bigint` (either is accepted
 * when encoding); addresses are lower case (any case is accepted); bytes are hexadecimal text; a
 * tuple whose members are all named is an object, else an array (either is accepted).
 */
import type { ByteReader } from "./ByteReader.ts"
import type { ByteWriter } from "./ByteWriter.ts"

/** An ABI type, compiled once. */
export interface AbiType {
  /** The canonical name, as in signatures. */
  readonly name: string
  /** Bytes it takes in the head of what contains it: 32, an offset, when dynamic. */
  readonly head: number
  /** Whether it stands behind an offset. */
  readonly dynamic: boolean
  /** Whether an indexed event parameter of it stands in the topic as itself; else the topic is a hash. */
  readonly word: boolean
  /**
   * Writes a value: at `at`, where `head` bytes are reserved, or, when dynamic, at the writer's end.
   * @throws Misfit
   */
  encode(value: unknown, writer: ByteWriter, at: number): void
  /**
   * Reads the value at `at`. The `head` bytes of a static type are known to be there; a dynamic one
   * checks for itself, `at` being where its offset led.
   * @throws Misfit
   */
  decode(reader: ByteReader, at: number): unknown
  /** Whether a value has the JavaScript type that decoding gives: decides between overloads. */
  natural(value: unknown): boolean
}
