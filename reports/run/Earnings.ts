/** Who earned what: the table `agents`, by population. Money is in whole units of the scenario's numeraire. */
import type { Manifest } from "../../sim/store/Manifest.ts"

/** What one agent came away with, in whole units of the numeraire. */
export interface AgentMoney {
  readonly population: string
  readonly identities: number
  /** Worth of tokens received, setup aside. */
  readonly received: number
  /** Outlays outside the chain. */
  readonly spent: number
  readonly gas: number
  /** Cost of locked capital. */
  readonly capital: number
  readonly profit: number
}

/** A population's sums, and how the profit of one agent is distributed; null without agents. */
export interface Earnings extends AgentMoney {
  readonly behaviour: string
  readonly agents: number
  readonly each: { readonly low: number; readonly median: number; readonly high: number } | null
}

/** Sums per population, in the order of the populations; one that only the table knows comes last. */
export function earningsOf(
  populations: Manifest["populations"],
  rows: readonly (AgentMoney & { readonly behaviour: string })[]
): readonly Earnings[] {
  const behaviours = new Map(populations.map(({ name, behaviour }) => [name, behaviour]))
  for (const { population, behaviour } of rows) {
    if (!behaviours.has(population)) behaviours.set(population, behaviour)
  }
  return [...behaviours].map(([population, behaviour]) => {
    const agents = rows.filter((row) => row.population === population)
    const sum = (column: "identities" | "received" | "spent" | "gas" | "capital" | "profit"): number =>
      agents.reduce((all, row) => all + row[column], 0)
    return {
      population,
      behaviour,
      agents: agents.length,
      identities: sum("identities"),
      received: sum("received"),
      spent: sum("spent"),
      gas: sum("gas"),
      capital: sum("capital"),
      profit: sum("profit"),
      each: spread(agents.map(({ profit }) => profit))
    }
  })
}

function spread(numbers: readonly number[]): Earnings["each"] {
  const sorted = [...numbers].sort((a, b) => a - b)
  const [low, high] = [sorted[0], sorted.at(-1)]
  const [left, right] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]]
  if (low === undefined || high === undefined || left === undefined || right === undefined) return null
  return { low, median: (left + right) / 2, high }
}
