/**
 * What a method concludes from paired values, at any level: an interval, and the two one-sided p-values that agree
 * with it. Holm and the sequential rule ask for several levels of one and the same inference.
 */

import { normalCdf, normalCritical } from "./Normal.ts"

/** An interval, in the unit of the values. */
export interface Bounds {
  readonly low: number
  readonly high: number
}

/** How an interval was made. */
export type Method = "bca" | "paired-t" | "proportions" | "welch" | "identical"

/**
 * The conclusion of one method. Not plain data; `Effect` is.
 *
 * Invariant: intervals are nested, a higher level containing a lower one, and zero (or any value) leaves the
 * interval of level 1 − α at that α at which the smaller of the one-sided p-values is α / 2.
 */
export interface Inference {
  readonly estimate: number
  readonly method: Method
  /** The interval that covers the true effect with probability `level`, as far as the method holds. */
  interval(level: number): Bounds
  /** P-value of "the effect is at most `value`" against "it is larger". */
  above(value: number): number
  /** P-value of "the effect is at least `value`" against "it is smaller". */
  below(value: number): number
}

/** Two-sided p-value of "the effect is `value`": twice the smaller of the one-sided ones. */
export function twoSided(inference: Inference, value: number): number {
  return Math.min(1, 2 * inference.above(value), 2 * inference.below(value))
}

/**
 * P-value of "the effect is `by` or more away from zero" against "it is nearer": the larger of two one-sided tests
 * (TOST; Schuirmann 1987). Below α / 2 exactly where the interval of level 1 − α lies inside ±`by`.
 */
export function equivalence(inference: Inference, by: number): number {
  return Math.max(inference.above(-by), inference.below(by))
}

/** Halvings of a bisection: to about 1e-15. */
export const HALVINGS = 55

/**
 * The inference on a difference of two shares by inverting a score statistic, standard normal where the difference is
 * the true one: `scoreAt` gives it for a difference in [−1, 1], and falls as the difference rises.
 */
export function invertedScore(estimate: number, scoreAt: (difference: number) => number): Inference {
  const within = (value: number): number => scoreAt(Math.max(-1, Math.min(1, value)))
  const solve = (critical: number, from: number, to: number): number => {
    let [low, high] = [from, to]
    for (let halving = 0; halving < HALVINGS; halving++) {
      const middle = (low + high) / 2
      if (scoreAt(middle) > critical) low = middle
      else high = middle
    }
    return (low + high) / 2
  }
  return {
    estimate,
    method: "proportions",
    interval(level) {
      const z = normalCritical(1 - level)
      return {
        low: estimate === -1 ? -1 : solve(z, -1, estimate),
        high: estimate === 1 ? 1 : solve(-z, estimate, 1)
      }
    },
    above: (value) => normalCdf(-within(value)),
    below: (value) => normalCdf(within(value))
  }
}

/** The inference from differences that are all equal: a point, at every level. */
export function point(estimate: number, method: Method): Inference {
  return {
    estimate,
    method,
    interval: () => ({ low: estimate, high: estimate }),
    above: (value) => (estimate > value ? 0 : 1),
    below: (value) => (estimate < value ? 0 : 1)
  }
}
