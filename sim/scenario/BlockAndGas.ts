/** What a scenario says of its blocks and of gas, held against what can be meant: a wrong number would only show as failing transactions. */
import { ScenarioError } from "../Errors.ts"
import type { Duration } from "../kernel/Duration.ts"
import { nearest } from "../Nearest.ts"

/** How blocks are made. */
export interface BlockRule {
  /** Simulated time between blocks. */
  readonly every: Duration
  /** `fifo` when left out. */
  readonly order?: BlockOrder
  /** Gas; what mainnet's 36 million per 12 seconds make of `every` when left out. */
  readonly gasLimit?: number
}

export type BlockOrder = "fifo" | "fee" | "shuffled"

/** What gas costs. */
export interface GasRule {
  /** Wei per gas, burnt; or the process of the Environment that gives it, in gwei. */
  readonly price: bigint | { readonly process: string }
  /** Gas limit of an Intent that names none; 1,000,000 when left out. */
  readonly limit?: number
}

const MAINNET_GAS_PER_BLOCK = 36_000_000
const MAINNET_SECONDS_PER_BLOCK = 12

/** Gas limit of an Intent that names none, where the scenario gives none. */
const GAS_LIMIT = 1_000_000

const ORDERS: readonly BlockOrder[] = ["fifo", "fee", "shuffled"]

/** A block rule as the engine takes it; `every` in seconds. @throws ScenarioError MalformedDeclaration. */
export function blockOf(
  id: string,
  { order = "fifo", gasLimit }: BlockRule,
  every: number
): { readonly every: number; readonly order: BlockOrder; readonly gasLimit: number } {
  if (!ORDERS.includes(order)) {
    const near = nearest(String(order), ORDERS)
    throw malformed(
      id,
      "block.order",
      order,
      "is no order of a block",
      `${near === undefined ? "" : `Did you mean ${near}? `}Use one of ${ORDERS.join(", ")}.`
    )
  }
  if (gasLimit !== undefined) mustBeGas(id, "block.gasLimit", gasLimit)
  return {
    every,
    order,
    gasLimit: gasLimit ?? Math.ceil(every / MAINNET_SECONDS_PER_BLOCK) * MAINNET_GAS_PER_BLOCK
  }
}

/** A gas rule as the engine takes it. @throws ScenarioError MalformedDeclaration. */
export function gasOf(
  id: string,
  { price, limit = GAS_LIMIT }: GasRule,
  processes: readonly string[]
): Required<GasRule> {
  mustBeGas(id, "gas.limit", limit)
  if (typeof price === "bigint") {
    if (price < 0n) throw malformed(id, "gas.price", price, "is below zero", "Give wei per gas, 0n or more.")
    return { price, limit }
  }
  // What is written may be anything.
  const process: unknown = (price as { readonly process?: unknown } | undefined | null)?.process
  if (typeof process !== "string") {
    const fix =
      typeof price === "number"
        ? `Write ${Number.isInteger(price) ? `${price}n` : "a bigint"}: wei per gas.`
        : `Give a bigint, or { process: "name" }.`
    throw malformed(id, "gas.price", price, "is neither wei per gas, a bigint, nor a process", fix)
  }
  if (!processes.includes(process)) {
    const near = nearest(process, processes)
    const known = processes.length === 0 ? "The environment has none." : `The environment has ${processes.join(", ")}.`
    throw malformed(
      id,
      "gas.price",
      process,
      "is no process of the environment",
      near === undefined ? known : `Did you mean ${near}? ${known}`
    )
  }
  return { price, limit }
}

function mustBeGas(id: string, name: string, value: unknown): void {
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return
  const meant = typeof value === "bigint" && value > 0n ? ` Write ${value}, without the n.` : ""
  throw malformed(id, name, value, "is no whole number above zero", `Give gas as a number, such as 15_000_000.${meant}`)
}

function malformed(id: string, name: string, value: unknown, what: string, fix: string): ScenarioError {
  const shown = typeof value === "bigint" ? `${value}n` : typeof value === "object" ? "an object" : String(value)
  return new ScenarioError({
    reason: "MalformedDeclaration",
    message: `scenario ${id}: ${name}, ${shown}, ${what}`,
    fix,
    offending: { name, value: shown }
  })
}
