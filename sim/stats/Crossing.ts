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
  /** From below zero to above it, or from zero up, or up to zero. */
  readonly rises: boolean
  /** The side on which every seed is exactly zero, as where nobody acts; null where the mean passes zero. */
  readonly rests: "before" | "after" | null
  /** On the axis, in its unit; null where it rests at zero. */
  readonly at: number | null
  /** Ends of the interval; null where it reaches beyond the places, and of a single seed. */
  readonly low: number | null
  readonly high: number | null
  /** Seeds. */
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
  // The last place at which some seed is not zero, and the sign of the mean there: one that cancels has the sign of before.
  let from = -1
  let before = 0
  for (let place = 0; place <= places.length; place++) {
    if (seeds.every((values) => values[place] === 0)) continue
    const mean = means[place]
    const sign = mean === undefined ? 0 : Math.sign(mean) || before
    const resting = place - from - 1
    const turns = before * sign < 0
    if (turns && resting === 0) {
      const last = means[from] as number
      passes([from, place], sign > 0, { place: from, share: last / (last - (mean as number)) })
    } else if (turns && resting === 1) passes([from, place], sign > 0, { place: from, share: 1 })
    else if (resting > 0) {
      if (before !== 0) rest(from, before < 0, "after")
      if (sign !== 0) rest(place - 1, sign > 0, "before")
    }
    from = place
    before = sign
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
      const start = at === place ? share : step > 0 ? 0 : 1
      const most = step > 0 ? 1 - start : start
      const way = wayOut(seeds, { place: at, share: start }, { step, factor, crosses: at === place })
      if (way <= most) return along(places, { place: at, share: start + step * way })
    }
    return null
  }
  return { low: end(-1), high: end(1) }
}

/**
 * How far from a spot, in shares of the way between its places, the test is just at its level: the nearest such place in
 * one direction, infinite where there is none. At the spot itself it does not reject.
 */
function wayOut(
  seeds: readonly (readonly number[])[],
  { place, share }: Spot,
  { step, factor, crosses }: { readonly step: 1 | -1; readonly factor: number; readonly crosses: boolean }
): number {
  const change = seeds.map((values) => step * ((values[place + 1] as number) - (values[place] as number)))
  const here = seeds.map((values, seed) => (values[place] as number) + share * step * (change[seed] as number))
  const [mid, slope] = [meanOf(here), meanOf(change)]
  // Where the mean crosses it is zero: what rounding leaves of it must not decide on which side an end lies.
  const start = crosses ? 0 : mid
  const together = (one: readonly number[], other: readonly number[], means: readonly [number, number]): number =>
    one.reduce((sum, value, seed) => sum + (value - means[0]) * ((other[seed] as number) - means[1]), 0) /
    (one.length - 1)
  // (start + slope · w)² = factor · variance(w), a quadratic equation in the way w, of which c is not positive.
  const a = slope * slope - factor * together(change, change, [slope, slope])
  const b = 2 * (start * slope - factor * together(here, change, [mid, slope]))
  const c = Math.min(0, start * start - factor * together(here, here, [mid, mid]))
  // Where the seeds all agree, the test rejects at once; where they do but for how fast they change, it may never.
  if (c === 0 && b === 0) return a > 0 ? 0 : Number.POSITIVE_INFINITY
  const inside = b * b - 4 * a * c
  if (inside < 0) return Number.POSITIVE_INFINITY
  // Without cancellation: of the two roots one is q / a, the other c / q.
  const q = -(b + (b < 0 ? -1 : 1) * Math.sqrt(inside)) / 2
  const roots = [...(a === 0 ? [] : [q / a]), ...(q === 0 ? [] : [c / q])].filter((root) => root >= 0)
  return Math.min(...roots)
}
