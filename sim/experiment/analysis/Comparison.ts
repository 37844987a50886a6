/** Arms at a point: how each varies, and how they differ. */
import type { Hex } from "../../chain/Contracts.ts"
import { Stream } from "../../kernel/Stream.ts"
import { compareArms } from "../../stats/Effect.ts"
import { type Claim, type Judgement, judge } from "../../stats/Holm.ts"
import { type Look, lookAt, nominalLevels, type SequentialPlan, sequentialPlan } from "../../stats/Sequential.ts"
import type { ArmComparison, ArmSummary, MetricWords, Sequential } from "../../store/Analysis.ts"
import type { Design } from "../../store/ExperimentManifest.ts"
import { summaryOf } from "./Summaries.ts"
import type { Values } from "./Values.ts"

/** What a comparison needs to know beside the values. */
export interface Asked {
  readonly design: Design
  /** Names the streams that are drawn from. */
  readonly root: Hex
  readonly stopped: Sequential | null
}

/** An arm at a point. */
export function armSummary(values: Values, metrics: readonly MetricWords[], point: number, arm: string): ArmSummary {
  const runs = values.runs(point, arm)
  const complete = runs.filter(({ outcome }) => outcome?.status === "complete").length
  return {
    arm,
    complete,
    failed: runs.filter(({ outcome }) => outcome?.status === "failed").length,
    metrics: Object.fromEntries(
      metrics.flatMap(({ name }) => {
        const sample = values.of(name, point, arm)
        return sample.length === 0 ? [] : [[name, summaryOf(sample)] as const]
      })
    )
  }
}

/**
 * Every other arm against the first at a point. The judged KPIs of all of them are one family of claims (Holm), so that
 * neither more KPIs nor more arms mean more false alarms: whoever reads "some arm is better" reads all of them.
 */
export function compareAt(
  values: Values,
  metrics: readonly MetricWords[],
  asked: Asked & { readonly point: number }
): readonly ArmComparison[] {
  const { design, root, stopped, point } = asked
  const [reference = "", ...others] = design.arms
  const claims: (Claim & Named)[] = []
  const compared = others.map((arm) => {
    const rest: { name: string; effect: Judgement["effect"] }[] = []
    for (const { name, judged, matters } of metrics) {
      const [baseline, treatment] = values.pairs(name, point, [reference, arm])
      if (baseline.length < 2) continue
      const stream = Stream.open(`${root}/${point}/${arm}/${name}`)
      const claim = { name: claimName(arm, name), arm, metric: name }
      if (!judged || matters === null) {
        rest.push({ name, effect: compareArms(baseline, treatment, { stream }).at(0.95) })
      } else if (stopped === null) {
        claims.push({ ...claim, comparison: compareArms(baseline, treatment, { stream }), matters })
      } else {
        const { stoppedAt: n } = stopped
        const exact = compareArms(baseline.slice(0, n), treatment.slice(0, n), { stream, method: "exact" })
        claims.push({ ...claim, comparison: exact, matters })
      }
    }
    return { arm, ...values.complete(point, [reference, arm]), others: rest }
  })
  // What was looked at more than once is judged at the level of its last look, over the same family as at the looks.
  const plan = planOf(design)
  const judgements =
    stopped === null || plan === undefined
      ? judge(claims)
      : judge(claims, {
          levelFor: (divisor) => nominalLevels(plan, divisor)[plan.looks.indexOf(stopped.stoppedAt)] as number
        })
  return compared.map(({ others: rest, ...of }) => ({
    ...of,
    kpis: judgements.flatMap((judgement, at) => {
      // In the order of the claims.
      const { arm, metric } = claims[at] as Named
      return arm === of.arm ? [{ ...judgement, name: metric }] : []
    }),
    others: rest
  }))
}

/** A claim's arm and metric. */
interface Named {
  readonly arm: string
  readonly metric: string
}

/** Unique among the claims of a point: no arm has a line feed in its name. */
const claimName = (arm: string, metric: string): string => `${arm}\n${metric}`

/** When a design that adds seeds looks at them. */
export function planOf({ until }: Design): SequentialPlan | undefined {
  return until === null ? undefined : sequentialPlan({ maxSeeds: until.maxSeeds })
}

/** A look at every comparison of the default point, one family as in `compareAt`; undefined while pairs are missing. */
export function look(
  values: Values,
  metrics: readonly MetricWords[],
  {
    design,
    root,
    point,
    at
  }: { readonly design: Design; readonly root: Hex; readonly point: number; readonly at: number }
): Look | undefined {
  const plan = planOf(design)
  const n = plan?.looks[at]
  if (plan === undefined || n === undefined) return undefined
  const [reference = "", ...arms] = design.arms
  const claims = arms.flatMap((arm) =>
    metrics.flatMap(({ name, judged, matters }) => {
      if (!judged || matters === null) return []
      const [baseline, treatment] = values.pairs(name, point, [reference, arm])
      return [{ name: claimName(arm, name), baseline: baseline.slice(0, n), treatment: treatment.slice(0, n), matters }]
    })
  )
  if (claims.some(({ baseline }) => baseline.length < n)) return undefined
  return lookAt(plan, at, claims, { stream: Stream.open(`${root}/look`) })
}

/** The look at which seeds were no longer added; null where none were. */
export function stoppedAt(
  values: Values,
  metrics: readonly MetricWords[],
  design: Design,
  point: number,
  root: Hex
): Sequential | null {
  const plan = planOf(design)
  if (plan === undefined) return null
  for (const [at, n] of plan.looks.entries()) {
    const looked = look(values, metrics, { design, root, point, at })
    // Too many runs failed for this look: the last one that could be made stands.
    if (looked === undefined) {
      return { looks: plan.looks, stoppedAt: plan.looks[Math.max(0, at - 1)] ?? n, decided: false }
    }
    const decided = looked.state === "decided"
    if (decided || at === plan.looks.length - 1) return { looks: plan.looks, stoppedAt: n, decided }
  }
  return null
}
