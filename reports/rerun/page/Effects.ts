/** What was moved did this: each metric before and after, seed by seed. */
import { alone, difference, type Style, styleOf, unitWord } from "../../format/Quantity.ts"
import { words } from "../../format/Short.ts"
import { visible } from "../../format/Visible.ts"
import { type Effect, effectOn, ways } from "../Effect.ts"
import type { RerunFacts } from "../Rerun.ts"
import type { Counted } from "./Book.ts"
import { type Child, element, table } from "./Element.ts"

/** The two sets of runs, and how they are called. */
export interface Sides {
  readonly beside: readonly Counted[]
  readonly own: readonly Counted[]
  readonly named: { readonly beside: string; readonly own: string }
}

/** The table. */
export function effects(facts: RerunFacts, { beside, own, named }: Sides): Child {
  const kpis = facts.metrics.filter(({ matters }) => matters !== null)
  const others = facts.metrics.filter(({ matters }) => matters === null)
  const paired = own.some(({ seed }) => beside.some((each) => each.seed === seed))
  // What changed stands first: a narrow screen shows that much.
  const rows = [...kpis, ...others].map((metric): readonly Child[] => {
    const effect = effectOn(metric.name, beside, own)
    const style = metricStyle(facts, metric.name, [...beside, ...own])
    const told = (value: number | undefined): string => (value === undefined ? "–" : alone(value, style))
    const unit = unitWord(style)
    return [
      [
        visible(words(metric.name)),
        unit === "" ? null : element("span", { class: "unit" }, ` ${unit}`),
        ...(metric.matters === null ? [] : [" ", element("span", { class: "kpi" }, "KPI")])
      ],
      ...(paired ? [differences(effect, style)] : []),
      element("span", { class: "own" }, told(effect.after)),
      ...(beside.length === 0 ? [] : [told(effect.before)])
    ]
  })
  return table(
    "Metrics, as you asked and as declared",
    [
      "Metric",
      ...(paired ? ["Difference"] : []),
      element("span", { class: "own" }, `${named.own}, n = ${own.length}`),
      ...(beside.length === 0 ? [] : [`${named.beside}, n = ${beside.length}`])
    ],
    rows,
    [1, 2, 3]
  )
}

/** Two pairs of sets of runs: made here, and published. */
interface ArmSides {
  readonly here: { readonly before: readonly Counted[]; readonly after: readonly Counted[] }
  readonly published: { readonly before: readonly Counted[]; readonly after: readonly Counted[] }
}

/** What an arm changes: each KPI's mean difference against the reference arm, here and as published. */
export function armEffects(facts: RerunFacts, { here, published }: ArmSides): Child {
  const kpis = facts.metrics.filter(({ matters }) => matters !== null)
  const shown = kpis.length === 0 ? facts.metrics : kpis
  const rows = shown.map((metric): readonly Child[] => {
    const style = metricStyle(facts, metric.name, [...here.before, ...here.after, ...published.before])
    const told = ({ before, after }: ArmSides["here"]): Child =>
      differences(effectOn(metric.name, before, after), style)
    const unit = unitWord(style)
    return [
      [visible(words(metric.name)), unit === "" ? null : element("span", { class: "unit" }, ` ${unit}`)],
      element("div", { class: "own" }, told(here)),
      told(published)
    ]
  })
  return table(
    "What the arm changes, with what was moved and as published",
    [
      "KPI",
      element("span", { class: "own" }, `yours, n = ${here.after.length}`),
      `published, n = ${published.after.length}`
    ],
    rows,
    [1, 2]
  )
}

function differences(effect: Effect, style: Style): Child {
  const { difference: by } = effect
  if (by === undefined) return "–"
  const said = ways(effect)
  return [
    element("span", { class: "difference" }, difference(by, style)),
    said === "" ? null : element("span", { class: "line each" }, said)
  ]
}

/** How a metric's numbers are written: by all that are shown beside each other. */
export function metricStyle(facts: RerunFacts, name: string, runs: readonly Counted[]): Style {
  const metric = facts.metrics.find((each) => each.name === name)
  const numbers = runs.flatMap(({ metrics, series }) => [
    ...(metrics[name] === undefined ? [] : [metrics[name]]),
    ...(series?.[name] ?? []).map(([, number]) => number)
  ])
  return styleOf(metric?.unit ?? "ratio", numbers, visible(facts.numeraire))
}
