/**
 * Verdicts on several KPIs at once, so that more KPIs do not mean more false alarms: Holm (1979), "A simple
 * sequentially rejective multiple test procedure", read off intervals.
 *
 * Two families of claims are corrected, each by itself, at α = 1 − level:
 * - "it differs": KPIs in order of their p-value of no effect; the interval of the r-th of m is taken at level
 *   1 − α / (m − r + 1), as long as those before it excluded zero. Where one does not, the rest share its divisor.
 * - "it is the same": in order of their p-value of two one-sided tests, in like manner, with "lies inside ±by" in the
 *   place of "excludes zero".
 *
 * So the chance that any KPI without an effect is called better or worse is at most α, and that any KPI whose effect
 * is `by` or more is called same is at most α; each as far as the intervals cover what they promise (`approximate`
 * says where they do not). That a KPI with an effect is called the wrong way round is no family of its own: for each
 * KPI its chance is at most half of 1 − the level shown.
 *
 * Invariant: the verdict of a KPI is that of `verdictOf` on the interval shown with it, which is of a level at which
 * its claim stands after the correction: for *same* that of the second family, for *better* and *worse* that of the
 * first or a higher one, for *undecided* the higher of the two.
 */
import type { Comparison, Effect } from "./Effect.ts"
import { type Bounds, equivalence, twoSided } from "./Inference.ts"
import { type Matters, type Verdict, verdictOf } from "./Verdict.ts"

/** One KPI (of one treatment), compared. */
export interface Claim {
  /** Unique among the claims that are judged together. */
  readonly name: string
  readonly comparison: Comparison
  /** Left out where the scenario declares none: then there is no verdict, and the claim takes no share of the error. */
  readonly matters?: Matters | undefined
}

/** What may be said of one KPI; plain data. */
export interface Judgement {
  readonly name: string
  /** At the level at which the verdict stands after the correction. */
  readonly effect: Effect
  readonly matters: Matters | null
  /** Null without `matters`. */
  readonly verdict: Verdict | null
  /** Among how many claims the error was divided for this one's interval; 1 where nothing was corrected. */
  readonly divisor: number
}

/** At which level an interval is taken when the error is divided among so many claims. */
export type LevelFor = (divisor: number) => number

/**
 * Judges all claims together, in the order given. `level` is that of a single claim, 0.95 when left out; `levelFor`
 * replaces 1 − (1 − level) / divisor where looks share the error too (`Sequential.ts`), and must rise with the divisor.
 */
export function judge(
  claims: readonly Claim[],
  { level = 0.95, levelFor }: { readonly level?: number; readonly levelFor?: LevelFor } = {}
): readonly Judgement[] {
  const at: LevelFor = levelFor ?? ((divisor) => 1 - (1 - level) / divisor)
  const declared = claims.filter((claim): claim is Declared => claim.matters !== undefined)
  const differs = stepDown(
    declared,
    ({ comparison }) => twoSided(comparison, 0),
    ({ comparison }, divisor) => excludesZero(comparison.interval(at(divisor)))
  )
  const same = stepDown(
    declared,
    ({ comparison, matters }) => equivalence(comparison, matters.by),
    ({ comparison, matters }, divisor) => verdictOf(comparison.interval(at(divisor)), matters) === "same"
  )
  return claims.map(({ name, comparison, matters }) => {
    if (matters === undefined) {
      return { name, effect: comparison.at(at(1)), matters: null, verdict: null, divisor: 1 }
    }
    const [first, second] = [differs.get(name) as number, same.get(name) as number]
    const says = (divisor: number): Verdict => verdictOf(comparison.interval(at(divisor)), matters)
    const settled = says(second) === "same" ? second : decided(says(first)) ? first : Math.max(first, second)
    const effect = comparison.at(at(settled))
    return {
      name,
      effect,
      matters,
      verdict: verdictOf(effect, matters),
      divisor: settled
    }
  })
}

type Declared = Claim & { readonly matters: Matters }

/** The divisor of each claim, by its name: how many shared the error when its turn came, in the order of `order`. */
export function stepDown<C extends { readonly name: string }>(
  claims: readonly C[],
  order: (claim: C) => number,
  stands: (claim: C, divisor: number) => boolean
): ReadonlyMap<string, number> {
  const ranked = claims.map((claim) => ({ claim, p: order(claim) })).sort((a, b) => a.p - b.p)
  const divisors = new Map<string, number>()
  let divisor = ranked.length
  let going = true
  for (const { claim } of ranked) {
    divisors.set(claim.name, divisor)
    going &&= stands(claim, divisor)
    if (going) divisor--
  }
  return divisors
}

const excludesZero = ({ low, high }: Bounds): boolean => low > 0 || high < 0
const decided = (verdict: Verdict): boolean => verdict === "better" || verdict === "worse"
