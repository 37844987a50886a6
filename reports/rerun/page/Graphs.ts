/** The scenario's charts, drawn of published runs and of the reader's own, which are told apart by dashes and name. */
import type { TopLevelSpec } from "vega-lite"
import { lineChart } from "../../charts/LineChart.ts"
import { type SeriesChart, seriesChart } from "../../charts/SeriesChart.ts"
import { configOf, PAGE } from "../../charts/Theme.ts"
import { words } from "../../format/Short.ts"
import { visible } from "../../format/Visible.ts"
import { meanSeries } from "../../run/Mean.ts"
import type { RerunFacts } from "../Rerun.ts"
import { seriesFrom } from "./Book.ts"
import { metricStyle, type Sides } from "./Effects.ts"
import { element } from "./Element.ts"

/** ChartScript.ts puts it there: an interactive chart in a place. */
declare const drawChart: (
  place: HTMLElement,
  chart: { readonly spec: TopLevelSpec; readonly config: object; readonly title: string; readonly description: string }
) => Promise<void>

/** Pixels. */
const HEIGHT = 250

/** Draws every chart of the scenario into a place, one after another, so that the page can breathe between them. */
export async function graphs(
  place: HTMLElement,
  facts: RerunFacts,
  sides: Sides,
  isOutdated: () => boolean
): Promise<void> {
  const made: HTMLElement[] = []
  const drawings: (() => Promise<void>)[] = []
  for (const { data, flat } of chartsOf(facts, sides)) {
    if (flat !== undefined) {
      made.push(
        element(
          "article",
          { class: "chart flat" },
          element("h4", { dir: "auto" }, data.title),
          element("p", { class: "says" }, `${flat} at each sample, in all of these runs.`)
        )
      )
      continue
    }
    const spot = element("div", { class: "place" })
    made.push(
      element(
        "article",
        { class: "chart" },
        element(
          "h4",
          { dir: "auto" },
          data.title,
          data.y.title === "" ? null : element("span", { class: "unit" }, ` ${data.y.title}`)
        ),
        element("p", { class: "says", dir: "auto" }, data.says),
        spot,
        element("div", { class: "legend" }, ...(data.notes ?? []).map((note) => element("p", {}, note)))
      )
    )
    drawings.push(() =>
      drawChart(spot, {
        spec: lineChart(data, { width: "container", height: HEIGHT, titled: false, interactive: true }, PAGE.palette),
        config: configOf(PAGE),
        title: data.title,
        description: data.description
      })
    )
  }
  const fresh = element("div", { class: "charts" }, made)
  place.replaceChildren(fresh)
  for (const draw of drawings) {
    await new Promise((next) => requestAnimationFrame(next))
    if (isOutdated()) return
    await draw()
  }
}

function chartsOf(facts: RerunFacts, { beside, own, named }: Sides): readonly SeriesChart[] {
  const seen = new Set<string>()
  return facts.charts.flatMap((chart) =>
    chart.metrics.flatMap((metric) => {
      if (seen.has(metric)) return []
      seen.add(metric)
      const style = metricStyle(facts, metric, [...beside, ...own])
      const lines = [
        { label: named.beside, runs: beside },
        { label: named.own, runs: own }
      ].flatMap(({ label, runs }) => {
        const of = runs.flatMap(({ series }) => (series?.[metric] === undefined ? [] : [seriesFrom(series[metric])]))
        return of.length === 0 ? [] : [{ label, style, series: meanSeries(of), ...(of.length > 1 ? { of } : {}) }]
      })
      if (lines.length === 0) return []
      const title = visible(chart.title ?? words(metric))
      const says = facts.metrics.find(({ name }) => name === metric)?.says ?? ""
      return [
        seriesChart({
          name: metric,
          title: chart.metrics.length > 1 ? `${title}: ${visible(words(metric))}` : title,
          says: visible(says),
          lines,
          horizon: facts.horizon
        })
      ]
    })
  )
}
