/**
 * Stopping early without lying: looks at numbers of pairs fixed beforehand, and intervals that are valid at all of
 * them together, so that one may stop at whichever look decides.
 *
 * Method: group-sequential error spending (Lan and DeMets 1983) gives each look a critical value; the repeated
 * interval of the look is the ordinary one at that value's nominal level (Jennison and Turnbull 1989: all of them
 * cover the true effect together with probability `level`, whatever the reason to stop). With few pairs the nominal
 * level is put into Student's t or the score test instead of the normal distribution (Jennison and Turnbull 2000,
 * 4.4), which keeps the error close to what was allowed; `Sequential.slow.test.ts` measures it. Over several KPIs the
 * error of each is Holm's share (Maurer and Bretz 2013), spent over the looks in the same manner.
 *
 * Looks grow geometrically and each spends the same part of the error (`even`): a large effect is seen after tens of
 * pairs, and a small one costs an interval about a third wider than that of a fixed number. `obrien-fleming` spends
 * next to nothing early and costs next to nothing late; it hardly ever stops before a third of the pairs.
 */

import type { Stream } from "../kernel/Stream.ts"
import { boundaries } from "./Boundaries.ts"
import { type Comparison, compareArms } from "./Effect.ts"
import { type Judgement, judge } from "./Holm.ts"
import { normalCdf, normalCritical } from "./Normal.ts"
import type { Matters } from "./Verdict.ts"

/** How the error is spread over the looks. */
export type Spending = "even" | "obrien-fleming"

/** When a comparison is looked at; plain data, for the manifest. */
export interface SequentialPlan {
  /** Of all looks together. */
  readonly level: number
  readonly spending: Spending
  /** Pairs at each look, rising; the last is the most that are run. */
  readonly looks: readonly number[]
}

/** The shape of a plan. */
export interface SequentialOptions {
  /** The most pairs that may be run. */
  readonly maxSeeds: number
  /** Pairs at the first look; 10 when left out. */
  readonly first?: number
  /** By what the next look has more; 1.5 when left out. */
  readonly growth?: number
  /** 0.95 when left out. */
  readonly level?: number
  /** `even` when left out. */
  readonly spending?: Spending
}

/**
 * A plan: looks at `first`, `first` · `growth`, … pairs up to `maxSeeds`.
 * @throws RangeError unless 2 ≤ first ≤ maxSeeds, growth > 1 and 0 < level < 1.
 */
export function sequentialPlan({
  maxSeeds,
  first = 10,
  growth = 1.5,
  level = 0.95,
  spending = "even"
}: SequentialOptions): SequentialPlan {
  const start = Math.min(first, maxSeeds)
  if (!(Number.isSafeInteger(maxSeeds) && Number.isSafeInteger(start) && start >= 2 && growth > 1)) {
    throw new RangeError(`looks need 2 seeds or more and a growth above 1, not ${maxSeeds}, ${first} and ${growth}`)
  }
  if (!(level > 0 && level < 1)) throw new RangeError(`a level lies between 0 and 1, not at ${level}`)
  const looks: number[] = []
  for (let next = start; next < maxSeeds; next *= growth) {
    const n = Math.round(next)
    if (n > (looks.at(-1) ?? 0) && n < maxSeeds) looks.push(n)
  }
  return { level, spending, looks: [...looks, maxSeeds] }
}

const known = new Map<string, readonly number[]>()

/**
 * The level at which intervals are taken at each look, when the error is divided among `divisor` claims (1 when left
 * out).
 */
export function nominalLevels(plan: SequentialPlan, divisor = 1): readonly number[] {
  const { level, spending, looks } = plan
  const key = JSON.stringify([level, spending, looks, divisor])
  const found = known.get(key)
  if (found !== undefined) return found
  const alpha = (1 - level) / divisor
  const last = looks.at(-1) as number
  const spent = looks.map((n, at) =>
    spending === "even"
      ? (alpha * (at + 1)) / looks.length
      : // Lan and DeMets' O'Brien–Fleming type, 2 − 2 Φ(z / √t) a side; never so little that a double loses it.
        Math.max(4 * normalCdf(-normalCritical(alpha / 2) / Math.sqrt(n / last)), ((at + 1) * alpha) / 1e12)
  )
  const levels = boundaries(looks, spent).map((critical) => 1 - 2 * normalCdf(-critical))
  known.set(key, levels)
  return levels
}

/** One KPI's values in both arms, on the seeds run so far. */
export interface SequentialClaim {
  readonly name: string
  readonly baseline: readonly number[]
  readonly treatment: readonly number[]
  readonly matters?: Matters | undefined
}

/** What a look says; plain data. */
export interface Look {
  /** Index of the look in the plan, and its pairs. */
  readonly look: number
  readonly n: number
  readonly judgements: readonly Judgement[]
  /** `decided`: every KPI with a smallest effect has a verdict. `exhausted`: no look is left. */
  readonly state: "go on" | "decided" | "exhausted"
  /** Pairs at the next look; null when there is none to make. */
  readonly next: number | null
}

/**
 * Judges the claims at one look. Every claim must hold exactly the look's pairs: judging between looks, or more often
 * than planned, voids the error rate. Intervals are Student's, or the score test's for 0/1 values; nothing is drawn.
 * @throws RangeError for a look that the plan does not have, or another number of pairs.
 */
export function lookAt(
  plan: SequentialPlan,
  look: number,
  claims: readonly SequentialClaim[],
  { stream }: { readonly stream: Stream }
): Look {
  const n = plan.looks[look]
  if (n === undefined) throw new RangeError(`the plan has ${plan.looks.length} looks, and none of index ${look}`)
  const compared = claims.map(({ name, baseline, treatment, matters }) => {
    if (baseline.length !== n) throw new RangeError(`look ${look} is at ${n} pairs, and ${name} has ${baseline.length}`)
    const comparison: Comparison = compareArms(baseline, treatment, { stream, method: "exact" })
    return { name, comparison, matters }
  })
  const judgements = judge(compared, { levelFor: (divisor) => nominalLevels(plan, divisor)[look] as number })
  const open = judgements.some(({ verdict }) => verdict === "undecided")
  const next = open ? (plan.looks[look + 1] ?? null) : null
  return { look, n, judgements, state: open ? (next === null ? "exhausted" : "go on") : "decided", next }
}
