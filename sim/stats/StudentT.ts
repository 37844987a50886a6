/** Student's t: its tails and their limits, for any positive degrees of freedom. */
import { incompleteBeta } from "./Beta.ts"

/** The probability that T of `degrees` > 0 lies above `t`: half of I_x(ν/2, ½) at x = ν / (ν + t²) (DLMF 8.17(iii)). */
export function tUpper(t: number, degrees: number): number {
  if (t === Number.POSITIVE_INFINITY) return 0
  if (t === Number.NEGATIVE_INFINITY) return 1
  const square = t * t
  const both = incompleteBeta(degrees / (degrees + square), degrees / 2, 0.5, square / (degrees + square))
  return t > 0 ? both / 2 : 1 - both / 2
}

// The same few levels are asked for over and over.
const known = new Map<string, number>()

/**
 * The t that |T| of `degrees` > 0 exceeds with probability `alpha`, in (0, 1]; to about 1e-12 of its size.
 * @throws RangeError for other arguments.
 */
export function tCritical(alpha: number, degrees: number): number {
  if (!(alpha > 0 && alpha <= 1) || !(degrees > 0 && degrees < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`tCritical needs a probability in (0, 1] and degrees above 0, not ${alpha} and ${degrees}`)
  }
  const name = `${alpha}/${degrees}`
  const found = known.get(name)
  if (found !== undefined) return found
  // With s = t / √(ν + t²) the search has two ends; 1 − s² would lose the digits that s² has.
  let low = 0
  let high = 1
  for (let halving = 0; halving < 60; halving++) {
    const s = (low + high) / 2
    const rest = (1 - s) * (1 + s)
    if (incompleteBeta(rest, degrees / 2, 0.5, s * s) > alpha) low = s
    else high = s
  }
  const s = (low + high) / 2
  const t = s * Math.sqrt(degrees / ((1 - s) * (1 + s)))
  if (known.size > 10_000) known.clear()
  known.set(name, t)
  return t
}
