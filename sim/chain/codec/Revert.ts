/**
 * Why a call reverted, decoded once: Solidity's `Error(string)` and `Panic(uint256)`, and the custom
 * errors of an ABI. A contract may revert with any bytes, so decoding never fails.
 */
import { ChainError } from "../../Errors.ts"
import type { Hex } from "../Contracts.ts"
import { type AbiError, signature } from "./Abi.ts"
import { selectorOf } from "./FunctionCodec.ts"
import { Parameters } from "./Parameters.ts"
import { show } from "./Show.ts"

/** A custom error of a contract. */
export class ErrorCodec {
  readonly name: string
  /** `ERC20InsufficientBalance(address,uint256,uint256)`. */
  readonly signature: string
  /** The first four bytes of the revert data. */
  readonly selector: Hex
  readonly inputs: Parameters

  constructor(item: AbiError) {
    this.name = item.name
    this.signature = signature(item)
    this.selector = selectorOf(this.signature)
    this.inputs = new Parameters(`the error ${this.signature}`, item.inputs)
  }

  /**
   * The arguments in revert data, whose selector is this error's.
   * @throws ChainError MalformedData when it is cut short or no encoding of them.
   */
  decode(data: Hex): readonly unknown[] {
    return this.inputs.decode(data, 4)
  }
}

/** A revert as it is recorded. */
export interface Revert {
  /** `Error`, `Panic`, the custom error's name, the selector when it is unknown; empty without data. */
  readonly name: string
  readonly args: readonly unknown[]
  /** One line for people. */
  readonly text: string
}

/** The text of a revert without data. */
export const WITHOUT_REASON = "reverted without a reason"

/** What the codes mean. Source: Solidity documentation, "Panic via assert and Error via require". */
const PANICS: ReadonlyMap<bigint, string> = new Map([
  [0x00n, "generic panic of the compiler"],
  [0x01n, "an assertion failed"],
  [0x11n, "arithmetic overflow or underflow"],
  [0x12n, "division or modulo by zero"],
  [0x21n, "a value that is no member of the enum"],
  [0x22n, "storage byte array encoded wrongly"],
  [0x31n, "pop from an empty array"],
  [0x32n, "array index out of bounds"],
  [0x41n, "out of memory, or an array too large"],
  [0x51n, "call of an uninitialised internal function"]
])

const standardError = new ErrorCodec({ type: "error", name: "Error", inputs: [{ name: "message", type: "string" }] })
const panic = new ErrorCodec({ type: "error", name: "Panic", inputs: [{ name: "code", type: "uint256" }] })

function textOf(codec: ErrorCodec, args: readonly unknown[]): string {
  if (codec === standardError) return String(args[0])
  if (codec === panic) {
    // Panic's one argument is a uint256.
    const code = args[0] as bigint
    return `panic 0x${code.toString(16).padStart(2, "0")}: ${PANICS.get(code) ?? "unknown code"}`
  }
  const shown = args.map((arg, index) => `${codec.inputs.names[index]}: ${typeof arg === "bigint" ? arg : show(arg)}`)
  return `${codec.name}(${shown.join(", ")})`
}

/** What an ABI knows of its errors: an AbiCodec is one. */
export interface KnowsErrors {
  readonly errorsBySelector: ReadonlyMap<Hex, ErrorCodec>
}

/** Name, arguments and a line of text for revert data; with `codec`, its custom errors are known. */
export function decodeRevert(data: Hex, codec?: KnowsErrors): Revert {
  if (data.length <= 2) return { name: "", args: [], text: WITHOUT_REASON }
  // Characters of a Hex.
  const selector = data.slice(0, 10).toLowerCase() as Hex
  const known =
    selector === standardError.selector
      ? standardError
      : selector === panic.selector
        ? panic
        : codec?.errorsBySelector.get(selector)
  if (known === undefined) return { name: selector, args: [data], text: `reverted with unknown data ${show(data)}` }
  try {
    const args = known.decode(data)
    return { name: known.name, args, text: textOf(known, args) }
  } catch (error) {
    // The revert itself is what happened, so it is recorded as it came; nothing else is caught.
    if (!(error instanceof ChainError) || error.reason !== "MalformedData") throw error
    return { name: selector, args: [data], text: `reverted with malformed data of ${known.signature} ${show(data)}` }
  }
}
