/** The standard normal distribution; its quantile is `sim/kernel`'s. */
import { exp } from "../kernel/Mathematics.ts"
import { normalQuantile } from "../kernel/Quantiles.ts"

/** √(2π). */
const ROOT_TAU = 2.5066282746310002

/**
 * The probability of a standard normal below `x`; in the lower tail to about 1e-13 of its own size, so take
 * `normalCdf(-x)` for the upper one. Up to 2 the series of Abramowitz and Stegun 26.2.11, beyond it the continued
 * fraction 26.2.14.
 */
export function normalCdf(x: number): number {
  const size = Math.abs(x)
  const density = exp((-size * size) / 2) / ROOT_TAU
  if (size < 2) {
    let term = x
    let sum = x
    for (let k = 3; Math.abs(term) > 1e-17; k += 2) {
      term *= (x * x) / k
      sum += term
    }
    return 0.5 + density * sum
  }
  if (size > 38.6) return x > 0 ? 1 : 0
  // Cut off after n steps its error is about exp(−2x √(2n)).
  let fraction = size
  for (let k = 10 + Math.ceil(300 / (size * size)); k > 0; k--) fraction = size + k / fraction
  const tail = density / fraction
  return x > 0 ? 1 - tail : tail
}

/** The z that a standard normal exceeds in size with probability `alpha`, in (0, 1]. */
export function normalCritical(alpha: number): number {
  return -normalQuantile(alpha / 2)
}
