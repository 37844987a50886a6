/** The values of an experiment's runs, by point, arm and seed. */
import type { Hex } from "../../chain/Contracts.ts"
import type { PlanRow } from "../../store/ExperimentManifest.ts"
import type { Outcome } from "../../store/ExperimentReader.ts"

/** A run with its place in the plan. */
export interface Placed {
  readonly row: PlanRow
  readonly outcome: Outcome | undefined
}

export class Values {
  /** Point and arm to their runs, in the order of the plan. */
  readonly #cells = new Map<string, Placed[]>()

  constructor(plan: readonly PlanRow[], outcome: (hash: Hex) => Outcome | undefined) {
    const seen = new Map<string, Set<number>>()
    for (const row of plan) {
      const key = `${row.point}/${row.arm}`
      const seeds = seen.get(key) ?? new Set()
      seen.set(key, seeds)
      if (seeds.has(row.seed)) continue
      seeds.add(row.seed)
      const cell = this.#cells.get(key)
      const placed = { row, outcome: outcome(row.hash) }
      if (cell === undefined) this.#cells.set(key, [placed])
      else cell.push(placed)
    }
  }

  /** The runs of an arm at a point. */
  runs(point: number, arm: string): readonly Placed[] {
    return this.#cells.get(`${point}/${arm}`) ?? []
  }

  /** A metric's value in every complete run that gave one, in the order of the seeds. */
  of(metric: string, point: number, arm: string): readonly number[] {
    return this.runs(point, arm).flatMap(({ outcome }) => kept(outcome, metric) ?? [])
  }

  /** A metric's finite value in every complete run that gave one, by seed. */
  bySeed(metric: string, point: number, arm: string): ReadonlyMap<number, number> {
    return new Map(
      this.runs(point, arm).flatMap(({ row, outcome }): [number, number][] => {
        const value = kept(outcome, metric)
        return value === undefined || !Number.isFinite(value) ? [] : [[row.seed, value]]
      })
    )
  }

  /** A metric's values in two arms, at the seeds of which both runs gave one. */
  pairs(
    metric: string,
    point: number,
    arms: readonly [string, string]
  ): readonly [readonly number[], readonly number[]] {
    const [one, other] = arms
    const theirs = new Map(this.runs(point, other).map(({ row, outcome }) => [row.seed, kept(outcome, metric)]))
    const [a, b]: [number[], number[]] = [[], []]
    for (const { row, outcome } of this.runs(point, one)) {
      const [x, y] = [kept(outcome, metric), theirs.get(row.seed)]
      if (x === undefined || y === undefined) continue
      a.push(x)
      b.push(y)
    }
    return [a, b]
  }

  /** Seeds planned at a point for an arm, and those of them whose runs are complete in both arms. */
  complete(point: number, arms: readonly [string, string]): { readonly pairs: number; readonly lost: number } {
    const ended = (arm: string): ReadonlySet<number> =>
      new Set(this.runs(point, arm).flatMap(({ row, outcome }) => (outcome?.status === "complete" ? [row.seed] : [])))
    const [one, other] = [ended(arms[0]), ended(arms[1])]
    const pairs = [...one].filter((seed) => other.has(seed)).length
    return { pairs, lost: this.runs(point, arms[0]).length - pairs }
  }
}

function kept(outcome: Outcome | undefined, metric: string): number | undefined {
  return outcome?.status === "complete" ? (outcome.values[metric] ?? undefined) : undefined
}
