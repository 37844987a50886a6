/** The charts of a comparison: a line per arm, and the Environment once per seed. */
import type { Namer } from "../charts/Names.ts"
import { type ChartLine, type SeriesChart, seriesChart } from "../charts/SeriesChart.ts"
import { freeStyle } from "../format/Quantity.ts"
import { words } from "../format/Short.ts"
import { type Comparison, seedOf } from "../run/Comparison.ts"
import { meanSeries } from "../run/Mean.ts"
import type { OutsideProcess } from "../run/Processes.ts"
import type { RunFacts } from "../run/ReadRun.ts"
import type { Series } from "../run/Series.ts"
import { metricStyle } from "./Values.ts"

/** Lines of the Environment that are told apart; of more, the mean is drawn over them. */
const MOST_LINES = 6

/** A chart per metric that the scenario draws, in order; `name` gives each its name. */
export function armCharts(comparison: Comparison, name: Namer): readonly SeriesChart[] {
  const { manifest, arms, metrics } = comparison
  const horizon = longest(comparison)
  const known = new Map(metrics.map((metric) => [metric.name, metric]))
  const seen = new Set<string>()
  return manifest.charts.flatMap((chart) =>
    chart.metrics.flatMap((metric) => {
      const said = known.get(metric)
      if (said === undefined || seen.has(metric)) return []
      seen.add(metric)
      const style = metricStyle(comparison, said)
      const title = chart.title ?? words(metric)
      const lines = arms.map(({ label, runs, whole }): ChartLine => {
        const of = runs.map(({ series }) => series.get(metric) ?? [])
        const middle = whole.length === 0 ? of : whole.map(({ series }) => series.get(metric) ?? [])
        return { label, style, series: meanSeries(middle), ...(of.length > 1 ? { of } : {}) }
      })
      return seriesChart({
        name: name([metric]),
        title: chart.metrics.length > 1 ? `${title}: ${words(metric)}` : title,
        says: chart.says ?? (chart.metrics.length > 1 || chart.title === null ? (said.says ?? "") : ""),
        lines,
        horizon,
        theory: chart.metrics.length > 1 ? null : agreed(comparison, metric),
        ends: true
      })
    })
  )
}

/** What theory says of a metric, where it says the same in all arms. */
function agreed({ arms }: Comparison, metric: string): { readonly label: string; readonly value: number } | null {
  const all = arms.flatMap(({ runs: [run] }) =>
    run === undefined
      ? []
      : [run.manifest.charts.find(({ metrics }) => metrics.length === 1 && metrics[0] === metric)?.theory ?? null]
  )
  const [first] = all
  return first !== undefined && all.every((each) => JSON.stringify(each) === JSON.stringify(first)) ? first : null
}

/** The Environment: a process and its chart, with a line per seed, and per arm where arms have other values. */
export function outsideCharts(
  comparison: Comparison,
  name: Namer
): readonly (readonly [OutsideProcess, SeriesChart])[] {
  const runs = comparison.arms.flatMap((arm) => arm.runs.map((run) => ({ run, arm: arm.label })))
  const processes = new Map<string, OutsideProcess>()
  for (const { run } of runs)
    for (const each of run.processes) if (!processes.has(each.name)) processes.set(each.name, each)
  return [...processes.values()].map((process) => {
    const style = freeStyle(process.unit)
    const said = new Set(runs.flatMap(({ run }) => processOf(run, process.name)?.says ?? []))
    const lines = variants(runs, process.name).map(({ label, series }): ChartLine => ({ label, style, series }))
    const all = lines.map(({ series }) => series)
    return [
      process,
      seriesChart({
        name: name(["environment", process.name]),
        title: words(process.name),
        says: [...said].join("; or "),
        lines:
          lines.length > MOST_LINES
            ? [{ label: `mean of ${lines.length}`, style, series: meanSeries(all), of: all }]
            : lines,
        horizon: longest(comparison),
        holdsTo: Math.max(...runs.map(({ run }) => run.manifest.endedAt)),
        ends: true
      })
    ] as const
  })
}

/** The series of a process that occur, each once: by seed, and by arm where a seed has several. */
function variants(
  runs: readonly { readonly run: RunFacts; readonly arm: string }[],
  name: string
): readonly { readonly label: string; readonly series: Series }[] {
  const seeds = new Map<number, Map<string, { readonly series: Series; readonly arms: string[] }>>()
  for (const { run, arm } of runs) {
    const series = processOf(run, name)?.series ?? []
    if (series.length === 0) continue
    const own = seeds.get(seedOf(run)) ?? new Map<string, { readonly series: Series; readonly arms: string[] }>()
    seeds.set(seedOf(run), own)
    // A run that stopped early has the beginning of what the others have.
    const twin = [...own.values()].find((each) => begins(each.series, series))
    if (twin === undefined) own.set(`${own.size}`, { series, arms: [arm] })
    else {
      twin.arms.push(arm)
      if (series.length > twin.series.length) own.set(keyOf(own, twin), { series, arms: twin.arms })
    }
  }
  return [...seeds]
    .sort(([a], [b]) => a - b)
    .flatMap(([seed, own]) =>
      [...own.values()].map(({ series, arms }) => ({
        label: own.size === 1 ? `seed ${seed}` : `seed ${seed}, ${arms.join(", ")}`,
        series
      }))
    )
}

function keyOf<T>(map: ReadonlyMap<string, T>, value: T): string {
  return [...map].find(([, each]) => each === value)?.[0] ?? ""
}

function begins(a: Series, b: Series): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return short.every(({ time, number }, at) => long[at]?.time === time && long[at]?.number === number)
}

function processOf({ processes }: RunFacts, name: string): OutsideProcess | undefined {
  return processes.find((each) => each.name === name)
}

function longest({ arms }: Comparison): number {
  return Math.max(...arms.flatMap(({ runs }) => runs.map(({ manifest }) => manifest.spec.horizon)))
}
