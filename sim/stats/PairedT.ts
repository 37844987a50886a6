/**
 * The mean of paired differences with its Student interval. Mean and deviation are simple-statistics'; the quantile
 * of Student's t, which it lacks, is here.
 *
 * The interval is Monte Carlo error alone: it says nothing of the assumptions under which the pairs were made.
 */
import { mean, sampleStandardDeviation } from "simple-statistics"

/** A mean with its interval, in the unit of the values. */
export interface Interval {
  readonly mean: number
  readonly low: number
  readonly high: number
  /** Pairs. */
  readonly n: number
}

/**
 * Mean of the differences, one per pair, and the interval that covers the true mean with probability `level`
 * (0.95 when left out): mean ± t · s / √n, with n − 1 degrees of freedom (Student 1908). Of a single pair it is
 * unbounded; of differences that are all equal it is a point.
 * @throws RangeError without differences, or when one is not finite.
 */
export function pairedT(differences: readonly number[], level = 0.95): Interval {
  const n = differences.length
  if (n === 0 || !differences.every(Number.isFinite)) {
    throw new RangeError(`a paired interval needs finite differences, not [${differences.join(", ")}]`)
  }
  const values = [...differences]
  const middle = mean(values)
  if (n === 1) return { mean: middle, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, n }
  const half = (tQuantile((1 + level) / 2, n - 1) * sampleStandardDeviation(values)) / Math.sqrt(n)
  return { mean: middle, low: middle - half, high: middle + half, n }
}

/**
 * The quantile of Student's t at probability `p` in [0.5, 1), with a whole number of degrees of freedom from 1 on;
 * to about 1e-12 of its size.
 * @throws RangeError for other arguments.
 */
export function tQuantile(p: number, degrees: number): number {
  if (!(p >= 0.5 && p < 1) || !Number.isSafeInteger(degrees) || degrees < 1) {
    throw new RangeError(`tQuantile needs p in [0.5, 1) and whole degrees from 1 on, not ${p} and ${degrees}`)
  }
  const inside = 2 * p - 1
  // In the angle atan(t / √ν) the search has two ends.
  let low = 0
  let high = Math.PI / 2
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2
    if (within(middle, degrees) < inside) low = middle
    else high = middle
  }
  return Math.tan((low + high) / 2) * Math.sqrt(degrees)
}

/**
 * The probability that |T| stays below √ν · tan(angle): the finite sums of Abramowitz and Stegun, 26.7.3 for odd
 * and 26.7.4 for even degrees of freedom ν.
 */
function within(angle: number, degrees: number): number {
  const cosine = Math.cos(angle)
  const odd = degrees % 2 === 1
  let term = odd ? cosine : 1
  let sum = degrees === 1 ? 0 : term
  for (let k = odd ? 3 : 2; k < degrees; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine
    sum += term
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum
}
