/** The difference of two means without pairing, to show what pairing buys. */
import { mean, sampleVariance } from "simple-statistics"
import { type Bounds, type Inference, point } from "./Inference.ts"
import { tCritical, tUpper } from "./StudentT.ts"

/**
 * Welch's interval of mean(treatment) − mean(baseline), the two samples taken as independent, with the degrees of
 * freedom of Welch (1938) and Satterthwaite (1946). A point when neither sample varies.
 * @throws RangeError when a sample has fewer than two values.
 */
export function welch(baseline: readonly number[], treatment: readonly number[], level = 0.95): Bounds {
  return welchInference(baseline, treatment).interval(level)
}

/** The same at any level, with its p-values. @throws RangeError when a sample has fewer than two values. */
export function welchInference(baseline: readonly number[], treatment: readonly number[]): Inference {
  const [a, b] = [[...baseline], [...treatment]]
  if (a.length < 2 || b.length < 2) {
    throw new RangeError(`an unpaired interval needs two values or more of each arm, not ${a.length} and ${b.length}`)
  }
  const estimate = mean(b) - mean(a)
  const [partA, partB] = [sampleVariance(a) / a.length, sampleVariance(b) / b.length]
  const variance = partA + partB
  if (variance === 0) return point(estimate, "welch")
  // By shares of the variance, which do not underflow as its square may.
  const [shareA, shareB] = [partA / variance, partB / variance]
  const degrees = 1 / ((shareA * shareA) / (a.length - 1) + (shareB * shareB) / (b.length - 1))
  const error = Math.sqrt(variance)
  return {
    estimate,
    method: "welch",
    interval(level) {
      const half = tCritical(1 - level, degrees) * error
      return { low: estimate - half, high: estimate + half }
    },
    above: (value) => tUpper((estimate - value) / error, degrees),
    below: (value) => tUpper((value - estimate) / error, degrees)
  }
}
