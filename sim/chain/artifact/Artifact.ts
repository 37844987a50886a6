/**
 * A compiled contract as Hardhat, Foundry or Truffle (and Waffle) wrote it, in one shape. Pure: it
 * is given JSON that was read elsewhere, and runs in a page.
 *
 * Invariant: whoever deploys goes through `requireBytecode`, so bytecode is whole bytes without
 * placeholders, or an error that says what is missing.
 */
import { ChainError } from "../../Errors.ts"
import type { Address, Hex } from "../Contracts.ts"
import type { Abi } from "../codec/Abi.ts"
import { fromHex } from "../codec/Hexadecimal.ts"
import { keccakHex, keccakText } from "../codec/Keccak.ts"

/** Where a library's address goes, in bytes from the start of the bytecode. */
export interface LinkReference {
  readonly start: number
  readonly length: number
}

/** Source path to library name to the places its address goes. */
export type LinkReferences = Readonly<Record<string, Readonly<Record<string, readonly LinkReference[]>>>>

export interface Artifact {
  readonly name: string
  /** The path of its source as the compiler was given it, or where the artifact came from when it does not say. */
  readonly source: string
  readonly abi: Abi
  /** What deploys it; `0x` for interfaces and abstract contracts. Placeholders of unlinked libraries are in it. */
  readonly bytecode: Hex
  /** What stands on the chain afterwards; `0x` when there is none, or it is not known. */
  readonly deployedBytecode: Hex
  /** The libraries that must be linked; empty when there are none. */
  readonly linkReferences: LinkReferences
}

/** Every field of every tool's file that is read here. */
interface Json {
  readonly abi?: unknown
  readonly bytecode?: unknown
  readonly deployedBytecode?: unknown
  readonly evm?: unknown
  readonly object?: unknown
  readonly linkReferences?: unknown
  readonly contractName?: unknown
  readonly sourceName?: unknown
  readonly sourcePath?: unknown
  readonly metadata?: unknown
  readonly settings?: unknown
  readonly compilationTarget?: unknown
  readonly type?: unknown
  readonly name?: unknown
  readonly inputs?: unknown
  readonly start?: unknown
  readonly length?: unknown
}

function malformed(from: string, why: string, fix: string, value: string = from): ChainError {
  return new ChainError({
    reason: "MalformedArtifact",
    message: `the artifact ${from} ${why}`,
    fix,
    offending: { name: "artifact", value }
  })
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** The first string or object among the fields that tools write code into. */
function codeOf(value: unknown): { readonly object: string; readonly linkReferences: unknown } {
  if (typeof value === "string") return { object: value, linkReferences: undefined }
  if (isObject(value) && typeof value.object === "string") {
    return { object: value.object, linkReferences: value.linkReferences }
  }
  return { object: "", linkReferences: undefined }
}

/** With 0x, and lower case wherever it is digits: placeholders hold names, whose case matters. */
function prefixed(code: string): Hex {
  const digits = code.startsWith("0x") ? code.slice(2) : code
  return `0x${/^[0-9a-fA-F]*$/.test(digits) ? digits.toLowerCase() : digits}`
}

/** The file's name without its ending: the contract's, by every tool's custom. */
function nameFrom(from: string): string {
  const file = from.slice(Math.max(from.lastIndexOf("/"), from.lastIndexOf("\\")) + 1)
  return file.replace(/\.json$/, "")
}

/** Foundry says source and name only in the compiler's settings, inside `metadata`. */
function targetOf(metadata: unknown, from: string): readonly [source: string, name: string] | undefined {
  let parsed = metadata
  if (typeof metadata === "string" && metadata !== "") {
    try {
      parsed = JSON.parse(metadata)
    } catch (cause) {
      throw new ChainError({
        reason: "MalformedArtifact",
        message: `the artifact ${from} has metadata that is no JSON`,
        fix: "Compile the contract again.",
        offending: { name: "artifact", value: from },
        cause
      })
    }
  }
  const settings = isObject(parsed) ? parsed.settings : undefined
  const target = isObject(settings) ? settings.compilationTarget : undefined
  const first = isObject(target) ? Object.entries(target)[0] : undefined
  return first === undefined ? undefined : [first[0], String(first[1])]
}

function checkedAbi(abi: unknown, from: string): Abi {
  const readable =
    Array.isArray(abi) &&
    abi.every(
      (item: unknown) =>
        isObject(item) &&
        typeof item.type === "string" &&
        (item.type === "fallback" || item.type === "receive" || Array.isArray(item.inputs)) &&
        (!["function", "event", "error"].includes(item.type) || typeof item.name === "string")
    )
  if (!readable) {
    throw malformed(from, "has no ABI", "Give the JSON file that Hardhat, Foundry or Truffle wrote for one contract.")
  }
  // The items' kinds, names and parameter lists were just looked at; their types are when they are compiled.
  return abi as Abi
}

function checkedReferences(references: unknown, from: string): LinkReferences {
  if (references === undefined || references === null) return {}
  const readable =
    isObject(references) &&
    Object.values(references).every(
      (libraries) =>
        isObject(libraries) &&
        Object.values(libraries).every(
          (places) =>
            Array.isArray(places) &&
            places.every(
              (place: unknown) => isObject(place) && Number.isSafeInteger(place.start) && place.length === 20
            )
        )
    )
  if (!readable) throw malformed(from, "has link references that cannot be read", "Compile the contract again.")
  // Every level was just looked at.
  return references as LinkReferences
}

/**
 * An artifact from the JSON that Hardhat 2 and 3, Foundry, Truffle or Waffle write for one contract.
 * @param from the path or name it was read from, for messages and where the file does not say its name.
 * @throws ChainError MalformedArtifact when it is none of them.
 */
export function parseArtifact(json: unknown, from: string): Artifact {
  if (!isObject(json)) {
    throw malformed(
      from,
      "is no JSON object",
      "Give the JSON file that Hardhat, Foundry or Truffle wrote for one contract."
    )
  }
  const abi = checkedAbi(json.abi, from)
  const evm: Json = isObject(json.evm) ? json.evm : {}
  const code = codeOf(json.bytecode ?? evm.bytecode)
  const deployed = codeOf(json.deployedBytecode ?? evm.deployedBytecode)
  const target = json.contractName === undefined ? targetOf(json.metadata, from) : undefined
  const name = typeof json.contractName === "string" ? json.contractName : (target?.[1] ?? nameFrom(from))
  const source = json.sourceName ?? json.sourcePath ?? target?.[0] ?? from
  return {
    name,
    source: String(source),
    abi,
    bytecode: prefixed(code.object),
    deployedBytecode: prefixed(deployed.object),
    linkReferences: checkedReferences(json.linkReferences ?? code.linkReferences, from)
  }
}

/** Names of libraries whose placeholders are still in the bytecode, sorted; as far as the file knows them. */
export function unlinkedLibraries(artifact: Artifact): readonly string[] {
  const names = new Set<string>()
  const { bytecode } = artifact
  for (const libraries of Object.values(artifact.linkReferences)) {
    for (const [library, places] of Object.entries(libraries)) {
      const open = places.some((place) => !/^[0-9a-f]{40}$/i.test(at(bytecode, place)))
      if (open) names.add(library)
    }
  }
  // Truffle and old compilers write only placeholders: two underscores, the name or a hash, 40 characters in all.
  if (names.size === 0) for (const match of bytecode.matchAll(/__.{36}__/g)) names.add(placeholderName(match[0]))
  return [...names].sort()
}

function at(bytecode: Hex, place: LinkReference): string {
  return bytecode.slice(2 + 2 * place.start, 2 + 2 * (place.start + place.length))
}

/** `__Lib____…` and `__path.sol:Lib____…` hold the name; `__$34 digits$__` the hash of `path.sol:Lib`. */
function placeholderName(placeholder: string): string {
  if (placeholder.startsWith("__$")) return placeholder
  const text = placeholder.slice(2).replace(/_+$/, "")
  return text.slice(text.lastIndexOf(":") + 1)
}

/**
 * The bytecode that deploys the contract.
 * @throws ChainError NoBytecode for an interface or an abstract contract; MalformedArtifact, naming them, when
 *   libraries are not linked, or the bytecode is not hexadecimal.
 */
export function requireBytecode(artifact: Artifact): Hex {
  const { name, source, bytecode } = artifact
  if (bytecode === "0x") {
    throw new ChainError({
      reason: "NoBytecode",
      message: `${name} has no bytecode: it is an interface or an abstract contract`,
      fix: `Deploy a contract that implements ${name}.`,
      offending: { name: "contract", value: name }
    })
  }
  const open = unlinkedLibraries(artifact)
  if (open.length > 0) {
    throw malformed(
      `of ${name} (${source})`,
      `needs ${open.length === 1 ? "a library" : "libraries"} that ${open.length === 1 ? "is" : "are"} not linked: ${open.join(", ")}`,
      `Deploy ${open.join(", ")} first and link ${open.length === 1 ? "its address" : "their addresses"}.`,
      open.join(", ")
    )
  }
  if (!/^0x(?:[0-9a-f]{2})+$/.test(bytecode)) {
    throw malformed(
      `of ${name} (${source})`,
      "has bytecode that is not hexadecimal",
      "Compile the contract again.",
      name
    )
  }
  return bytecode
}

/**
 * The artifact with libraries' addresses in its bytecode; those that are not named stay unlinked.
 * @param addresses by library name, or by `source:name` where two libraries share a name.
 * @throws ChainError MalformedArtifact when it needs no library of that name; MalformedArguments when an
 *   address is none.
 */
export function link(artifact: Artifact, addresses: Readonly<Record<string, Address>>): Artifact {
  let { bytecode } = artifact
  const left: Record<string, Record<string, readonly LinkReference[]>> = {}
  const linked = new Set<string>()
  for (const [source, libraries] of Object.entries(artifact.linkReferences)) {
    for (const [library, places] of Object.entries(libraries)) {
      const key = Object.hasOwn(addresses, `${source}:${library}`) ? `${source}:${library}` : library
      if (!Object.hasOwn(addresses, key)) {
        left[source] = { ...left[source], [library]: places }
        continue
      }
      const digits = digitsOf(library, addresses[key] as Address)
      for (const place of places) bytecode = put(bytecode, place.start, digits)
      linked.add(key)
    }
  }
  for (const [key, address] of Object.entries(addresses)) {
    if (linked.has(key)) continue
    const library = key.slice(key.lastIndexOf(":") + 1)
    const hashed = `__$${keccakText(key).slice(2, 36)}$__`
    const next = bytecode.replace(/__.{36}__/g, (open) =>
      open === hashed || placeholderName(open) === library ? digitsOf(library, address) : open
    )
    if (next === bytecode) {
      throw malformed(`of ${artifact.name}`, `needs no library ${key}`, "Link only the libraries it names.", key)
    }
    bytecode = prefixed(next)
  }
  return { ...artifact, bytecode: prefixed(bytecode), linkReferences: left }
}

function put(bytecode: Hex, start: number, digits: string): Hex {
  const from = 2 + 2 * start
  return `0x${bytecode.slice(2, from)}${digits}${bytecode.slice(from + digits.length)}`
}

function digitsOf(library: string, address: Address): string {
  if (/^0x[0-9a-fA-F]{40}$/.test(address)) return address.slice(2).toLowerCase()
  throw new ChainError({
    reason: "MalformedArguments",
    message: `the address to link ${library} to is none`,
    fix: "Give 0x and 40 hexadecimal digits.",
    offending: { name: library, value: address }
  })
}

/**
 * Keccak-256 of the bytecode: what a manifest names a contract's code by. Unlinked bytecode is hashed as
 * the text it is.
 */
export function bytecodeHash(artifact: Artifact): Hex {
  const { bytecode } = artifact
  return /^0x(?:[0-9a-f]{2})*$/.test(bytecode) ? keccakHex(fromHex(bytecode)) : keccakText(bytecode)
}
