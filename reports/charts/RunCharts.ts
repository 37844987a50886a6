/**
 * The charts of a run: what the scenario declared, with the samples of the run.
 *
 * Invariant: a name is a plain file name, and no two charts share one.
 */
import { amount, count, counted, quantity, type Style, styleOf, unitWord } from "../format/Quantity.ts"
import { words } from "../format/Short.ts"
import { onScale, span, type TimeScale, timeScale } from "../format/Span.ts"
import type { RunFacts } from "../run/ReadRun.ts"
import { type Series, thinned } from "../run/Series.ts"
import type { BarData } from "./BarChart.ts"
import type { LineData } from "./LineData.ts"

/** Points of one line that are drawn; a longer series is thinned, and every extreme kept. */
export const MOST_POINTS = 1_000

/** Name of the chart of profits, which no metric's chart may take. */
export const PROFIT_CHART = "profit-by-population"

/** A metric over time, ready to be drawn and to be written as a table. */
export interface RunChart {
  /** File name without its ending. */
  readonly name: string
  readonly data: LineData
  readonly lines: readonly {
    readonly metric: string
    readonly label: string
    readonly style: Style
    readonly series: Series
  }[]
  readonly scale: TimeScale
  /** The one value that all samples have, and theory too; undefined where there is something to draw. */
  readonly flat: string | undefined
  /** Whether samples were left out of the drawing. */
  readonly thinned: boolean
}

/** Every declared chart, in order; one whose metrics differ in unit becomes one chart per unit. */
export function runCharts({ manifest, series }: RunFacts): readonly RunChart[] {
  const taken = new Set<string>([PROFIT_CHART])
  const scale = timeScale(manifest.spec.horizon)
  const metrics = new Map(manifest.metrics.map((metric) => [metric.name, metric]))
  return manifest.charts.flatMap((chart) => {
    const lines = chart.metrics.map((metric) => {
      const said = metrics.get(metric)
      const samples = series.get(metric) ?? []
      const style = styleOf(
        said?.unit ?? "ratio",
        samples.map(({ number }) => number),
        manifest.scenario.numeraire
      )
      return { metric, label: words(metric), style, series: samples }
    })
    const kinds = [...new Set(lines.map(({ style }) => `${style.unit} ${style.share}`))]
    return kinds.map((kind): RunChart => {
      const alike = lines.filter(({ style }) => `${style.unit} ${style.share}` === kind)
      const title = chart.title ?? alike.map(({ label }) => label).join(", ")
      const style = alike[0]?.style ?? styleOf("ratio", [], "")
      const drawn = alike.map((line) => ({ ...line, drawn: thinned(line.series, MOST_POINTS) }))
      const theory = chart.theory === null ? null : { ...chart.theory, shown: quantity(chart.theory.value, style) }
      const numbers = new Set(alike.flatMap((line) => line.series.map(({ number }) => number)))
      const same = numbers.size === 1 && (theory === null || numbers.has(theory.value)) ? [...numbers][0] : undefined
      return {
        name: nameOf(
          alike.map(({ metric }) => metric),
          taken
        ),
        lines: alike,
        scale,
        flat: same === undefined ? undefined : quantity(same, style),
        thinned: drawn.some((line) => line.drawn.length < line.series.length),
        data: {
          title: kinds.length > 1 ? `${title}: ${alike.map(({ label }) => label).join(", ")}` : title,
          says: chart.says ?? "",
          description: describe(title, alike, theory),
          lines: drawn.map(({ label, drawn: samples }) => ({
            label,
            points: samples.map(({ time, number }) => ({
              x: onScale(time, scale),
              y: number,
              at: moment(time, scale),
              shown: quantity(number, style)
            }))
          })),
          theory,
          x: { title: `${scale.unit}s`, end: onScale(manifest.spec.horizon, scale) },
          y: { title: unitWord(style), percent: style.share, whole: style.unit === "count" }
        }
      }
    })
  })
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
    says: "All agents of a population together, tokens at the scenario's prices.",
    description: `Bars: ${bars.map(({ label, shown }) => `${label} ${shown}`).join("; ")}.`,
    bars
  }
}

/** A time in words: `week 13`, or in full where it falls between. */
export function moment(seconds: number, scale: TimeScale): string {
  return seconds % scale.seconds === 0 ? `${scale.unit} ${count(seconds / scale.seconds)}` : span(seconds)
}

function describe(title: string, lines: RunChart["lines"], theory: LineData["theory"]): string {
  const told = lines.map(({ label, style, series }) => {
    const [first, last] = [series[0], series.at(-1)]
    if (first === undefined || last === undefined) return `${label}: no samples.`
    const numbers = series.map(({ number }) => number)
    const low = numbers.reduce((a, b) => Math.min(a, b))
    const high = numbers.reduce((a, b) => Math.max(a, b))
    return `${label} goes from ${quantity(first.number, style)} to ${quantity(last.number, style)} over ${span(last.time)}, lowest ${quantity(low, style)}, highest ${quantity(high, style)}.`
  })
  return [
    `${title}, over simulated time.`,
    ...told,
    ...(theory === null ? [] : [`Theory, ${theory.label}: ${theory.shown}.`])
  ].join(" ")
}

function nameOf(metrics: readonly string[], taken: Set<string>): string {
  const plain = metrics
    .join("-")
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 60)
  const stem = plain === "" ? "chart" : plain
  let name = stem
  // File systems may not tell A from a.
  for (let again = 2; taken.has(name.toLowerCase()); again++) name = `${stem}-${again}`
  taken.add(name.toLowerCase())
  return name
}
