/** The headline: each metric's value, KPIs first. */
import { alone, counted, quantity, smallestEffect, styleOf, unitWord } from "../format/Quantity.ts"
import { words } from "../format/Short.ts"
import { exact, html, type Markup, type Part } from "../html/Html.ts"
import type { RunFacts } from "../run/ReadRun.ts"
import { over } from "../run/Series.ts"
import type { Section } from "./Section.ts"

/** The section. */
export function metrics(run: RunFacts): Section {
  const { manifest } = run
  const kpis = manifest.metrics.filter(({ matters }) => matters !== null)
  const others = manifest.metrics.filter(({ matters }) => matters === null)
  const when = manifest.status === "complete" ? "at the end of the run" : "when the run stopped"
  return {
    id: "metrics",
    title: "What came out",
    body: html`<p class="note">Each metric's last sample, ${when}, unless it says otherwise. A KPI is a metric with a declared smallest effect of interest.</p>
<dl class="tiles">${[...kpis, ...others].map((metric) => tile(metric, run))}</dl>`
  }
}

type Metric = RunFacts["manifest"]["metrics"][number]

function tile(metric: Metric, { manifest, series }: RunFacts): Markup {
  const samples = series.get(metric.name) ?? []
  const { numeraire } = manifest.scenario
  const style = styleOf(
    metric.unit,
    samples.map(({ number }) => number),
    numeraire
  )
  const value = metric.over === "last" ? metric.last?.number : over(samples, metric.over)
  const theory = manifest.charts.find(
    ({ metrics, theory }) => theory !== null && metrics.length === 1 && metrics[0] === metric.name
  )?.theory
  const { matters } = metric
  return html`<div class="tile"><dt dir="auto">${words(metric.name)}${matters === null ? null : html` <span class="kpi">KPI</span>`}</dt>
<dd class="value">${value === undefined ? "no sample" : figure(metric, value, alone(value, style), unitWord(style))}</dd>
${theory === undefined || theory === null ? null : html`<dd class="theory">theory: ${exact(theory.value, quantity(theory.value, style))}</dd>`}
${metric.says === null ? null : html`<dd class="says" dir="auto">${metric.says}</dd>`}
${metric.over === "last" ? null : html`<dd class="quiet">${metric.over} of ${counted(samples.length, "sample")}</dd>`}
${matters === null ? null : html`<dd class="quiet">${matters.better} is better; smallest effect of interest: ${smallestEffect(matters.by, style)}</dd>`}
</div>
`
}

function figure(metric: Metric, value: number, shown: string, unit: string): Part {
  const stored = metric.over === "last" ? (metric.last?.value ?? value) : value
  return html`${exact(stored, shown)}${unit === "" ? null : html` <span class="unit">${unit}</span>`}`
}
