/**
 * Writes the TypeScript of a set of contracts: one flat interface each for its reads, its
 * transactions and its events, entered in the registry `mesocosm/contracts`.
 *
 * Invariant: the text depends on the artifacts only, not on their order; and the types are those
 * that the codec takes and gives. It is laid out as the formatter would; only a function of one parameter
 * that returns several large structs comes out otherwise, and the formatter leaves generated files alone.
 */
import {
  type AbiConstructor,
  type AbiEvent,
  type AbiFunction,
  type AbiParameter,
  callable,
  canonicalType,
  fieldNames,
  mutates,
  named,
  signature
} from "../codec/Abi.ts"
import { NUMBER_BITS } from "../codec/Elementary.ts"
import type { Artifact } from "./Artifact.ts"
import { type Doc, group, ifBroken, indent, join, layOut, line, softline } from "./Layout.ts"

/** The formatter's line width. */
const WIDTH = 120
/** Fixed-size arrays of plain types are tuples up to this length, else arrays. */
const LONGEST_TUPLE = 8

/** What TypeScript does not take as a parameter's name. Source: ECMAScript 2024, 12.7.2, and strict mode's additions. */
const RESERVED = new Set(
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield".split(
    " "
  )
)

/** Names of parameters, none twice and none reserved: those get an underscore. */
function labels(parameters: readonly AbiParameter[]): readonly string[] {
  return fieldNames(
    parameters.map((parameter) => {
      const name = parameter.name ?? ""
      return { ...parameter, name: RESERVED.has(name) ? `${name}_` : name }
    })
  )
}

function members(names: readonly string[], types: readonly Doc[]): Doc {
  const each = types.map((type, index): Doc => [`readonly ${names[index]}: `, type])
  return group("{", indent(line, join([ifBroken("", ";"), line], each)), line, "}")
}

function tuple(names: readonly string[] | undefined, types: readonly Doc[]): Doc {
  if (types.length === 0) return "readonly []"
  const each = types.map((type, index): Doc => (names === undefined ? type : [`${names[index]}: `, type]))
  return ["readonly ", group("[", indent(softline, join([",", line], each)), softline, "]")]
}

/** Whether its type is written in braces, which the formatter keeps on the line of what opens it. */
function isObject(parameter: AbiParameter): boolean {
  return parameter.type === "tuple" && named(parameter.components ?? [])
}

function typeOf(parameter: AbiParameter): Doc {
  const bracket = /\[(\d*)\]$/.exec(parameter.type)
  if (bracket !== null) {
    const inner = { ...parameter, type: parameter.type.slice(0, bracket.index) }
    const element = typeOf(inner)
    const length = Number(bracket[1] || 0)
    if (length > 0 && length <= LONGEST_TUPLE && !inner.type.startsWith("tuple")) {
      return tuple(
        undefined,
        Array.from({ length }, () => element)
      )
    }
    const plain = !inner.type.endsWith("]") && (inner.type !== "tuple" || isObject(inner))
    return plain ? ["readonly ", element, "[]"] : ["readonly (", element, ")[]"]
  }
  if (parameter.type === "tuple") {
    const components = parameter.components ?? []
    const types = components.map(typeOf)
    if (named(components)) {
      return members(
        components.map((component) => component.name ?? ""),
        types
      )
    }
    return tuple(labels(components), types)
  }
  return elementary(canonicalType(parameter))
}

function elementary(type: string): string {
  const bits = /^u?int(\d+)$/.exec(type)
  if (bits !== null) return Number(bits[1]) <= NUMBER_BITS ? "number" : "bigint"
  if (type === "bool") return "boolean"
  if (type === "string") return "string"
  return type === "address" ? "Address" : "Hex"
}

function parametersOf(parameters: readonly AbiParameter[]): Doc {
  const names = labels(parameters)
  const each = parameters.map((parameter, index): Doc => [`${names[index]}: `, typeOf(parameter)])
  if (each.length === 0) return "()"
  const only = parameters[0]
  if (each.length === 1 && only !== undefined && isObject(only)) return ["(", ...each, ")"]
  return ["(", indent(softline, join([",", line], each)), softline, ")"]
}

function readOf(outputs: readonly AbiParameter[]): Doc {
  const only = outputs[0]
  if (only === undefined) return "Read<undefined>"
  if (outputs.length > 1) {
    return ["Read<", group(indent(softline, tuple(labels(outputs), outputs.map(typeOf))), softline), ">"]
  }
  if (isObject(only)) return ["Read<", typeOf(only), ">"]
  const type = typeOf(only)
  return typeof type === "string" ? `Read<${type}>` : ["Read<", group(indent(softline, type), softline), ">"]
}

function methodOf(item: AbiFunction): Doc {
  const answer = mutates(item) ? `Intent<"${item.name}">` : readOf(item.outputs ?? [])
  return group(item.name, parametersOf(item.inputs), ": ", answer)
}

function eventsOf(items: readonly AbiEvent[]): readonly Doc[] {
  const byName = new Map<string, Doc[]>()
  for (const item of items) {
    const names = fieldNames(item.inputs)
    // What an indexed value of more than a word leaves in its topic is a hash.
    const types = item.inputs.map((input) => (input.indexed === true && isHashed(input) ? "Hex" : typeOf(input)))
    const shape = types.length === 0 ? "{}" : members(names, types)
    const same = byName.get(item.name)
    if (same === undefined) byName.set(item.name, [shape])
    else same.push(shape)
  }
  return [...byName].map(([name, shapes]) => {
    if (shapes.length === 1) return [`readonly ${name}: `, ...shapes]
    const either = join(
      [line, "| "],
      shapes.map((shape) => indent(shape))
    )
    return [`readonly ${name}:`, group(indent(line, ifBroken("| ", ""), either))]
  })
}

function isHashed(parameter: AbiParameter): boolean {
  return /\]$|^tuple$|^bytes$|^string$/.test(parameter.type)
}

function interfaceOf(name: string, entries: readonly Doc[]): string {
  if (entries.length === 0) return `interface ${name} {}`
  return `interface ${name} {\n${entries.map((entry) => layOut(entry, WIDTH, 1)).join("\n")}\n}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** By signature, which begins with the name; each signature once. */
function ordered<Item extends AbiFunction | AbiEvent>(items: readonly Item[]): readonly Item[] {
  const bySignature = new Map(items.map((item) => [signature(item), item]))
  return [...bySignature].sort(([a], [b]) => compare(a, b)).map(([, item]) => item)
}

function entryOf({ name, abi, bytecode }: Artifact): string {
  const deploying = abi.find((item): item is AbiConstructor => item.type === "constructor")
  const inputs = deploying?.inputs ?? []
  const deploy = layOut(["readonly deploy: ", tuple(labels(inputs), inputs.map(typeOf))], WIDTH, 3)
  return [
    `    readonly ${name}: {`,
    ...(bytecode === "0x" ? [] : [deploy]),
    `      readonly read: ${name}Reads`,
    `      readonly tx: ${name}Txs`,
    `      readonly events: ${name}Events`,
    "    }"
  ].join("\n")
}

/** The text of `contracts.gen.ts` for these contracts. */
export function generateTypes(artifacts: readonly Artifact[]): string {
  const sorted = [...artifacts].sort((a, b) => compare(a.name, b.name))
  const interfaces = sorted.flatMap(({ name, abi }) => {
    const functions = ordered(abi.filter((item) => item.type === "function").filter(callable))
    const events = ordered(abi.filter((item) => item.type === "event").filter((item) => item.anonymous !== true))
    return [
      interfaceOf(`${name}Reads`, functions.filter((item) => !mutates(item)).map(methodOf)),
      interfaceOf(`${name}Txs`, functions.filter(mutates).map(methodOf)),
      interfaceOf(`${name}Events`, eventsOf(events))
    ]
  })
  const entries = sorted.map(entryOf)
  const body = [...interfaces, ...entries].join("\n")
  const imports = ["Address", "Hex", "Intent", "Read"].filter((name) => new RegExp(`\\b${name}\\b`).test(body))
  return `${[
    "/** Generated by `./mesocosm types`; do not edit. */",
    // A file that imports nothing would declare the module instead of augmenting it.
    imports.length > 0 ? `import type { ${imports.join(", ")} } from "mesocosm/contracts"\n` : "export {}\n",
    ...interfaces.map((text) => `${text}\n`),
    'declare module "mesocosm/contracts" {',
    "  interface Contracts {",
    ...entries,
    "  }",
    "}"
  ].join("\n")}\n`
}
