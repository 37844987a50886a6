/**
 * A contract's function: call data out, results in.
 */
import { ChainError } from "../../Errors.ts"
import type { Hex } from "../Contracts.ts"
import { type AbiFunction, mutates, payable, signature } from "./Abi.ts"
import { ByteWriter } from "./ByteWriter.ts"
import { keccakText } from "./Keccak.ts"
import { Misfit } from "./Misfit.ts"
import { bytesOf, malformedData, Parameters } from "./Parameters.ts"

/** For calls that leave as text. Encoding is synchronous and calls nobody else's code, so one serves all. */
const writer = new ByteWriter()

export class FunctionCodec {
  readonly name: string
  /** `transfer(address,uint256)`. */
  readonly signature: string
  /** The first four bytes of its call data. */
  readonly selector: Hex
  /** Whether a call changes state: then it is an Intent, else a read. */
  readonly mutates: boolean
  /** Whether native value may be sent along. */
  readonly payable: boolean
  readonly inputs: Parameters
  readonly outputs: Parameters
  readonly #selector: number

  constructor(item: AbiFunction) {
    this.name = item.name
    this.signature = signature(item)
    this.selector = selectorOf(this.signature)
    this.#selector = Number(this.selector)
    this.mutates = mutates(item)
    this.payable = payable(item)
    this.inputs = new Parameters(this.signature, item.inputs)
    this.outputs = new Parameters(`the result of ${this.signature}`, item.outputs ?? [])
  }

  /**
   * The call data: selector and arguments.
   * @throws ChainError MalformedArguments when the arguments are not as many, or do not fit.
   */
  encode(args: readonly unknown[]): Hex {
    writer.reset()
    this.encodeInto(args, writer)
    return writer.hex()
  }

  /**
   * Appends the call data to what the writer holds; when it throws, nothing is appended.
   * @throws ChainError MalformedArguments when the arguments are not as many, or do not fit.
   */
  encodeInto(args: readonly unknown[], into: ByteWriter): void {
    if (!this.inputs.counts(args)) throw this.inputs.miscounted(args)
    const before = into.end
    try {
      into.putSelector(this.#selector)
      this.inputs.append(args, into)
    } catch (error) {
      into.end = before
      throw error instanceof Misfit ? this.inputs.misfit(error) : error
    }
  }

  /** Whether these arguments can be encoded; the number of values is looked at first. */
  accepts(args: readonly unknown[]): boolean {
    if (!this.inputs.counts(args)) return false
    writer.reset()
    try {
      this.inputs.append(args, writer)
      return true
    } catch (error) {
      if (error instanceof Misfit) return false
      throw error
    }
  }

  /** Whether accepted arguments have the very JavaScript types that decoding them would give. */
  natural(args: readonly unknown[]): boolean {
    return this.inputs.row.types.every((type, index) => type.natural(args[index]))
  }

  /**
   * The arguments in call data.
   * @throws ChainError MalformedData when it is of another function, cut short or no encoding.
   */
  decodeArgs(data: Hex | Uint8Array): readonly unknown[] {
    const bytes = bytesOf(data, this.signature)
    for (let at = 0; at < 4; at++) {
      if (bytes[at] !== ((this.#selector >>> (24 - 8 * at)) & 255)) {
        throw malformedData(this.signature, `does not begin with its selector ${this.selector}`, data)
      }
    }
    return this.inputs.decode(bytes, 4)
  }

  /**
   * What a call returned: undefined without outputs, one output's value, several in an array.
   * @throws ChainError MalformedData when it is cut short or no encoding of the outputs.
   */
  decodeResult(data: Hex | Uint8Array): unknown {
    const count = this.outputs.row.types.length
    if (count === 0) return undefined
    const values = this.outputs.decode(data)
    return count === 1 ? values[0] : values
  }
}

/** The first four bytes of a signature's hash. */
export function selectorOf(signature: string): Hex {
  // Ten characters of 0x and digits.
  return keccakText(signature).slice(0, 10) as Hex
}

/**
 * Of several functions of one name the one that takes these arguments: by their number, then by what
 * can be encoded, then by the JavaScript types decoding would give (`number` up to 48 bits, `bigint` above).
 * @throws ChainError MalformedArguments when none takes them, or more than one does.
 */
export function pickOverload(
  name: string,
  overloads: readonly FunctionCodec[],
  args: readonly unknown[]
): FunctionCodec {
  const first = overloads[0] as FunctionCodec
  if (overloads.length === 1) return first
  const counted = overloads.filter((each) => each.inputs.counts(args))
  // One of that length, or none at all: its own encoder says best what is wrong.
  if (counted.length === 1) return counted[0] as FunctionCodec
  const accepting = counted.filter((each) => each.accepts(args))
  const natural = accepting.length > 1 ? accepting.filter((each) => each.natural(args)) : accepting
  if (natural.length === 1) return natural[0] as FunctionCodec
  const among = (accepting.length > 1 ? accepting : overloads).map((each) => each.signature)
  throw new ChainError({
    reason: "MalformedArguments",
    message:
      accepting.length > 1
        ? `the arguments given to ${name} fit more than one function: ${among.join(", ")}`
        : `no function ${name} takes the arguments given: there are ${among.join(", ")}`,
    fix:
      accepting.length > 1
        ? `Name the one you mean in full, such as "${among[0]}".`
        : `Give the arguments of one of ${among.join(", ")}.`,
    offending: { name, value: `${args.length} arguments` }
  })
}
