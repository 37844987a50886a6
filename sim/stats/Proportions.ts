/**
 * Proportions: intervals by score tests, which hold where the normal interval of a share does not. A single share by
 * Wilson (1927); the difference of two paired shares by Tango (1998), "Equivalence test and confidence interval for
 * the difference in proportions for the paired-sample design", Statistics in Medicine 17.
 *
 * Of pairs, only those in which the arms disagree carry information: `gained` is 1 after 0, `lost` is 0 after 1.
 */
import { exp, log } from "../kernel/Mathematics.ts"
import { type Bounds, type Inference, invertedScore } from "./Inference.ts"
import { normalCritical } from "./Normal.ts"

/** How paired outcomes fall. */
export interface Discordance {
  /** Pairs. */
  readonly n: number
  /** Pairs with 1 in the treatment and 0 in the baseline. */
  readonly gained: number
  /** Pairs with 0 in the treatment and 1 in the baseline. */
  readonly lost: number
}

/**
 * Wilson's score interval of a share: `successes` of `n` trials, at `level` (0.95 when left out).
 * @throws RangeError unless 0 ≤ successes ≤ n and n ≥ 1.
 */
export function wilson(successes: number, n: number, level = 0.95): Bounds {
  if (!(n >= 1 && successes >= 0 && successes <= n)) {
    throw new RangeError(`a share needs 0 ≤ successes ≤ n, not ${successes} of ${n}`)
  }
  const z = normalCritical(1 - level)
  const share = successes / n
  const middle = share + (z * z) / (2 * n)
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  const whole = 1 + (z * z) / n
  // Rounding must not move an end off the 0 or 1 that it is.
  return {
    low: successes === 0 ? 0 : Math.max(0, (middle - half) / whole),
    high: successes === n ? 1 : Math.min(1, (middle + half) / whole)
  }
}

/** Counts the pairs of 0/1 values in which the arms disagree. */
export function discordance(baseline: readonly number[], treatment: readonly number[]): Discordance {
  let gained = 0
  let lost = 0
  for (let i = 0; i < baseline.length; i++) {
    if (treatment[i] === baseline[i]) continue
    if (treatment[i] === 1) gained++
    else lost++
  }
  return { n: baseline.length, gained, lost }
}

/**
 * Tango's score statistic of "the difference of shares, treatment less baseline, is `difference`", in (−1, 1): the
 * estimate's distance over its standard error under that hypothesis. At 0 it is McNemar's, without continuity.
 */
export function tangoScore({ n, gained, lost }: Discordance, difference: number): number {
  // The likeliest share of pairs lost, when the difference is held.
  const linear = -gained - lost + (2 * n - gained + lost) * difference
  const constant = -lost * difference * (1 - difference)
  const root = Math.sqrt(Math.max(0, linear * linear - 8 * n * constant))
  const share = (root - linear) / (4 * n)
  const variance = n * (2 * share + difference * (1 - difference))
  const distance = gained - lost - n * difference
  if (variance <= 0) return distance === 0 ? 0 : distance * Number.POSITIVE_INFINITY
  return distance / Math.sqrt(variance)
}

/** Tango's inference on the difference of two paired shares; the interval is found by bisection, to about 1e-15. */
export function tangoInference(pairs: Discordance): Inference {
  return invertedScore((pairs.gained - pairs.lost) / pairs.n, (difference) => tangoScore(pairs, difference))
}

/**
 * How often Tango's interval of `level` covers the true difference, exactly: the sum over every outcome of n pairs
 * whose chances to gain and to lose, both above 0, are given.
 */
export function tangoCoverage(n: number, gain: number, loss: number, level = 0.95): number {
  const z = normalCritical(1 - level)
  const [logGain, logLoss, logStay] = [log(gain), log(loss), log(1 - gain - loss)]
  const factorials = new Float64Array(n + 1)
  for (let k = 2; k <= n; k++) factorials[k] = (factorials[k - 1] as number) + log(k)
  const factorial = (k: number): number => factorials[k] as number
  let covered = 0
  const [gains, losses] = [likely(n, gain), likely(n, loss)]
  for (let gained = gains.from; gained <= gains.to; gained++) {
    const row = factorial(n) - factorial(gained) + gained * logGain
    for (let lost = losses.from; lost <= Math.min(losses.to, n - gained); lost++) {
      const stayed = n - gained - lost
      const chance = row - factorial(lost) - factorial(stayed) + lost * logLoss + stayed * logStay
      if (Math.abs(tangoScore({ n, gained, lost }, gain - loss)) <= z) covered += exp(chance)
    }
  }
  return covered
}

/** The counts of n trials outside which less than 1e-9 lies, by Bernstein's inequality. */
function likely(n: number, p: number): { readonly from: number; readonly to: number } {
  const width = 7 * Math.sqrt(n * p * (1 - p)) + 20
  return { from: Math.max(0, Math.floor(n * p - width)), to: Math.min(n, Math.ceil(n * p + width)) }
}
