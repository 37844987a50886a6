/** Quantiles of samples: the estimate, an interval without assumptions, and a smoother estimate. */
import { binomialCdf, incompleteBeta } from "./Beta.ts"

/**
 * The quantile of ascending values at `p` in [0, 1]: linear between order statistics at (n − 1) p, type 7 of
 * Hyndman and Fan (1996), which is the default of R and NumPy.
 * @throws RangeError without values, or with p outside [0, 1].
 */
export function quantileSorted(sorted: ArrayLike<number>, p: number): number {
  const n = sorted.length
  if (n === 0 || !(p >= 0 && p <= 1)) throw new RangeError(`a quantile needs values and p in [0, 1], not ${n} and ${p}`)
  const place = (n - 1) * p
  const below = Math.floor(place)
  const low = sorted[below] as number
  const high = sorted[Math.min(below + 1, n - 1)] as number
  return low + (high - low) * (place - below)
}

/** A quantile with its interval, in the unit of the values. */
export interface QuantileEstimate {
  readonly p: number
  readonly value: number
  /** Null where the sample is too small to bound the quantile on that side. */
  readonly low: number | null
  readonly high: number | null
  /** Values. */
  readonly n: number
}

/**
 * The quantile at `p` in (0, 1) with the interval between two order statistics that covers it with at least
 * probability `level` (0.95 when left out), whatever the distribution: the number of values below the quantile is
 * binomial (Conover 1999, 3.2).
 * @throws RangeError without values, or for other p.
 */
export function quantile(values: ArrayLike<number>, p: number, level = 0.95): QuantileEstimate {
  if (!(p > 0 && p < 1)) throw new RangeError(`an interval of a quantile needs p in (0, 1), not ${p}`)
  const sorted = Float64Array.from(values).sort()
  const n = sorted.length
  const value = quantileSorted(sorted, p)
  const tail = (1 - level) / 2
  // Below x(r), the r-th smallest, lies the quantile with the chance of fewer than r values below it.
  let lower = 0
  while (binomialCdf(lower, n, p) <= tail) lower++
  let upper = lower
  while (upper < n && binomialCdf(upper, n, p) < 1 - tail) upper++
  return {
    p,
    value,
    low: lower > 0 ? (sorted[lower - 1] as number) : null,
    high: upper < n ? (sorted[upper] as number) : null,
    n
  }
}

/**
 * The quantile at `p` in (0, 1) as a weighted mean of all order statistics, the weights those of the beta
 * distribution with (n + 1) p and (n + 1) (1 − p): Harrell and Davis (1982). Less noisy than a single order statistic.
 * @throws RangeError without values, or for other p.
 */
export function harrellDavis(values: ArrayLike<number>, p: number): number {
  const sorted = Float64Array.from(values).sort()
  const n = sorted.length
  if (n === 0 || !(p > 0 && p < 1)) throw new RangeError(`a quantile needs values and p in (0, 1), not ${n} and ${p}`)
  const [a, b] = [(n + 1) * p, (n + 1) * (1 - p)]
  let below = 0
  let sum = 0
  for (let i = 0; i < n; i++) {
    const upTo = incompleteBeta((i + 1) / n, a, b)
    sum += (upTo - below) * (sorted[i] as number)
    below = upTo
  }
  return sum
}
