/**
 * Which functions reverted in a run, how often, and how often for want of gas: a count in an economy of agents that
 * says nothing of its contracts' rules. Counted as blocks are entered; feeds no digest.
 */
import type { Outcome } from "../scenario/Behaviour.ts"

/** The reverts of one function: plain data. */
export interface RevertCount {
  /** What the scenario calls the contract. */
  readonly contract: string
  readonly fn: string
  readonly times: number
  /** Of these, how often it ran out of gas. */
  readonly outOfGas: number
  /** The lowest and the highest gas limit at which it did; null where it never did. */
  readonly limits: readonly [number, number] | null
}

/** Calls within calls whose running out of gas is still seen from outside. */
const DEEP = 2

/**
 * Whether a transaction ran out of gas, as far as a receipt can tell: it failed without a word and used its limit up.
 * A call within it is given all but a 64th of what is left (EIP-150), so that a contract which runs out in a token or
 * behind a proxy leaves its caller that much: two calls deep are seen. An INVALID instruction, which Solidity before
 * 0.8 made of `assert`, uses up all gas too, and looks the same.
 */
export function ranOutOfGas({ ok, error, gasUsed }: Pick<Outcome, "ok" | "error" | "gasUsed">, limit: number): boolean {
  return !ok && error === "" && gasUsed * 64 >= limit * (64 - DEEP)
}

export class Reverts {
  /** By contract and function, in the order in which each first reverted. */
  readonly #counts: Map<string, RevertCount>

  constructor(saved: readonly RevertCount[] = []) {
    this.#counts = new Map(saved.map((each) => [`${each.contract}.${each.fn}`, each]))
  }

  /** Counts a revert; `limit` is the gas limit it ran out of, undefined where it did not. */
  add(contract: string, fn: string, limit: number | undefined): void {
    const call = `${contract}.${fn}`
    const before = this.#counts.get(call) ?? { contract, fn, times: 0, outOfGas: 0, limits: null }
    const counted = { ...before, times: before.times + 1 }
    this.#counts.set(call, limit === undefined ? counted : ranOut(counted, limit))
  }

  /** A count per function, in the order in which each first reverted. */
  save(): readonly RevertCount[] {
    return [...this.#counts.values()]
  }
}

function ranOut(count: RevertCount, limit: number): RevertCount {
  const [low, high] = count.limits ?? [limit, limit]
  return { ...count, outOfGas: count.outOfGas + 1, limits: [Math.min(low, limit), Math.max(high, limit)] }
}

/** Those that ran out of gas; none of a run that was recorded before they were counted. */
export function thoseOutOfGas(counts: readonly RevertCount[] | undefined): readonly RevertCount[] {
  return (counts ?? []).filter(({ limits }) => limits !== null)
}

/** The counts of several runs as one, without what never ran out of gas; what did most often stands first. */
export function outOfGasOver(runs: Iterable<readonly RevertCount[]>): readonly RevertCount[] {
  const all = new Map<string, RevertCount>()
  for (const counts of runs) {
    for (const count of counts) {
      if (count.limits === null) continue
      const call = `${count.contract}.${count.fn}`
      const sum = all.get(call) ?? { ...count, times: 0, outOfGas: 0 }
      const [low, high] = sum.limits ?? count.limits
      all.set(call, {
        ...sum,
        times: sum.times + count.times,
        outOfGas: sum.outOfGas + count.outOfGas,
        limits: [Math.min(low, count.limits[0]), Math.max(high, count.limits[1])]
      })
    }
  }
  // The runs may have come in any order.
  const call = ({ contract, fn }: RevertCount): string => `${contract}.${fn}`
  return [...all.values()].sort((a, b) => b.outOfGas - a.outOfGas || (call(a) < call(b) ? -1 : 1))
}
