/** The charts of the run, each with its numbers. */
import type { Live } from "../charts/Drawn.ts"
import { moment, type SeriesChart } from "../charts/SeriesChart.ts"
import { amount, count, counted, unitWord } from "../format/Quantity.ts"
import { onScale } from "../format/Span.ts"
import { exact, html, type Markup, type Part, trusted } from "../html/Html.ts"
import { table } from "../html/Table.ts"
import type { Section } from "./Section.ts"

/** Rows of a chart's table; of more samples, every nth is shown. */
const MOST_ROWS = 400

/** Id of the element in which a chart stands. */
export function placeOf(name: string): string {
  return `chart-${name}`
}

/** The section; `drawn` has the drawing of each chart that is not flat, by name. */
export function charts(all: readonly SeriesChart[], drawn: ReadonlyMap<string, Live>): Section {
  return { id: "charts", title: "How it went", body: figures(all, drawn, "The scenario declares no chart.") }
}

/** Charts with their numbers, the flat ones last; `none` says what is meant when there is no chart. */
export function figures(
  all: readonly SeriesChart[],
  drawn: ReadonlyMap<string, Live>,
  none: string,
  foot: (chart: SeriesChart) => Part = () => null
): Markup {
  const moving = all.filter(({ name }) => drawn.has(name))
  const still = all.filter(({ name }) => !drawn.has(name))
  return html`${moving.length === 0 ? html`<p class="quiet">${all.length === 0 ? none : "Nothing changed that could be drawn."}</p>` : null}
${moving.length === 0 ? null : html`<div class="charts">${moving.map((chart) => figure(chart, drawn.get(chart.name), foot(chart)))}</div>`}
${still.map((chart) => flat(chart, foot(chart)))}`
}

/** A chart: a heading, a sentence, the drawing, and a table of its numbers. */
function figure(chart: SeriesChart, live: Live | undefined, foot: Part): Markup {
  const { data, name } = chart
  const { theory } = data
  const unit = data.y.title
  return html`<article class="chart" aria-labelledby="${placeOf(name)}-heading">
<h3 id="${placeOf(name)}-heading" dir="auto">${data.title}${unit === "" ? null : html` <span class="unit">${unit}</span>`}</h3>
<p class="says" dir="auto">${data.says}</p>
<div class="place" id="${placeOf(name)}">${live === undefined ? null : trusted(live.drawing)}</div>
<div class="legend">${theory === null ? null : html`<p><span class="dashes" aria-hidden="true"></span>theory: <bdi>${theory.label}</bdi> = ${exact(theory.value, theory.shown)}</p>`}${(data.notes ?? []).map((note) => html`<p>${note}</p>`)}${foot}</div>
${numbers(chart)}
</article>
`
}

/** A chart of which every sample is the same needs no drawing. */
function flat(chart: SeriesChart, foot: Part): Markup {
  const { data, flat: value } = chart
  const samples = chart.lines.reduce((sum, { series }) => sum + series.length, 0)
  return html`<article class="chart flat">
<h3 dir="auto">${data.title}</h3>
<p class="says">${
    value === undefined
      ? "No sample was taken before the run ended."
      : html`${value} at each of ${counted(samples, "sample")}${data.theory === null ? null : html`, as theory says (<bdi>${data.theory.label}</bdi> = ${data.theory.shown})`}.`
  }</p>
${foot === null ? null : html`<div class="legend">${foot}</div>`}
${value === undefined ? null : numbers(chart)}
</article>
`
}

function numbers(chart: SeriesChart): Markup {
  const { lines, scale, data } = chart
  const times = [...new Set(lines.flatMap(({ series }) => series.map(({ time }) => time)))].sort((a, b) => a - b)
  const every = Math.ceil(times.length / MOST_ROWS)
  const shown = times.filter((time, index) => index % every === 0 || time === times.at(-1))
  const at = lines.map(({ series }) => new Map(series.map((sample) => [sample.time, sample])))
  const rows = shown.map((time): readonly Part[] => [
    exact(time, scale.seconds === 1 ? count(time) : String(onScale(time, scale))),
    ...lines.map(({ style }, index) => {
      const sample = at[index]?.get(time)
      return sample === undefined ? "" : exact(sample.value, amount(sample.number, style))
    })
  ])
  const part = every === 1 ? "" : `, one in ${count(every)}; metrics.parquet has all`
  const last = times.at(-1)
  return html`<details><summary>${counted(times.length, "sample")} as a table</summary>
${table({
  label: `${data.title}: samples`,
  caption: html`${data.title}: ${counted(shown.length, "sample")}${last === undefined ? null : `, up to ${moment(last, scale)}`}${part}`,
  columns: [
    { heading: scale.unit.charAt(0).toUpperCase() + scale.unit.slice(1), numeric: true },
    ...lines.map(({ label, style }) => ({
      heading: html`${label}${unitWord(style) === "" ? null : html` <span class="unit">${unitWord(style)}</span>`}`,
      numeric: true
    }))
  ],
  rows
})}
</details>`
}
