/**
 * What the first screen of an experiment's report says, as plain text: for a page, and for Markdown.
 *
 * Invariant: nothing is said that the folder does not hold; what was not measured is said to be so, with the command.
 */
import type { ArmComparison, AssumedClaim, Summary } from "../../sim/store/Analysis.ts"
import { undoneWhere } from "../format/Place.ts"
import { amount, counted, difference, listed, quantity, type Style, smallestEffect } from "../format/Quantity.ts"
import { words } from "../format/Short.ts"
import type { ExperimentFacts } from "./Facts.ts"

/** What became of one KPI. */
export interface KpiAnswer {
  readonly title: string
  /** What it is. */
  readonly says: string | null
  /** better, worse, same, undecided; "measured" where nothing says what matters. */
  readonly verdict: string
  /** `−79.5` */
  readonly effect: string
  /** `−87.9 to −71` */
  readonly interval: string
  /** `55 instead of 134.5` */
  readonly change: string
  readonly matters: string | null
  readonly survival: string | null
  readonly style: Style
  /** How it varies over the seeds, per arm. */
  readonly spread: readonly { readonly arm: string; readonly summary: Summary }[]
}

/** What one arm changes. */
export interface ArmAnswer {
  readonly arm: string
  /** `stake to 500,000 tokens (now 0)` */
  readonly changes: string
  readonly pairs: number
  /** One sentence. */
  readonly short: string
  readonly kpis: readonly KpiAnswer[]
}

/** A line, and the command that would make it say more. */
export interface Line {
  readonly text: string
  readonly command?: string
}

/** Verdicts in the order in which they are told. */
export const ORDER: readonly string[] = ["better", "worse", "same", "undecided", "measured"]

/** What each arm changes against the reference. */
export function armAnswers(facts: ExperimentFacts): readonly ArmAnswer[] {
  return facts.analysis.comparisons.map((compared) => {
    const { arm, pairs } = compared
    const kpis = compared.kpis.map((judgement) => kpiAnswer(facts, compared, judgement))
    return { arm, pairs, kpis, changes: listed(changesOf(facts, arm).map(inWords)), short: shortOf(arm, kpis) }
  })
}

function kpiAnswer(
  facts: ExperimentFacts,
  { arm }: ArmComparison,
  { name, effect, matters, verdict }: ArmComparison["kpis"][number]
): KpiAnswer {
  const { analysis } = facts
  const style = facts.style(name)
  const claim = analysis.assumptions?.claims.find((each) => each.arm === arm && each.metric === name)
  // The effect and the ends of its interval go to the same digit after the point, where one of them has whole ones.
  const size = Math.max(...[effect.effect, effect.low, effect.high].map(Math.abs)) * (style.share ? 100 : 1)
  const digits = style.share ? 1000 : 100
  const rounded = (value: number): number => (size >= 0.1 ? Math.round(value * digits) / digits : value)
  const told = (value: number): string => difference(brief(rounded(value), style), style)
  // As fine as the effect, so that a reader who subtracts one from the other comes upon it.
  const whole = Math.abs(effect.effect) >= WHOLE
  const mean = (value: number): string =>
    quantity(whole ? brief(value, style) : value, style).replace(/(\.\d*[1-9])0+(?!\d)|\.0+(?!\d)/, "$1")
  return {
    title: words(name),
    says: analysis.metrics.find((metric) => metric.name === name)?.says ?? null,
    verdict: verdict ?? "measured",
    effect: told(effect.effect).replace(/ pp$/, " percentage points"),
    interval: `${between(told(effect.low), told(effect.high)).replace(/ pp$/, "")}${effect.approximate ? ", approximate" : ""}`,
    change: `${mean(effect.treatment)} instead of ${mean(effect.baseline)}`,
    matters:
      matters === null
        ? null
        : `${matters.better === "lower" ? "Lower" : "Higher"} is better; less than ${smallestEffect(matters.by, style)} does not matter.`,
    survival: claim === undefined ? null : survivalOf(claim),
    style,
    spread: [analysis.reference, arm].flatMap((each) => {
      const summary = analysis.arms.find((of) => of.arm === each)?.metrics[name]
      return summary === undefined ? [] : [{ arm: each, summary }]
    })
  }
}

/** From here on digits after the point say nothing. */
const WHOLE = 100

/** A number without digits that say nothing beside its size. */
function brief(value: number, { unit }: Style): number {
  return Math.abs(value) >= WHOLE && unit !== "seconds" ? Math.round(value) : value
}

/** Two numbers with their unit once, where it is the same. */
function between(low: string, high: string): string {
  const [, unit] = /^.*\d( \D+)$/.exec(high) ?? []
  return `${unit !== undefined && low.endsWith(unit) ? low.slice(0, -unit.length) : low} to ${high}`
}

const MEANING: { readonly [verdict: string]: readonly [one: string, many: string] } = {
  better: ["is better", "are better"],
  worse: ["is worse", "are worse"],
  same: ["does not change by as much as matters", "do not change by as much as matters"],
  undecided: ["is undecided", "are undecided"],
  measured: ["is measured, not judged", "are measured, not judged"]
}

function shortOf(arm: string, kpis: readonly KpiAnswer[]): string {
  if (kpis.length === 0) return "No metric of this scenario says what matters, so nothing is judged."
  const parts = ORDER.flatMap((verdict, nth) => {
    const of = kpis.filter((kpi) => kpi.verdict === verdict).map(({ title }) => title.toLowerCase())
    if (of.length === 0) return []
    const first = ORDER.slice(0, nth).every((before) => kpis.every((kpi) => kpi.verdict !== before))
    const [one, many] = MEANING[verdict] ?? ["", ""]
    return [
      `${of.length}${first ? ` of ${counted(kpis.length, "outcome")}` : ""} ${of.length === 1 ? one : many} (${listed(of)})`
    ]
  })
  return `With ${arm}, ${listed(parts)}.`
}

/** What a claim says, the KPI in words. */
function claimed({ says, metric }: AssumedClaim): string {
  return `“${says.replace(metric, words(metric).toLowerCase())}”`
}

/** A share in whole per cent. */
export function percent(value: number): string {
  return `${Math.round(value * 100)}\u00a0%`
}

/** How far a claim survives the assumptions. */
export function survivalOf({ share, flip }: AssumedClaim): string {
  if (share.n === 0) return "Whether it is so under other assumptions is not known: runs failed at every set of them."
  const held = `Still so in ${share.holds} of ${counted(share.n, "other set")} of assumptions (so in ${Math.round(share.low * 100)} to ${percent(share.high)} of all such sets)`
  if (flip?.clear === true) {
    return `${held}; undone where ${undoneWhere(flip)}.`
  }
  return `${held}; ${share.holds === share.n ? "none of them undoes it" : "no single assumption explains the rest"}.`
}

/** A Param that an arm sets otherwise than the reference. */
export interface Changed {
  readonly name: string
  readonly before: string
  readonly after: string
  /** Empty of a choice and of a ratio. */
  readonly unit: string
  readonly source: string
}

/** The Params that an arm sets otherwise than the reference. */
export function changesOf({ arms, analysis }: ExperimentFacts, arm: string): readonly Changed[] {
  const reference = arms.get(analysis.reference)
  const numeraire = reference?.scenario.numeraire ?? "numeraire"
  return (arms.get(arm)?.params ?? []).flatMap(({ name, value, unit, source }) => {
    const before = reference?.params.find((each) => each.name === name)?.value
    const written = unit === "numeraire" ? numeraire : unit === "choice" || unit === "ratio" ? "" : unit
    return before === undefined || before === value ? [] : [{ name, before, after: value, unit: written, source }]
  })
}

function grouped(text: string): string {
  return text.replace(/^\d{4,}(?=\.\d+$|$)/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, ","))
}

function inWords({ name, before, after, unit }: Changed): string {
  return `${name} to ${grouped(after)}${unit === "" || unit === "count" ? "" : ` ${unit}`} (now ${grouped(before)})`
}

/** What would change the answer. */
export function whatTurnsIt(facts: ExperimentFacts): readonly Line[] {
  const { analysis, command } = facts
  if (analysis.comparisons.length === 0) return []
  const open = analysis.comparisons.flatMap(({ arm, kpis }) =>
    kpis.filter(({ verdict }) => verdict === "undecided").map(({ name }) => `${words(name)} (${arm})`)
  )
  const more = open.length === 0 ? [] : [{ text: `More seeds may decide ${listed(open)}.` }]
  const { assumptions } = analysis
  if (assumptions === null) {
    const text = "Whether other assumptions would change the answer was not tried."
    return [...more, command === null ? { text } : { text, command: `${command} --over-assumptions` }]
  }
  const { claims, axes, points } = assumptions
  const known = claims.filter(({ share }) => share.n > 0)
  const unknown = claims.filter(({ share }) => share.n === 0)
  const held = known.filter(({ share }) => share.holds === share.n)
  const turned = known.flatMap((claim): readonly Line[] => {
    const { share, flip } = claim
    if (share.holds === share.n) return []
    const failed = `${claimed(claim)} is not so in ${share.n - share.holds} of ${counted(share.n, "other set")} of assumptions`
    if (flip?.clear === true)
      return [
        {
          text: `${failed}: where ${undoneWhere(flip)}.`
        }
      ]
    return [{ text: `${failed}; no single assumption explains in which.` }]
  })
  const tried = `${counted(points, "set")} of values of the ${counted(axes.length, "setting")} whose true value nobody knows, each within its range under “What was assumed”`
  return [
    ...turned,
    ...more,
    ...(unknown.length === 0
      ? []
      : [
          {
            text: `Whether ${listed(unknown.map(claimed))} ${unknown.length === 1 ? "is" : "are"} so under other assumptions is not known: runs failed at every set of them.`
          }
        ]),
    ...(held.length === 0
      ? []
      : [{ text: `Nothing that was tried undoes ${listed(held.map(claimed))}. Tried: ${tried}.` }]),
    ...(held.length > 0 || known.length === 0 ? [] : [{ text: `Tried: ${tried}.` }])
  ]
}

/** A number for the end of a small scale. */
export function endOf(value: number, style: Style): string {
  return amount(value, style)
    .replace(/\.00?$/, "")
    .replace(/\.0 %$/, " %")
}
