/** Quantiles of samples. */

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
