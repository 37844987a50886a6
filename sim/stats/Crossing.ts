/**
 * Where the mean of a response crosses zero along an axis, from seeds that were each run at every place of it, with
 * Fieller's interval (Fieller 1954): all places at which Student's test on the seeds' values, read on the straight lines
 * between neighbouring places, does not tell the mean from zero.
 *
 * The interval is Monte Carlo error alone: it says nothing of how straight the response is between two places.
 */
import { mean as meanOf } from "simple-statistics"
import { tCritical } from "./StudentT.ts"

/** A change of sign between two neighbouring places. */
export interface Crossing {
  /** Indices of the places: the last with the sign of before, and the first with that of after. */
  readonly between: readonly [number, number]
  /** From below zero to above it. */
  readonly rises: boolean
  /** The side on which the mean is exactly zero over one place or more, as where nobody acts; null where it passes zero. */
  readonly rests: "before" | "after" | null
  /** On the axis, in its unit; null where the mean rests at zero. */
  readonly at: number | null
  /** Ends of the interval; null where it reaches beyond the places, and of a single seed. */
  readonly low: number | null
  readonly high: number | null
  readonly n: number
}

/**
 * Changes of sign of the mean, in the order of the places.
 * @param places On the axis, rising.
 * @param seeds A row of finite values per seed, one at each place.
 * @param level Of the interval, each alone.
 */
export function crossings(
  places: readonly number[],
  seeds: readonly (readonly number[])[],
  level = 0.95
): readonly Crossing[] {
  const n = seeds.length
  if (n === 0) return []
  const means = places.map((_, place) => meanOf(seeds.map((values) => values[place] as number)))
  const found: Crossing[] = []
  const passes = (between: readonly [number, number], rises: boolean, spot: Spot): void => {
    const interval = n === 1 ? { low: null, high: null } : fieller(places, seeds, spot, level)
    found.push({ between, rises, rests: null, at: along(places, spot), ...interval, n })
  }
  const rest = (place: number, rises: boolean, rests: "before" | "after"): void => {
    found.push({ between: [place, place + 1], rises, rests, at: null, low: null, high: null, n })
  }
  // The last place whose mean is not zero; what lies between it and the next such place rests at zero.
  let from = -1
  for (let place = 0; place <= means.length; place++) {
    const mean = means[place]
    if (mean === 0) continue
    const before = from < 0 ? 0 : (means[from] as number)
    const resting = place - from - 1
    const turns = mean !== undefined && before * mean < 0
    if (turns && resting === 0) passes([from, place], mean > 0, { place: from, share: before / (before - mean) })
    else if (turns && resting === 1) passes([from, place], mean > 0, { place: from, share: 1 })
    else if (resting > 0) {
      if (from >= 0) rest(from, before < 0, "after")
      if (mean !== undefined) rest(place - 1, mean > 0, "before")
    }
    from = place
  }
  return found
}

/** A place between two: `share` of the way from `place` to the next. */
interface Spot {
  readonly place: number
  readonly share: number
}

function along(places: readonly number[], { place, share }: Spot): number {
  const from = places[place] as number
  return from + share * ((places[place + 1] as number) - from)
}

function fieller(
  places: readonly number[],
  seeds: readonly (readonly number[])[],
  { place, share }: Spot,
  level: number
): { readonly low: number | null; readonly high: number | null } {
  const factor = tCritical(1 - level, seeds.length - 1) ** 2 / seeds.length
  const end = (step: 1 | -1): number | null => {
    for (let at = place; at >= 0 && at + 1 < places.length; at += step) {
      const roots = edges(seeds, at, factor).filter((root) => root >= 0 && root <= 1)
      const start = at === place ? share : step > 0 ? 0 : 1
      const beyond = roots.filter((root) => (step > 0 ? root >= start : root <= start))
      if (beyond.length > 0) {
        return along(places, { place: at, share: step > 0 ? Math.min(...beyond) : Math.max(...beyond) })
      }
    }
    return null
  }
  return { low: end(-1), high: end(1) }
}

/** Shares of the way from place `at` to the next at which the test is just at its level. */
function edges(seeds: readonly (readonly number[])[], at: number, factor: number): readonly number[] {
  const from = seeds.map((values) => values[at] as number)
  const change = seeds.map((values) => (values[at + 1] as number) - (values[at] as number))
  const [start, slope] = [meanOf(from), meanOf(change)]
  const together = (one: readonly number[], other: readonly number[], means: readonly [number, number]): number =>
    one.reduce((sum, value, seed) => sum + (value - means[0]) * ((other[seed] as number) - means[1]), 0) /
    (one.length - 1)
  // (start + slope · w)² = factor · variance(w), a quadratic equation in w.
  const a = slope * slope - factor * together(change, change, [slope, slope])
  const b = 2 * (start * slope - factor * together(from, change, [start, slope]))
  const c = start * start - factor * together(from, from, [start, start])
  if (a === 0) return b === 0 ? [] : [-c / b]
  // Rounding may leave a double root, that of seeds that are all alike, just without any.
  const inside = b * b - 4 * a * c
  const root = inside <= 1e-12 * b * b ? (inside < -1e-12 * b * b ? Number.NaN : 0) : Math.sqrt(inside)
  return Number.isNaN(root) ? [] : [(-b - root) / (2 * a), (-b + root) / (2 * a)]
}
