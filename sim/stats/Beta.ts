/** The incomplete beta function, beneath Student's t, the binomial and Harrell–Davis quantiles. */
import { exp, log, log1p } from "../kernel/Mathematics.ts"

/** Lanczos' coefficients for g = 7 and nine terms, as Godfrey (2001) computed them. */
const LANCZOS = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 0.000009984369578019572, 1.5056327351493116e-7
] as const
/** ln √(2π). */
const LOG_ROOT_TAU = 0.9189385332046728

/** ln Γ(x) for x > 0, to about 1e-14 of its size: Lanczos (1964). */
export function logGamma(x: number): number {
  if (x < 0.5) return logGamma(x + 1) - log(x)
  const z = x - 1
  let sum: number = LANCZOS[0]
  for (let k = 1; k < LANCZOS.length; k++) sum += (LANCZOS[k] as number) / (z + k)
  const t = z + 7.5
  return LOG_ROOT_TAU + (z + 0.5) * log(t) - t + log(sum)
}

/**
 * I_x(a, b), the regularised incomplete beta function, for a, b > 0 and x in [0, 1]; to about 1e-13. `rest` is
 * 1 − x, for callers that know it to more digits than the subtraction leaves. The continued fraction of DLMF
 * 8.17.22, evaluated by Lentz's method (Lentz 1976; Thompson and Barnett 1986).
 */
export function incompleteBeta(x: number, a: number, b: number, rest: number = 1 - x): number {
  if (x <= 0) return 0
  if (rest <= 0) return 1
  // The fraction converges fast below the mean; above it, the other tail is taken.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(rest, b, a, x)
  const logX = x < 0.5 ? log(x) : log1p(-rest)
  const logRest = rest < 0.5 ? log(rest) : log1p(-x)
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * logX + b * logRest) / a
  return front * fraction(x, a, b)
}

function fraction(x: number, a: number, b: number): number {
  const away = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let value = d
  // About √max(a, b) rounds are needed.
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    value *= d * c
    if (Math.abs(d * c - 1) < 1e-15) return value
  }
  throw new RangeError(`the incomplete beta function of ${x}, ${a}, ${b} did not settle`)
}

/** The probability of at most `k` successes in `n` trials, each with probability `p` (DLMF 8.17.5). */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0
  if (k >= n) return 1
  return incompleteBeta(1 - p, n - k, k + 1, p)
}
