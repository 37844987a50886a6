/**
 * Reads the text of an ABI type once and makes a compiled type of it.
 *
 * Types without bytes (`T[0]`, a tuple of nothing) are refused: Solidity has none, and a length of
 * them in hostile data would cost time without any data behind it.
 */
import { ChainError } from "../../Errors.ts"
import { type AbiParameter, canonicalType, named } from "./Abi.ts"
import { array, tuple } from "./Composite.ts"
import { address, bool, bytes, fixedBytes, integer, string } from "./Elementary.ts"
import type { AbiType } from "./Type.ts"

/** Compiled elementary types by name: an ABI has few different ones. */
const elementary = new Map<string, AbiType>([
  ["address", address],
  ["bool", bool],
  ["bytes", bytes],
  ["string", string],
  ["function", fixedBytes(24, "function")]
])
for (let bits = 8; bits <= 256; bits += 8) {
  elementary.set(`uint${bits}`, integer(bits, false)).set(`int${bits}`, integer(bits, true))
}
for (let size = 1; size <= 32; size++) elementary.set(`bytes${size}`, fixedBytes(size))

function malformed(parameter: AbiParameter, why: string): ChainError {
  return new ChainError({
    reason: "MalformedAbi",
    message: `the ABI has a parameter of a type that ${why}`,
    fix: "Compile the contract again, or correct the ABI by hand.",
    offending: { name: parameter.name || "type", value: parameter.type }
  })
}

/**
 * The compiled type of a parameter.
 * @throws ChainError MalformedAbi for a type that is unknown or has no bytes.
 */
export function compileType(parameter: AbiParameter): AbiType {
  const { type } = parameter
  const bracket = /\[(\d*)\]$/.exec(type)
  if (bracket !== null) {
    const element = compileType({ ...parameter, type: type.slice(0, bracket.index) })
    if (bracket[1] === "") return array(element, undefined)
    const length = Number(bracket[1])
    if (length < 1 || !Number.isSafeInteger(length * element.head))
      throw malformed(parameter, "has an impossible length")
    return array(element, length)
  }
  if (type === "tuple") {
    const components = parameter.components ?? []
    if (components.length === 0) throw malformed(parameter, "has no members")
    const keys = named(components) ? components.map((component) => component.name ?? "") : undefined
    return tuple(components.map(compileType), keys)
  }
  const compiled = elementary.get(canonicalType(parameter))
  if (compiled === undefined) throw malformed(parameter, "is not known")
  return compiled
}
