/**
 * Critical values of a test that looks several times, so that its error over all looks is what was allowed: the
 * recursive integration of Armitage, McPherson and Rowe (1969), as in Jennison and Turnbull (2000), "Group Sequential
 * Methods", chapter 19. Exact operations and `sim/kernel`'s mathematics only, since it decides how many runs are made.
 */
import { exp } from "../kernel/Mathematics.ts"
import { normalCdf } from "./Normal.ts"

/** A density over evenly spaced points, weighted for Simpson's rule. */
interface Grid {
  readonly points: Float64Array
  readonly mass: Float64Array
}

/**
 * For each look the z beyond which (in size) the statistic must lie: such that under no effect the chance to have
 * crossed by the k-th look is `spent[k]`. `times` are shares of information (numbers of pairs, in any unit).
 * @throws RangeError unless both rise, and `spent` ends below 1.
 */
export function boundaries(times: readonly number[], spent: readonly number[]): readonly number[] {
  const critical: number[] = []
  let grid: Grid | undefined
  for (let k = 0; k < times.length; k++) {
    const time = times[k] as number
    const step = time - (times[k - 1] ?? 0)
    const spend = (spent[k] as number) - (spent[k - 1] ?? 0)
    if (!(step > 0 && spend > 0 && (spent[k] as number) < 1)) {
      throw new RangeError(`looks and spent error must rise, not ${times.join(", ")} and ${spent.join(", ")}`)
    }
    const before = grid
    let [low, high] = [0, 40]
    for (let halving = 0; halving < 50; halving++) {
      const middle = (low + high) / 2
      if (crossing(before, step, middle * Math.sqrt(time)) > spend) low = middle
      else high = middle
    }
    critical.push(high)
    const next = times[k + 1]
    if (next !== undefined) grid = carried(before, step, high * Math.sqrt(time), next - time)
  }
  return critical
}

/** The chance to be inside so far and beyond ±`limit` after a further `step` of time. */
function crossing(grid: Grid | undefined, step: number, limit: number): number {
  const sd = Math.sqrt(step)
  if (grid === undefined) return 2 * normalCdf(-limit / sd)
  let sum = 0
  for (let i = 0; i < grid.points.length; i++) {
    const at = grid.points[i] as number
    sum += (grid.mass[i] as number) * (normalCdf((at - limit) / sd) + normalCdf((-limit - at) / sd))
  }
  return sum
}

/** What is still inside ±`limit` after a further `step`, on a grid fine enough for the `next` step. */
function carried(grid: Grid | undefined, step: number, limit: number, next: number): Grid {
  const cells = 2 * Math.min(2000, Math.max(60, Math.ceil((5 * limit) / Math.sqrt(next))))
  const width = (2 * limit) / cells
  const points = Float64Array.from({ length: cells + 1 }, (_, i) => -limit + i * width)
  const scale = 1 / Math.sqrt(2 * Math.PI * step)
  const mass = points.map((point, i) => {
    let density = 0
    if (grid === undefined) density = exp((-point * point) / (2 * step))
    else {
      for (let j = 0; j < grid.points.length; j++) {
        const away = point - (grid.points[j] as number)
        density += (grid.mass[j] as number) * exp((-away * away) / (2 * step))
      }
    }
    const weight = i === 0 || i === cells ? 1 : i % 2 === 1 ? 4 : 2
    return (density * scale * weight * width) / 3
  })
  return { points, mass }
}
