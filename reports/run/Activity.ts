/** What happened on chain: the table `transactions`, by function. */

/** What a transaction tells about itself here. */
export interface Sent {
  readonly contract: string
  readonly fn: string
  /** `ok`, `reverted`, or why it never was in a block. */
  readonly status: string
  readonly population: string
  readonly error: string
  readonly gas_used: number
}

/** One function of one contract. */
export interface Calls {
  readonly contract: string
  readonly fn: string
  /** Populations that called it, sorted. */
  readonly by: readonly string[]
  /** Status to how many. */
  readonly statuses: ReadonlyMap<string, number>
  readonly total: number
  readonly gas: number
}

export interface Activity {
  /** Most called first. */
  readonly calls: readonly Calls[]
  /** Every status that occurs: `ok` first, `reverted` second, the rest sorted. */
  readonly statuses: readonly string[]
  /** Error text to how often, most frequent first. */
  readonly errors: readonly (readonly [error: string, times: number])[]
  /** Gas of all transactions. */
  readonly gas: number
}

/** Counts by contract and function, by status, and by error. */
export function activityOf(rows: readonly Sent[]): Activity {
  const groups = new Map<
    string,
    { contract: string; fn: string; by: Set<string>; statuses: Map<string, number>; gas: number }
  >()
  const errors = new Map<string, number>()
  const statuses = new Set<string>()
  let gas = 0
  for (const { contract, fn, status, population, error, gas_used } of rows) {
    const key = JSON.stringify([contract, fn])
    let group = groups.get(key)
    if (group === undefined) {
      group = { contract, fn, by: new Set(), statuses: new Map(), gas: 0 }
      groups.set(key, group)
    }
    group.by.add(population)
    group.statuses.set(status, (group.statuses.get(status) ?? 0) + 1)
    group.gas += gas_used
    gas += gas_used
    statuses.add(status)
    if (error !== "") errors.set(error, (errors.get(error) ?? 0) + 1)
  }
  const calls = [...groups.values()].map((group) => ({
    ...group,
    by: [...group.by].sort(),
    total: [...group.statuses.values()].reduce((all, many) => all + many, 0)
  }))
  return {
    calls: calls.sort((a, b) => b.total - a.total),
    statuses: [...statuses].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)),
    errors: [...errors].sort((a, b) => b[1] - a[1]),
    gas
  }
}

function rank(status: string): number {
  return status === "ok" ? 0 : status === "reverted" ? 1 : 2
}
