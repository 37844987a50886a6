/**
 * What a method concludes from paired values, at any level: an interval, and the two one-sided p-values that agree
 * with it. Holm and the sequential rule ask for several levels of one and the same inference.
 */

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
