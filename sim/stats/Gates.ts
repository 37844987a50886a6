/**
 * What a gate says of several KPIs at once. A gate asks another question than `Holm.ts` does: not whether a KPI differs,
 * but whether it got worse by more than what matters. So its steps go by that.
 *
 * Two families of claims are corrected (Holm 1979), each by itself, at α = 1 − level, read off intervals:
 * - "it fails": in order of their p-value of "worse by at most `by`"; the interval of the r-th of m is taken at level
 *   1 − α / (m − r + 1), as long as those before it lay wholly beyond `by`. Where one does not, the rest share its divisor.
 * - "it passes": in order of their p-value of "worse by `by` or more", with "reaches nowhere beyond `by`" in its place.
 *
 * So the chance that any KPI which got worse by no more than `by` fails is at most α, and that any which got worse by
 * more passes is at most α; each as far as the intervals cover what they promise. Intervals have two sides and these
 * claims one, so that α / 2 is what is reached.
 */
import type { Comparison, Effect } from "./Effect.ts"
import { type LevelFor, stepDown } from "./Holm.ts"
import { type Gate, gateOf, type Matters } from "./Verdict.ts"

/** A KPI that is held against a gate. */
export interface Gated {
  /** Unique among those that are judged together. */
  readonly name: string
  readonly comparison: Comparison
  readonly matters: Matters
}

/** What the gate says of it; plain data. */
export interface GateJudgement {
  readonly name: string
  /** At the level at which what is said stands after the correction. */
  readonly effect: Effect
  readonly says: Gate
  /** Among how many claims the error was divided for this one's interval. */
  readonly divisor: number
}

/** Judges all together, in the order given. `levelFor` as in `judge` of `Holm.ts`. */
export function judgeGates(
  claims: readonly Gated[],
  { level = 0.95, levelFor }: { readonly level?: number; readonly levelFor?: LevelFor } = {}
): readonly GateJudgement[] {
  const at: LevelFor = levelFor ?? ((divisor) => 1 - (1 - level) / divisor)
  const says = ({ comparison, matters }: Gated, divisor: number): Gate =>
    gateOf(comparison.interval(at(divisor)), matters)
  const fails = stepDown(claims, noHarm, (claim, divisor) => says(claim, divisor) === "fails")
  const passes = stepDown(claims, harm, (claim, divisor) => says(claim, divisor) === "passes")
  return claims.map((claim) => {
    const { name, comparison } = claim
    const [first, second] = [fails.get(name) as number, passes.get(name) as number]
    const divisor =
      says(claim, first) === "fails" ? first : says(claim, second) === "passes" ? second : Math.max(first, second)
    return { name, effect: comparison.at(at(divisor)), says: says(claim, divisor), divisor }
  })
}

/** P-value of "it got worse by at most `by`". */
function noHarm({ comparison, matters: { by, better } }: Gated): number {
  return better === "lower" ? comparison.above(by) : comparison.below(-by)
}

/** P-value of "it got worse by `by` or more". */
function harm({ comparison, matters: { by, better } }: Gated): number {
  return better === "lower" ? comparison.below(by) : comparison.above(-by)
}
