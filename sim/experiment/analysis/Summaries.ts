/** How numbers vary over seeds. */
import { mean, quantileSorted, sampleStandardDeviation } from "simple-statistics"
import { pairedT } from "../../stats/PairedT.ts"
import type { Summary } from "../../store/Analysis.ts"

/** A summary of one number or more. Order does not matter: sums are taken in ascending order. */
export function summaryOf(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b)
  const n = sorted.length
  const { low, high } = pairedT(sorted)
  const at = (p: number): number => quantileSorted(sorted, p)
  return {
    n,
    mean: mean(sorted),
    sd: n > 1 ? sampleStandardDeviation(sorted) : 0,
    low: Number.isFinite(low) ? low : null,
    high: Number.isFinite(high) ? high : null,
    min: at(0),
    p5: at(0.05),
    p25: at(0.25),
    p50: at(0.5),
    p75: at(0.75),
    p95: at(0.95),
    max: at(1)
  }
}
