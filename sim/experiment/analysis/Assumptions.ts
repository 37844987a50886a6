/** How far the verdicts of the default point survive within the assumed ranges, and which assumption flips them. */
import { mean, sampleStandardDeviation } from "simple-statistics"
import { Stream } from "../../kernel/Stream.ts"
import { type AssumedPoint, type Assumption, type EffectClaim, holdsShare, rankFlips } from "../../stats/Flip.ts"
import { locateFlip } from "../../stats/FlipPlace.ts"
import type { Judgement } from "../../stats/Holm.ts"
import type {
  ArmComparison,
  AssumedClaim,
  AssumedEffect,
  FlipWords,
  MetricWords,
  OverAssumptions
} from "../../store/Analysis.ts"
import type { Design, PointRow } from "../../store/ExperimentManifest.ts"
import type { Axis } from "../Axis.ts"
import type { Asked } from "./Comparison.ts"
import type { Values } from "./Values.ts"

/** An assumption that separates no better than this shuffled is not named as the one that flips. */
const CLEAR = 0.05

/** @returns null where the design samples no assumptions. */
export function overAssumptions(
  values: Values,
  metrics: readonly MetricWords[],
  points: readonly PointRow[],
  axes: readonly Axis[],
  comparisons: readonly ArmComparison[],
  asked: Asked
): OverAssumptions | null {
  const { design, root } = asked
  if (design.assumptions === null) return null
  const sampled = points.filter(({ of }) => of === "assumption" || of === "refined")
  const judged = metrics.filter((metric) => metric.judged).map(({ name }) => name)
  const effects = sampled.map((point) => effectsAt(values, point, axes, design, judged))
  const lost = effects.filter(({ arms }) =>
    Object.values(arms).some((each) => Object.keys(each).length < judged.length)
  ).length
  const claims = comparisons.flatMap(({ arm, kpis }) =>
    kpis.flatMap((judgement): readonly AssumedClaim[] => {
      const claim = claimOf(arm, judgement)
      return claim === undefined ? [] : [survival(claim, effects, axes, `${root}/assumptions/${arm}/${judgement.name}`)]
    })
  )
  return {
    axes: design.axes,
    points: effects.filter(({ of }) => of === "assumption").length,
    refined: effects.filter(({ of }) => of === "refined").length,
    lost,
    pairs: design.assumptions.pairs,
    claims,
    effects
  }
}

type Claim = Pick<AssumedClaim, "arm" | "metric" | "side" | "than" | "says">

/**
 * What the default point says after the correction over arms and KPIs: that an arm raises or lowers a KPI, or (where it is the same) that it does not make it
 * worse by more than the smallest effect of interest. Undefined where it says nothing.
 */
export function claimOf(arm: string, { name, effect, verdict, matters }: Judgement): Claim | undefined {
  if (verdict === null || matters === null || verdict === "undecided") return undefined
  if (verdict === "same") {
    const side = matters.better === "lower" ? "below" : "above"
    const than = matters.better === "lower" ? matters.by : -matters.by
    return { arm, metric: name, side, than, says: `${arm} makes ${name} no worse by ${matters.by} or more` }
  }
  const lowers = effect.effect < 0
  return {
    arm,
    metric: name,
    side: lowers ? "below" : "above",
    than: 0,
    says: `${arm} ${lowers ? "lowers" : "raises"} ${name}`
  }
}

function survival(claim: Claim, effects: readonly AssumedEffect[], axes: readonly Axis[], root: string): AssumedClaim {
  const asked: EffectClaim = { side: claim.side, than: claim.than }
  const placed = (of: readonly AssumedEffect[]): readonly AssumedPoint[] => pointsOf(of, claim)
  const filling = placed(effects.filter(({ of }) => of === "assumption"))
  // Each claim stands on the points at which its own arm's effect is known. Without any, nothing is known of it.
  if (filling.length === 0) {
    const share = { share: 0, low: 0, high: 1, level: 0.95, n: 0, holds: 0, unclear: 0 }
    return { ...claim, share, ranks: [], flip: null }
  }
  const assumptions = assumptionsOf(axes)
  const ranks = rankFlips(filling, assumptions, asked, { stream: Stream.open(`${root}/rank`) })
  const [first] = ranks
  const axis = first === undefined ? -1 : axes.findIndex(({ param }) => param === first.name)
  const of = axes[axis]
  let flip: FlipWords | null = null
  if (first !== undefined && of !== undefined) {
    const place = locateFlip(placed(effects), assumptions, asked, { axis })
    const written = { at: of.from(place.at), low: of.from(place.low), high: of.from(place.high) }
    flip = { ...place, written, clear: first.p < CLEAR }
  }
  return {
    ...claim,
    share: holdsShare(filling, asked),
    ranks: ranks.map((rank) => ({
      ...rank,
      written: axes.find(({ param }) => param === rank.name)?.at(rank.threshold) ?? ""
    })),
    flip
  }
}

/** Coordinates from 0 to 1, so that ranges that span magnitudes are even. */
export function assumptionsOf(axes: readonly Axis[]): readonly Assumption[] {
  return axes.map(({ param }) => ({ name: param, low: 0, high: 1 }))
}

/** The points at which an arm's effect on a KPI is known. */
export function pointsOf(
  effects: readonly AssumedEffect[],
  { arm, metric }: { readonly arm: string; readonly metric: string }
): readonly AssumedPoint[] {
  return effects.flatMap(({ at, arms }) => {
    const found = arms[arm]?.[metric]
    return found === undefined ? [] : [{ at, effect: found.effect, error: found.error }]
  })
}

/** The paired effects at a point; KPIs of fewer than two pairs are left out. */
export function effectsAt(
  values: Values,
  { point, of, set }: PointRow,
  axes: readonly Axis[],
  { arms: all }: Design,
  judged: readonly string[]
): AssumedEffect {
  const [reference = "", ...others] = all
  const arms: { [arm: string]: { [metric: string]: { effect: number; error: number; n: number } } } = {}
  for (const arm of others) {
    const found: { [metric: string]: { effect: number; error: number; n: number } } = {}
    for (const metric of judged) {
      const [baseline, treatment] = values.pairs(metric, point, [reference, arm])
      const differences = baseline.map((value, at) => (treatment[at] ?? Number.NaN) - value)
      const n = differences.length
      if (n < 2) continue
      found[metric] = { effect: mean(differences), error: sampleStandardDeviation(differences) / Math.sqrt(n), n }
    }
    arms[arm] = found
  }
  // Sampled points are either; and every axis has its Param set there.
  const kind = of === "refined" ? "refined" : "assumption"
  return { point, of: kind, set, at: axes.map((axis) => axis.coordinate(set[axis.param] ?? "") ?? 0), arms }
}
