/**
 * A list of parameters compiled once: the arguments of a function, its results, an event's data.
 * Here a Misfit becomes a public error that says whose parameter it was.
 */
import { ChainError } from "../../Errors.ts"
import type { Hex } from "../Contracts.ts"
import { type AbiParameter, fieldNames } from "./Abi.ts"
import { ByteReader } from "./ByteReader.ts"
import type { ByteWriter } from "./ByteWriter.ts"
import { compileType } from "./CompileType.ts"
import { decodeRow, encodeRow, type Row, rowOf } from "./Composite.ts"
import { readHex, sizeOf } from "./Hexadecimal.ts"
import { Misfit } from "./Misfit.ts"
import { show } from "./Show.ts"

/** Decoding is synchronous and calls nobody else's code, so one reader serves all. */
const reader = new ByteReader()
let scratch = new Uint8Array(4096)

/** The bytes of a hexadecimal text in memory that the next call reuses; bytes as they are. */
export function bytesOf(data: Hex | Uint8Array, owner: string): Uint8Array {
  if (typeof data !== "string") return data
  const length = sizeOf(data)
  if (length > scratch.length) scratch = new Uint8Array(2 * length)
  if (readHex(data, scratch, 0)) return scratch.subarray(0, length)
  throw malformedData(owner, "is not 0x and whole bytes in hexadecimal digits", data)
}

/** The error for data that is no encoding of what it should be. */
export function malformedData(owner: string, why: string, data: Hex | Uint8Array): ChainError {
  const size = typeof data === "string" ? sizeOf(data) : data.length
  return new ChainError({
    reason: "MalformedData",
    message: `the data of ${owner} ${why}`,
    fix:
      size === 0
        ? "Check that a contract stands at the address."
        : "Check that the contract at the address is the one its ABI describes.",
    offending: { name: owner, value: typeof data === "string" ? show(data) : String(size), unit: "bytes" }
  })
}

export class Parameters {
  /** Whose they are, for messages: a function's signature. */
  readonly owner: string
  /** A key for each, none twice; `arg0`, … where it has no name. */
  readonly names: readonly string[]
  readonly row: Row

  constructor(owner: string, parameters: readonly AbiParameter[]) {
    this.owner = owner
    this.names = fieldNames(parameters)
    this.row = rowOf(parameters.map(compileType))
  }

  /**
   * Appends the encoding of `values`, one for each parameter.
   * @throws Misfit
   */
  append(values: readonly unknown[], writer: ByteWriter): void {
    encodeRow(this.row, this.names, values, writer, writer.reserve(this.row.size))
  }

  /** Whether as many values are given as there are parameters. */
  counts(values: readonly unknown[]): boolean {
    return values.length === this.row.types.length
  }

  /**
   * The values in `data`, after its first `skip` bytes; bytes after the last value are not looked at.
   * @throws ChainError MalformedData when it is cut short, or no encoding of these parameters.
   */
  decode(data: Hex | Uint8Array, skip: number = 0): unknown[] {
    const bytes = bytesOf(data, this.owner)
    reader.layOver(bytes, skip)
    try {
      reader.need(reader.start, this.row.size, "the head")
      return decodeRow(this.row, reader, reader.start)
    } catch (error) {
      if (!(error instanceof Misfit)) throw error
      throw malformedData(this.owner, `is malformed: ${error.type} ${error.why}`, data)
    }
  }

  /** The error for a wrong number of values. */
  miscounted(values: readonly unknown[]): ChainError {
    const needed = this.row.types.length
    return new ChainError({
      reason: "MalformedArguments",
      message: `${this.owner} takes ${needed} argument${needed === 1 ? "" : "s"}, and ${values.length} were given`,
      fix: `Give ${needed === 0 ? "no arguments" : this.described()}.`,
      offending: { name: this.owner, value: show(values) }
    })
  }

  /** The error for a value that does not fit. */
  misfit(misfit: Misfit): ChainError {
    const path = misfit.path.reduceRight(
      (text, step) => (step.startsWith("[") || text === "" ? text + step : `${text}.${step}`),
      ""
    )
    return new ChainError({
      reason: "MalformedArguments",
      message: `${this.owner} was given ${show(misfit.value)} as "${path}"; ${misfit.type} ${misfit.why}`,
      fix: `Give "${path}" a value that fits ${misfit.type}.`,
      offending: { name: path, value: show(misfit.value), unit: misfit.type }
    })
  }

  /** `address to, uint256 amount`. */
  described(): string {
    return this.row.types.map((type, index) => `${type.name} ${this.names[index]}`).join(", ")
  }
}
