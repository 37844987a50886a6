/** What a test may expect of an experiment, with its uncertainty: `toKeep` a budget, `toBeSameAs` a baseline. */
import { mean } from "simple-statistics"
import { quoted } from "../../reports/run/CommandLine.ts"
import type { Baseline } from "../experiment/gate/Baseline.ts"
import { judgeRuns, type KpiChecked } from "../experiment/gate/Judge.ts"
import { Runs } from "../experiment/gate/Record.ts"
import { tInference } from "../stats/PairedT.ts"
import { wilson } from "../stats/Proportions.ts"
import type { Found } from "./Experiment.ts"

/** A bound that a KPI's mean shall keep. One of the two, or both. */
export interface Budget {
  readonly below?: number
  readonly above?: number
  /** How sure the bound must be, in (0.5, 1); 0.95 when left out. */
  readonly confidence?: number
}

/** What Vitest asks of a matcher. */
export interface Answer {
  readonly pass: boolean
  readonly message: () => string
}

/**
 * Whether the mean over seeds lies below, or above, a bound: with the asked confidence, one-sided, by Student's t, or of
 * values that are all 0 or 1 by Wilson's score interval: 0 in each of two runs leaves room for a share of 57 %, in each of
 * 52 for 5 %. Two seeds at least; another KPI that is the same in every run needs no more.
 * @throws ScenarioError UnknownMetric; RangeError for a budget without a bound.
 */
export function toKeep(found: Found, metric: string, { below, above, confidence = 0.95 }: Budget): Answer {
  if (below === undefined && above === undefined) throw new RangeError("a budget needs a bound: below, above or both")
  if (!(confidence > 0.5 && confidence < 1)) {
    throw new RangeError(`a confidence lies between 0.5 and 1, not at ${confidence}`)
  }
  const values = found.values(metric)
  const { low, high } = boundsOf(values, confidence)
  const average = mean([...values])
  const broken: string[] = []
  const tooHigh = below !== undefined && !(high < below)
  if (tooHigh) broken.push(words("below", below, low >= below, high))
  if (above !== undefined && !(low > above)) broken.push(words("above", above, high <= above, low))
  const percent = `${Number((confidence * 100).toPrecision(4))} %`
  const wanted = [
    ...(below === undefined ? [] : [`below ${below}`]),
    ...(above === undefined ? [] : [`above ${above}`])
  ].join(" and ")
  const where = `${found.scenario.id}, arm ${found.arm}${setWords(found)}, seeds ${found.seeds[0]} to ${found.seeds.at(-1)}`
  const worst = worstSeed(found, values, tooHigh || (broken.length === 0 && below !== undefined) ? 1 : -1)
  return {
    pass: broken.length === 0,
    message: () =>
      broken.length === 0
        ? `expected ${metric} not to be ${wanted}, but it is, with ${percent}: mean ${short(average)} (${short(low)} to ${short(high)})\n  ${where}`
        : [
            `expected ${metric} to be ${wanted}, with ${percent}`,
            `  it is ${short(average)} on average (${short(low)} to ${short(high)}): ${broken.join("; ")}`,
            `  ${where}`,
            `  seed ${worst.seed} shows it best: ${short(worst.value)}`,
            `    mesocosm run ${found.scenario.id} --arm ${quoted(found.arm)} --seed ${worst.seed}${flags(found)}`
          ].join("\n")
  }
}

function words(side: string, bound: number, certain: boolean, end: number): string {
  return certain
    ? `certainly not ${side} ${bound}`
    : `it may be ${short(end)}, so ${side} ${bound} is not shown; more seeds may show it`
}

/** Bounds of the mean, each of which holds with the confidence: of 0/1 values Wilson's, which have a width even of equal ones. */
function boundsOf(values: readonly number[], confidence: number): { readonly low: number; readonly high: number } {
  if (values.length > 1 && values.every((value) => value === 0 || value === 1)) {
    return wilson(values.filter((value) => value === 1).length, values.length, 2 * confidence - 1)
  }
  const [first] = values
  if (first !== undefined && values.length > 1 && values.every((value) => value === first)) {
    return { low: first, high: first }
  }
  if (values.length < 2) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  return tInference(values).interval(2 * confidence - 1)
}

/**
 * Whether every KPI lies within its smallest effect of the recorded one, with the confidence, both ways; runs that left
 * the recorded digests are the same without further ado.
 * @throws RangeError when the baseline is of another scenario, or lacks the arm.
 */
export function toBeSameAs(found: Found, baseline: Baseline, confidence = 0.95): Answer {
  const { scenario, arm, seeds } = found
  const recorded = baseline.arms[arm]
  if (baseline.scenario !== scenario.id || recorded === undefined) {
    throw new RangeError(
      `the baseline is of ${baseline.scenario}, arms ${Object.keys(baseline.arms).join(", ")}, and not of ${scenario.id}, arm ${arm}`
    )
  }
  const runs = new Runs()
  for (const [at, record] of found.records.entries()) {
    const task = { arm, seed: record.seed, set: found.set, hash: record.hash }
    runs.add({ task, record, manifest: found.manifests[at], error: undefined })
  }
  const one: Baseline = { ...baseline, arms: { [arm]: recorded } }
  const judged = judgeRuns(
    one,
    { seeds, arms: { [arm]: runs.of(arm, seeds, Object.keys(baseline.kpis)) } },
    { confidence }
  )
  const identical = judged.arms.every((each) => each.identical)
  const others = identical ? [] : judged.kpis.filter((each) => !isSame(each))
  const pairing = judged.paired ? "paired by seed" : `not paired: recorded were ${baseline.seeds.count} other seeds`
  return {
    pass: others.length === 0,
    message: () =>
      others.length === 0
        ? `expected ${scenario.id}, arm ${arm} not to be the same as its baseline, but it is${identical ? ", digest by digest" : ""}`
        : [
            `expected ${scenario.id}, arm ${arm} to be the same as its baseline (${seeds.length} seeds, ${pairing})`,
            ...others.map(({ kpi, effect, declared, worst }) =>
              effect === undefined
                ? `  ${kpi}: too few runs to say`
                : `  ${kpi}: ${short(effect.baseline)} → ${short(effect.treatment)}, by ${short(effect.effect)} (${short(effect.low)} to ${short(effect.high)}); ±${declared.by} is the same${worst === undefined ? "" : `; seed ${worst.seed} shows it best`}`
            )
          ].join("\n")
  }
}

function isSame({ effect, declared: { by } }: KpiChecked): boolean {
  if (effect === undefined) return false
  // No difference at all is the same even where none is allowed.
  return (effect.low > -by && effect.high < by) || (effect.low === 0 && effect.high === 0)
}

function worstSeed(
  found: Found,
  values: readonly number[],
  sign: 1 | -1
): { readonly seed: number; readonly value: number } {
  let at = 0
  for (const [nth, value] of values.entries()) if (sign * value > sign * (values[at] as number)) at = nth
  return { seed: found.seeds[at] as number, value: values[at] as number }
}

function setWords({ set }: Found): string {
  const all = Object.entries(set).map(([name, value]) => `${name}=${value}`)
  return all.length === 0 ? "" : ` with ${all.join(", ")}`
}

function flags({ set }: Found): string {
  return Object.entries(set)
    .map(([name, value]) => ` --set ${quoted(`${name}=${value}`)}`)
    .join("")
}

function short(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : "anything"
}
