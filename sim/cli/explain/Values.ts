/**
 * Values of contracts and states as people read them: addresses by name where they have one, amounts in whole units,
 * hashes cut short.
 */
import { identityAddress } from "../../run/Identity.ts"
import type { Row } from "../../run/Recorder.ts"
import type { Manifest } from "../../store/Manifest.ts"
import { integer, number, short } from "../Text.ts"

/** What a run calls its addresses and contracts. */
export interface Names {
  readonly addresses: ReadonlyMap<string, string>
  /** A contract's own name to what the scenario calls it, where it has one of that kind. */
  readonly contracts: ReadonlyMap<string, string>
}

const ZERO = "0x0000000000000000000000000000000000000000"

/** The names of a run: contracts of the World, agents, and their further identities as `farm/0#3`. */
export function namesOf(manifest: Manifest, agents: readonly Pick<Row<"agents">, "agent" | "identities">[]): Names {
  const addresses = new Map([[ZERO, "nobody"]])
  const contracts = new Map<string, string>()
  for (const { address, key, name } of manifest.contracts) {
    addresses.set(address, key)
    const only = manifest.contracts.filter((each) => each.name === name).length === 1
    if (only) contracts.set(name, key)
  }
  for (const { agent, identities } of agents) {
    for (let nth = 0; nth < identities; nth++)
      addresses.set(identityAddress(agent, nth), nth === 0 ? agent : `${agent}#${nth}`)
  }
  return { addresses, contracts }
}

/** `RewardPool.claim` as the scenario says it: `pool.claim`. */
export function subjectWords(subject: string, { contracts }: Names): string {
  const dot = subject.indexOf(".")
  const key = contracts.get(subject.slice(0, dot))
  return key === undefined ? subject : key + subject.slice(dot)
}

/** A value in words. A large integer is taken for an amount with 18 decimals, of `unit`. */
export function valueWords(value: unknown, names: Names, unit: string): string {
  const inner = (each: unknown): string => valueWords(each, names, unit)
  if (typeof value === "bigint") return integer(value, unit)
  if (typeof value === "number") return number(value)
  if (typeof value === "string") return names.addresses.get(value) ?? (value.startsWith("0x") ? short(value) : value)
  if (Array.isArray(value)) return `[${value.map(inner).join(", ")}]`
  if (isRecord(value)) return `{ ${membersWords(value, names, unit)} }`
  return String(value)
}

/** Members in a row: `to honest/2, value 80 tokens`. */
export function membersWords(value: unknown, names: Names, unit: string): string {
  if (Array.isArray(value)) return value.map((each) => valueWords(each, names, unit)).join(", ")
  if (!isRecord(value)) return valueWords(value, names, unit)
  return Object.entries(value)
    .map(([key, each]) => `${key} ${valueWords(each, names, unit)}`)
    .join(", ")
}

/** Whether it is an object with named members. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Map)
}
