/**
 * From a design to runs. A plan is made in rounds: each is a list of RunSpecs, hashed; what came of the rounds before may
 * decide the next (more seeds, points near a flip).
 *
 * Invariant: the rounds follow from the design and the values of earlier runs alone, so that a plan that is made again,
 * on any machine and after any interruption, is the same.
 */
import type { Hex } from "../chain/Contracts.ts"
import { resolve, specHash } from "../run/RunSpec.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import type { Design, PlanRow, PointRow, Sets } from "../store/ExperimentManifest.ts"

/** A run that is to be made. */
export interface Task {
  readonly arm: string
  readonly seed: number
  /** Over the arm. */
  readonly set: Sets
  /** Hash of the RunSpec. */
  readonly hash: Hex
}

/** A part of the plan that can be done in any order. */
export interface Round {
  /** What it is for, in a few words. */
  readonly says: string
  /** Points that no earlier round had. */
  readonly points: readonly PointRow[]
  readonly rows: readonly PlanRow[]
}

/** Numbers the points and runs of a plan and finds their hashes. */
export class Planner {
  readonly #scenario: Scenario
  readonly #design: Design
  readonly #known = new Set<number>()
  readonly #rows: PlanRow[] = []
  #index = 0
  #round = 0
  #points = 0

  constructor(scenario: Scenario, design: Design) {
    this.#scenario = scenario
    this.#design = design
  }

  /** Every run planned so far. */
  get planned(): readonly PlanRow[] {
    return this.#rows
  }

  /** A new point. */
  point(of: PointRow["of"], set: Sets): PointRow {
    return { point: this.#points++, of, set }
  }

  /** A round over the given points, each under every arm and every seed; the arms of a seed stand side by side. */
  round(says: string, points: readonly PointRow[], seeds: readonly number[]): Round {
    const round = this.#round++
    const rows: PlanRow[] = []
    for (const point of points) {
      for (const seed of seeds) {
        for (const arm of this.#design.arms) {
          const hash = this.hash(point, arm, seed)
          rows.push({ index: this.#index++, round, point: point.point, arm, seed, hash })
        }
      }
    }
    const fresh = points.filter(({ point }) => !this.#known.has(point))
    for (const { point } of fresh) this.#known.add(point)
    for (const row of rows) this.#rows.push(row)
    return { says, points: fresh, rows }
  }

  /** Hash of the RunSpec of a run at a point. @throws ScenarioError of `resolve`. */
  hash({ set }: PointRow, arm: string, seed: number): Hex {
    return specHash(resolve(this.#scenario, { arm, seed, set: { ...this.#design.set, ...set } }).spec)
  }
}

/** Seeds in order. */
export function seedsOf({ from, count }: Design["seeds"]): readonly number[] {
  return Array.from({ length: count }, (_, nth) => from + nth)
}
