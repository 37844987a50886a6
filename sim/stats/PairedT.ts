/**
 * The mean of paired differences with its Student interval. Mean and deviation are simple-statistics'.
 *
 * The interval is Monte Carlo error alone: it says nothing of the assumptions under which the pairs were made.
 */
import { mean, sampleStandardDeviation } from "simple-statistics"
import { type Inference, point } from "./Inference.ts"
import { tCritical, tUpper } from "./StudentT.ts"

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
  if (n === 1) {
    return { mean: differences[0] as number, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, n }
  }
  const inference = tInference(differences)
  return { mean: inference.estimate, ...inference.interval(level), n }
}

/** Student's inference from two or more finite differences, one per pair. */
export function tInference(differences: readonly number[]): Inference {
  const n = differences.length
  const values = [...differences]
  const estimate = mean(values)
  const error = sampleStandardDeviation(values) / Math.sqrt(n)
  if (error === 0) return point(estimate, "paired-t")
  return {
    estimate,
    method: "paired-t",
    interval(level) {
      const half = tCritical(1 - level, n - 1) * error
      return { low: estimate - half, high: estimate + half }
    },
    above: (value) => tUpper((estimate - value) / error, n - 1),
    below: (value) => tUpper((value - estimate) / error, n - 1)
  }
}
