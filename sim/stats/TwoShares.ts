/**
 * The difference of two shares that were not paired, by the score test: the statistic of Mee (1984), "Confidence bounds
 * for the difference between two probabilities", Biometrics 40, method 5 of Newcombe (1998), Statistics in Medicine 17.
 *
 * Unlike Welch's, its interval has a width where neither sample varies: that none of n runs went bankrupt leaves room
 * for about 3 / n that do.
 */
import { HALVINGS, type Inference, invertedScore } from "./Inference.ts"

/** A sample of 0 and 1. */
export interface Count {
  readonly n: number
  readonly successes: number
}

/** Counts values that are each 0 or 1. */
export function counted(values: readonly number[]): Count {
  return { n: values.length, successes: values.filter((value) => value === 1).length }
}

/**
 * Inference on share(treatment) − share(baseline), two independent samples of one value or more.
 * @throws RangeError for an empty sample.
 */
export function twoSharesInference(baseline: Count, treatment: Count): Inference {
  if (baseline.n < 1 || treatment.n < 1) throw new RangeError("a share needs one value or more")
  const estimate = treatment.successes / treatment.n - baseline.successes / baseline.n
  return invertedScore(estimate, (difference) => score(baseline, treatment, estimate, difference))
}

/** The estimate's distance from a difference over its standard error where that is the true one. */
function score(baseline: Count, treatment: Count, estimate: number, difference: number): number {
  const share = likeliest(baseline, treatment, difference)
  const other = share + difference
  const variance = (share * (1 - share)) / baseline.n + (other * (1 - other)) / treatment.n
  const distance = estimate - difference
  if (variance <= 0) return distance === 0 ? 0 : distance * Number.POSITIVE_INFINITY
  return distance / Math.sqrt(variance)
}

/** The likeliest share of the baseline when the difference is held: where the slope of the log-likelihood crosses zero. */
function likeliest(baseline: Count, treatment: Count, difference: number): number {
  let [low, high] = [Math.max(0, -difference), Math.min(1, 1 - difference)]
  const part = (count: number, share: number): number => (count === 0 ? 0 : count / share)
  for (let halving = 0; halving < HALVINGS; halving++) {
    const share = (low + high) / 2
    const other = share + difference
    const slope =
      part(baseline.successes, share) -
      part(baseline.n - baseline.successes, 1 - share) +
      part(treatment.successes, other) -
      part(treatment.n - treatment.successes, 1 - other)
    if (slope > 0) low = share
    else high = share
  }
  return (low + high) / 2
}
