/**
 * The bias-corrected and accelerated bootstrap (BCa): Efron (1987), "Better bootstrap confidence intervals", JASA 82;
 * Efron and Tibshirani (1993), chapters 14 and 22.
 *
 * Invariant: replicates are drawn from the given stream alone, so that equal values and equal streams give equal
 * intervals; one set of replicates serves every level, so that intervals are nested.
 */
import { normalQuantile } from "../kernel/Quantiles.ts"
import type { Stream } from "../kernel/Stream.ts"
import { type Inference, point } from "./Inference.ts"
import { normalCdf } from "./Normal.ts"
import { quantileSorted } from "./Quantiles.ts"

/** Replicates drawn when not told otherwise: at 10,000 the ends of a 99.9 % interval still rest on five of them. */
export const REPLICATES = 10_000

/** What BCa is made of. */
export interface Replicates {
  readonly estimate: number
  /** The statistic of each resample, ascending. */
  readonly sorted: Float64Array
  /** The acceleration, by the jackknife. */
  readonly acceleration: number
}

/** Where the randomness comes from, and how much of it. */
export interface Resampling {
  readonly stream: Stream
  /** Resamples; `REPLICATES` when left out. */
  readonly replicates?: number
}

/**
 * Resamples the mean of `values`: of `replicates` samples of the same size, drawn with replacement.
 * @throws RangeError with fewer than two values.
 */
export function bootstrapMean(values: ArrayLike<number>, { stream, replicates = REPLICATES }: Resampling): Replicates {
  const n = values.length
  if (n < 2) throw new RangeError(`a bootstrap needs two values or more, not ${n}`)
  const own = Float64Array.from(values)
  let sum = 0
  for (let i = 0; i < n; i++) sum += own[i] as number
  const estimate = sum / n
  // The jackknife's pseudo-influence of a mean is its deviation over n − 1; the factor cancels.
  let squares = 0
  let cubes = 0
  for (let i = 0; i < n; i++) {
    const deviation = (own[i] as number) - estimate
    squares += deviation * deviation
    cubes += deviation * deviation * deviation
  }
  const acceleration = accelerationOf(squares, cubes)
  const sorted = new Float64Array(replicates)
  // A fraction of 32 bits gives two indices while n² stays far below 2^32; both are even to 1 part in 250.
  const paired = n <= 4096
  for (let b = 0; b < replicates; b++) {
    let total = 0
    let i = 0
    if (paired) {
      for (; i + 1 < n; i += 2) {
        const place = stream.next() * n
        const first = place | 0
        total += (own[first] as number) + (own[((place - first) * n) | 0] as number)
      }
    }
    for (; i < n; i++) total += own[(stream.next() * n) | 0] as number
    sorted[b] = total / n
  }
  sorted.sort()
  return { estimate, sorted, acceleration }
}

/**
 * Resamples any statistic of paired rows: `statistic` is given the indices of a resample, so that it may read as
 * many arrays as it likes. The acceleration needs n further calls.
 * @throws RangeError with fewer than two rows, or when the statistic is not finite.
 */
export function bootstrapStatistic(
  n: number,
  statistic: (indices: Int32Array) => number,
  { stream, replicates = REPLICATES }: Resampling
): Replicates {
  if (n < 2) throw new RangeError(`a bootstrap needs two rows or more, not ${n}`)
  const ask = (indices: Int32Array): number => {
    const value = statistic(indices)
    if (!Number.isFinite(value)) throw new RangeError(`the statistic of a resample is ${value}, which is not finite`)
    return value
  }
  const all = Int32Array.from({ length: n }, (_, at) => at)
  const estimate = ask(all)
  const left = Float64Array.from({ length: n }, (_, out) => ask(all.filter((at) => at !== out)))
  const sorted = new Float64Array(replicates)
  const indices = new Int32Array(n)
  for (let b = 0; b < replicates; b++) {
    for (let i = 0; i < n; i++) indices[i] = (stream.next() * n) | 0
    sorted[b] = ask(indices)
  }
  return { estimate, sorted: sorted.sort(), acceleration: jackknifeAcceleration(left) }
}

/** From the leave-one-out estimates: d is their mean less each of them. */
function jackknifeAcceleration(left: Float64Array): number {
  let sum = 0
  for (const value of left) sum += value
  const middle = sum / left.length
  let squares = 0
  let cubes = 0
  for (const value of left) {
    const d = middle - value
    squares += d * d
    cubes += d * d * d
  }
  return accelerationOf(squares, cubes)
}

/** Σ d³ / (6 (Σ d²)^1.5) (Efron 1987, 6.6); 0 where the spread is too small for a double. */
function accelerationOf(squares: number, cubes: number): number {
  const scale = 6 * squares * Math.sqrt(squares)
  return scale === 0 ? 0 : cubes / scale
}

/**
 * BCa from replicates. Its interval takes the replicates' quantiles (type 7) at Φ(z₀ + (z₀ + z) / (1 − a (z₀ + z)))
 * for z = Φ⁻¹(α / 2) and Φ⁻¹(1 − α / 2); its p-values solve the same equation for α. Beyond the outermost replicate
 * a p-value is 1 / (replicates + 1).
 * @throws RangeError from `interval` when its ends would rest on less than one replicate: draw more.
 */
export function bcaInference({ estimate, sorted, acceleration }: Replicates): Inference {
  const count = sorted.length
  if (sorted[0] === sorted[count - 1]) return point(estimate, "bca")
  const bias = normalQuantile(inside(shareBelow(sorted, estimate), count))
  const end = (z: number): number => {
    const moved = bias + z
    const shrink = 1 - acceleration * moved
    // Past the pole of the correction the end is the outermost replicate.
    return quantileSorted(sorted, shrink <= 0 ? (moved > 0 ? 1 : 0) : normalCdf(bias + moved / shrink))
  }
  /** The confidence level of the one-sided interval (−∞, value]. */
  const levelOf = (value: number): number => {
    const w = normalQuantile(inside(shareBelow(sorted, value), count)) - bias
    const stretch = 1 + acceleration * w
    if (stretch <= 0) return inside(w > 0 ? 1 : 0, count)
    return normalCdf(w / stretch - bias)
  }
  return {
    estimate,
    method: "bca",
    interval(level) {
      const tail = (1 - level) / 2
      if (tail * (count + 1) < 1) {
        throw new RangeError(`an interval of level ${level} needs ${Math.ceil(1 / tail)} replicates, not ${count}`)
      }
      const z = normalQuantile(tail)
      return { low: end(z), high: end(-z) }
    },
    above: (value) => levelOf(value),
    below: (value) => 1 - levelOf(value)
  }
}

/** The share of replicates below `value`, those equal to it counted half. */
function shareBelow(sorted: Float64Array, value: number): number {
  return (firstNotBelow(sorted, value, false) + firstNotBelow(sorted, value, true)) / (2 * sorted.length)
}

/** Keeps a share away from 0 and 1 by what `count` replicates can tell: 1 / (count + 1). */
function inside(share: number, count: number): number {
  const edge = 1 / (count + 1)
  return Math.min(1 - edge, Math.max(edge, share))
}

/** The index of the first element that is not below `value`, or, when `past`, that lies above it. */
function firstNotBelow(sorted: Float64Array, value: number, past: boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    const at = sorted[middle] as number
    if (at < value || (past && at === value)) low = middle + 1
    else high = middle
  }
  return low
}
