/** Distributions as a whole: the mean of the worst part, the empirical distribution, and whether two of them differ. */
import { exp } from "../kernel/Mathematics.ts"

/**
 * The mean of the `share` in (0, 1] of the values that are lowest, or highest: the expected shortfall, a value that
 * the share cuts through counted in part (Acerbi and Tasche 2002, definition 2.6).
 * @throws RangeError without values, or for another share.
 */
export function expectedShortfall(
  values: ArrayLike<number>,
  { share, tail }: { readonly share: number; readonly tail: "lowest" | "highest" }
): number {
  const sorted = Float64Array.from(values).sort()
  const n = sorted.length
  if (n === 0 || !(share > 0 && share <= 1)) {
    throw new RangeError(`a shortfall needs values and a share in (0, 1], not ${n} and ${share}`)
  }
  if (tail === "highest") sorted.reverse()
  const mass = share * n
  const whole = Math.floor(mass)
  let sum = 0
  for (let i = 0; i < whole; i++) sum += sorted[i] as number
  if (whole < n) sum += (mass - whole) * (sorted[whole] as number)
  return sum / mass
}

/** The empirical distribution: the distinct values, ascending, and the share of values at or below each. */
export function ecdf(values: ArrayLike<number>): { readonly at: readonly number[]; readonly share: readonly number[] } {
  const sorted = Float64Array.from(values).sort()
  const at: number[] = []
  const share: number[] = []
  for (let i = 0; i < sorted.length; i++) {
    if (sorted[i] === sorted[i + 1]) continue
    at.push(sorted[i] as number)
    share.push((i + 1) / sorted.length)
  }
  return { at, share }
}

/** The largest distance between two empirical distributions, and how likely one so large is if they are the same. */
export interface KolmogorovSmirnov {
  readonly statistic: number
  readonly p: number
  /** Whether `p` was counted exactly or taken from the limit of large samples. */
  readonly method: "exact" | "asymptotic"
}

/** Above so many pairs of values the exact count takes too long. */
const EXACT = 4_000_000

/**
 * The two-sample test of Kolmogorov (1933) and Smirnov (1939), two-sided, for independent samples; where values are
 * tied it errs to the careful side. Exact by counting lattice paths (Hodges 1958, as Schröer and Trenkler 1995),
 * beyond four million pairs of values by Kolmogorov's limit.
 * @throws RangeError when a sample is empty.
 */
export function kolmogorovSmirnov(a: ArrayLike<number>, b: ArrayLike<number>): KolmogorovSmirnov {
  const [x, y] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()]
  const [m, n] = [x.length, y.length]
  if (m === 0 || n === 0) throw new RangeError(`two samples are compared, not ${m} and ${n} values`)
  // In whole units of 1 / (m n), so that ties in the distance are ties.
  let [i, j, most] = [0, 0, 0]
  while (i < m && j < n) {
    const value = Math.min(x[i] as number, y[j] as number)
    while (i < m && x[i] === value) i++
    while (j < n && y[j] === value) j++
    most = Math.max(most, Math.abs(i * n - j * m))
  }
  const statistic = most / (m * n)
  if (m * n > EXACT)
    return { statistic, p: kolmogorovTail(statistic * Math.sqrt((m * n) / (m + n))), method: "asymptotic" }
  return { statistic, p: Math.max(0, 1 - staying(m, n, most)), method: "exact" }
}

/** The chance that a path over m by n steps, all equally likely, keeps |i n − j m| below `limit`. */
function staying(m: number, n: number, limit: number): number {
  const row = new Float64Array(n + 1)
  for (let j = 0; j <= n; j++) row[j] = j * m < limit ? 1 : 0
  for (let i = 1; i <= m; i++) {
    const weight = i / (i + n)
    row[0] = i * n < limit ? weight * (row[0] as number) : 0
    for (let j = 1; j <= n; j++) {
      row[j] = Math.abs(i * n - j * m) < limit ? weight * (row[j] as number) + (row[j - 1] as number) : 0
    }
  }
  return row[n] as number
}

/** The chance that Kolmogorov's limit distribution exceeds x: 2 Σ (−1)^(k − 1) exp(−2 k² x²). */
export function kolmogorovTail(x: number): number {
  // Below this the series needs more terms than it has digits, and the chance is 1 to nine of them.
  if (x < 0.25) return 1
  let sum = 0
  for (let k = 1; k <= 100; k++) {
    const term = exp(-2 * k * k * x * x)
    sum += k % 2 === 1 ? term : -term
    if (term < 1e-17) break
  }
  return Math.min(1, 2 * sum)
}
