/** Every metric with a column per arm: values, and differences against the reference. */
import { alone, counted, difference, type Style, smallestEffect, styleOf, unitWord } from "../format/Quantity.ts"
import { words } from "../format/Short.ts"
import { exact, foreign, html, type Markup, type Part } from "../html/Html.ts"
import { table } from "../html/Table.ts"
import { type ComparedArm, type Comparison, differenceOf, seedOf } from "../run/Comparison.ts"
import { metricValue } from "../run/Kpi.ts"
import { mean } from "../run/Mean.ts"
import type { Section } from "../sections/Section.ts"

type Metric = Comparison["metrics"][number]

/** The section. */
export function values(comparison: Comparison): Section {
  const { metrics, reference, arms } = comparison
  const kpis = metrics.filter(({ matters }) => matters !== null)
  const others = metrics.filter(({ matters }) => matters === null)
  const shares =
    arms.length > 1
      ? html` Differences are against <bdi>${reference.label}</bdi>, seed by seed; pp are percentage points.`
      : null
  return {
    id: "metrics",
    title: "What came out",
    body: html`<p class="note">Each metric's last sample, unless it says otherwise${several(comparison) ? "; of several runs the mean, with each value below it" : ""}.${shares}</p>
${
  kpis.length === 0
    ? null
    : metricTable(comparison, kpis, "KPIs by arm", html`KPIs: metrics with a declared smallest effect of interest.`)
}
${others.length === 0 ? null : metricTable(comparison, others, "Other metrics by arm", kpis.length === 0 ? "Metrics." : "The other metrics.")}`
  }
}

function several({ arms }: Comparison): boolean {
  return arms.some(({ whole }) => whole.length > 1)
}

function metricTable(comparison: Comparison, metrics: readonly Metric[], label: string, caption: Part): Markup {
  const { arms, reference } = comparison
  const judged = metrics.some(({ matters }) => matters !== null)
  return html`<div class="values">${table({
    label,
    caption,
    columns: [
      { heading: "Metric" },
      ...arms.map((arm) => ({ heading: foreign(arm.label), numeric: true })),
      ...(judged ? [{ heading: "Smallest effect of interest", numeric: true }] : [])
    ],
    rows: metrics.map((metric): readonly Part[] => {
      const style = metricStyle(comparison, metric)
      return [
        html`${words(metric.name)}${metric.says === null ? null : html` <span class="says">${metric.says}</span>`}`,
        ...arms.map((arm) => cell(arm, reference, metric, style)),
        ...(judged ? [effect(metric, style)] : [])
      ]
    })
  })}</div>`
}

/** One style for all runs, so that they can be compared. */
export function metricStyle({ arms, manifest }: Comparison, { name, unit }: Pick<Metric, "name" | "unit">): Style {
  const numbers = arms.flatMap(({ runs }) =>
    runs.flatMap(({ series }) => (series.get(name) ?? []).map(({ number }) => number))
  )
  return styleOf(unit, numbers, manifest.scenario.numeraire)
}

function cell(arm: ComparedArm, reference: ComparedArm, metric: Metric, style: Style): Markup {
  const each = arm.whole.flatMap((run) => {
    const value = metricValue(run, metric.name)
    return value === undefined ? [] : [{ ...value, seed: seedOf(run) }]
  })
  const middle = mean(each.map(({ number }) => number))
  const [only] = each
  if (middle === undefined || only === undefined) {
    return html`<span class="quiet">${arm.whole.length === 0 ? "no complete run" : "no sample"}</span>`
  }
  const unit = unitWord(style)
  const shown = html`<span class="figure">${exact(each.length === 1 ? only.exact : middle, alone(middle, style))}</span>${unit === "" ? null : html` <span class="unit">${unit}</span>`}`
  const how = [
    ...(each.length > 1 ? [`mean of ${each.length} runs`] : []),
    ...(metric.over === "last" ? [] : [`${metric.over} over time`])
  ]
  return html`${shown}${how.length === 0 ? null : html`<span class="line quiet">${how.join(", ")}</span>`}${against(arm, reference, metric, style)}${
    each.length === 1
      ? null
      : html`<span class="line each">${each.map(
          (one, index) =>
            html`${index === 0 ? null : " · "}<span class="quiet">${one.seed}:</span> ${exact(one.exact, alone(one.number, style))}`
        )}</span>`
  }`
}

function against(arm: ComparedArm, reference: ComparedArm, metric: Metric, style: Style): Markup | null {
  if (arm === reference) return null
  const found = differenceOf(arm, reference, metric.name)
  if (found === null) return html`<span class="line quiet">no seed in common</span>`
  const pairs = arm.whole.length > 1 || reference.whole.length > 1 ? ` over ${counted(found.pairs, "seed")}` : ""
  return html`<span class="line difference">${exact(found.mean, difference(found.mean, style))}${pairs === "" ? null : html`<span class="quiet">${pairs}</span>`}</span>`
}

function effect({ matters }: Metric, style: Style): Part {
  if (matters === null) return ""
  return html`${exact(matters.by, smallestEffect(matters.by, style))}<span class="line quiet">${matters.better} is better</span>`
}
