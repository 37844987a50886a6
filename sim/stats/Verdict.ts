/**
 * Verdicts: what an interval says of a KPI, against its declared smallest effect of interest. Pure rules over an
 * interval; no declaration, no verdict.
 */
import type { Bounds } from "./Inference.ts"

/** The smallest effect of interest, in the KPI's unit, and which way is good. */
export interface Matters {
  readonly by: number
  readonly better: "lower" | "higher"
}

/** One arm against another, on one KPI. */
export type Verdict = "better" | "worse" | "same" | "undecided"

/** What a gate says: it stops a change only where the harm is certain. */
export type Gate = "passes" | "fails" | "undecided"

/**
 * *same* when the interval lies wholly inside ±`by`; *better* or *worse* when it excludes zero and does not lie
 * wholly inside; else *undecided*. The ends belong to the interval, and ±`by` is not inside.
 * @throws RangeError unless `by` is finite and not negative.
 */
export function verdictOf({ low, high }: Bounds, matters: Matters): Verdict {
  const { by, better } = checked(matters)
  if (low > -by && high < by) return "same"
  if (low > 0) return better === "higher" ? "better" : "worse"
  if (high < 0) return better === "lower" ? "better" : "worse"
  return "undecided"
}

/**
 * *fails* when the whole interval lies beyond `by` on the worse side, *passes* when it reaches nowhere beyond, else
 * *undecided*. An effect of exactly `by` is not beyond it.
 * @throws RangeError unless `by` is finite and not negative.
 */
export function gateOf({ low, high }: Bounds, matters: Matters): Gate {
  const { by, better } = checked(matters)
  const [least, most] = better === "lower" ? [low, high] : [-high, -low]
  if (least > by) return "fails"
  return most <= by ? "passes" : "undecided"
}

function checked(matters: Matters): Matters {
  if (!(matters.by >= 0 && matters.by < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`the smallest effect of interest is a finite amount, 0 or more, not ${matters.by}`)
  }
  return matters
}
