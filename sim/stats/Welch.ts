/** The difference of two means without pairing, to show what pairing buys. */
import { mean, sampleVariance } from "simple-statistics"
import type { Bounds } from "./Inference.ts"
import { tCritical } from "./StudentT.ts"

/**
 * Welch's interval of mean(treatment) − mean(baseline), the two samples taken as independent, with the degrees of
 * freedom of Welch (1938) and Satterthwaite (1946). A point when neither sample varies.
 * @throws RangeError when a sample has fewer than two values.
 */
export function welch(baseline: readonly number[], treatment: readonly number[], level = 0.95): Bounds {
  const [a, b] = [[...baseline], [...treatment]]
  if (a.length < 2 || b.length < 2) {
    throw new RangeError(`an unpaired interval needs two values or more of each arm, not ${a.length} and ${b.length}`)
  }
  const difference = mean(b) - mean(a)
  const [partA, partB] = [sampleVariance(a) / a.length, sampleVariance(b) / b.length]
  const variance = partA + partB
  if (variance === 0) return { low: difference, high: difference }
  // By shares of the variance, which do not underflow as its square may.
  const [shareA, shareB] = [partA / variance, partB / variance]
  const degrees = 1 / ((shareA * shareA) / (a.length - 1) + (shareB * shareB) / (b.length - 1))
  const half = tCritical(1 - level, degrees) * Math.sqrt(variance)
  return { low: difference - half, high: difference + half }
}
