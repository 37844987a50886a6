/** Who earned what: the table `agents`, by population. Money is in whole units of the scenario's numeraire. */
import type { Manifest } from "../../sim/store/Manifest.ts"

/** What the table says of one agent, in whole units of the numeraire. */
export interface AgentMoney {
  readonly population: string
  readonly behaviour: string
  readonly identities: number
  /** Worth of tokens received at the last price, setup aside. */
  readonly received: number
  /** Worth of tokens sent at the last price. */
  readonly sent: number
  /** What selling all beyond its beginnings would fetch, less what buying back what it lacks of them would cost. */
  readonly gain: number
  /** Outlays outside the chain. */
  readonly spent: number
  readonly gas: number
  /** Cost of locked capital. */
  readonly capital: number
  readonly profit: number
}

/** A population's sums, and how the profit of one agent is distributed; null without agents. */
export interface Earnings extends Omit<AgentMoney, "gain"> {
  readonly agents: number
  /**
   * Gain at liquidation value beyond received less sent: deposits that will come back, less what selling
   * (or buying back) all at once loses against the last price.
   */
  readonly change: number
  readonly each: { readonly low: number; readonly median: number; readonly high: number } | null
}

/** Sums per population, in the order of the populations; one that only the table knows comes last. */
export function earningsOf(populations: Manifest["populations"], rows: readonly AgentMoney[]): readonly Earnings[] {
  const behaviours = new Map(populations.map(({ name, behaviour }) => [name, behaviour]))
  for (const { population, behaviour } of rows) {
    if (!behaviours.has(population)) behaviours.set(population, behaviour)
  }
  return [...behaviours].map(([population, behaviour]) => {
    const agents = rows.filter((row) => row.population === population)
    const sum = (column: Exclude<keyof AgentMoney, "population" | "behaviour">): number =>
      agents.reduce((all, row) => all + row[column], 0)
    const [received, sent] = [sum("received"), sum("sent")]
    return {
      population,
      behaviour,
      agents: agents.length,
      identities: sum("identities"),
      received,
      sent,
      change: remainder([sum("gain"), -received, sent]),
      spent: sum("spent"),
      gas: sum("gas"),
      capital: sum("capital"),
      profit: sum("profit"),
      each: spread(agents.map(({ profit }) => profit))
    }
  })
}

/** A sum whose terms may cancel: what is left of their last bits is nothing. */
function remainder(terms: readonly number[]): number {
  const sum = terms.reduce((all, term) => all + term, 0)
  const size = terms.reduce((all, term) => all + Math.abs(term), 0)
  return Math.abs(sum) < size * 1e-12 ? 0 : sum
}

function spread(numbers: readonly number[]): Earnings["each"] {
  const sorted = [...numbers].sort((a, b) => a - b)
  const [low, high] = [sorted[0], sorted.at(-1)]
  const [left, right] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]]
  if (low === undefined || high === undefined || left === undefined || right === undefined) return null
  return { low, median: (left + right) / 2, high }
}
