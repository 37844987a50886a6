/** The charts of a run: what the scenario declared, with the samples of the run; its Environment; its ledger. */
import { amount, counted, freeStyle, styleOf } from "../format/Quantity.ts"
import { words } from "../format/Short.ts"
import type { RunFacts } from "../run/ReadRun.ts"
import { steps } from "../run/Waterfall.ts"
import type { BarData } from "./BarChart.ts"
import type { Namer } from "./Names.ts"
import { type SeriesChart, seriesChart } from "./SeriesChart.ts"
import { type WaterfallData, waterfallData } from "./WaterfallChart.ts"

/** Every declared chart, in order; one whose metrics differ in unit becomes one chart per unit. */
export function runCharts({ manifest, series }: RunFacts, name: Namer): readonly SeriesChart[] {
  const metrics = new Map(manifest.metrics.map((metric) => [metric.name, metric]))
  return manifest.charts.flatMap((chart) => {
    const lines = chart.metrics.map((metric) => {
      const samples = series.get(metric) ?? []
      const numbers = samples.map(({ number }) => number)
      const style = styleOf(metrics.get(metric)?.unit ?? "ratio", numbers, manifest.scenario.numeraire)
      return { metric, label: words(metric), style, series: samples }
    })
    const kinds = [...new Set(lines.map(({ style }) => `${style.unit} ${style.share}`))]
    return kinds.map((kind) => {
      const alike = lines.filter(({ style }) => `${style.unit} ${style.share}` === kind)
      const labels = alike.map(({ label }) => label).join(", ")
      const title = chart.title ?? labels
      return seriesChart({
        name: name(alike.map(({ metric }) => metric)),
        title: kinds.length > 1 ? `${title}: ${labels}` : title,
        says: chart.says ?? "",
        lines: alike,
        horizon: manifest.spec.horizon,
        theory: chart.theory
      })
    })
  })
}

/** A chart per process of the Environment. */
export function environmentCharts({ manifest, processes }: RunFacts, name: Namer): readonly SeriesChart[] {
  return processes.map((process) =>
    seriesChart({
      name: name(["environment", process.name]),
      title: words(process.name),
      says: process.says,
      lines: [{ label: words(process.name), style: freeStyle(process.unit), series: process.series }],
      horizon: manifest.spec.horizon,
      holdsTo: manifest.endedAt
    })
  )
}

/** Profit per population that has agents, as bars. */
export function profitBars({ manifest, earnings }: RunFacts): BarData {
  const { numeraire } = manifest.scenario
  const bars = earnings
    .filter(({ agents }) => agents > 0)
    .map(({ population, profit, agents }) => ({
      label: `${population}, ${counted(agents, "agent")}`,
      value: profit,
      shown: `${amount(profit, { unit: "money", numeraire, share: false })} ${numeraire}`
    }))
  return {
    title: "Profit of each population",
    says: "All agents of a population together, at what selling all they have would fetch.",
    description: `Bars: ${bars.map(({ label, shown }) => `${label} ${shown}`).join("; ")}.`,
    bars
  }
}

/** A waterfall, and the population whose profit it explains. */
export interface Fall {
  readonly name: string
  readonly population: string
  readonly data: WaterfallData
}

/** A waterfall per population that has agents. */
export function waterfalls({ manifest, earnings }: RunFacts, name: Namer): readonly Fall[] {
  return earnings
    .filter(({ agents }) => agents > 0)
    .map((each) => {
      const data = waterfallData({
        title: each.population,
        says: `${each.behaviour}, ${counted(each.agents, "agent")}`,
        numeraire: manifest.scenario.numeraire,
        steps: steps(each)
      })
      return { name: name(["ledger", each.population]), population: each.population, data }
    })
}
