/**
 * The report of a run: one HTML file that holds all it needs, and each chart as SVG and PNG.
 *
 * Invariant: it is a function of the run's folder alone. The same folder gives the same bytes, and every
 * number in it stands in the manifest or in a table, or is a sum over one; what runs again is the folder's rerun.json.
 */
import { dirname, join } from "node:path"
import { type Drawable, drawBars, drawLine, drawWaterfall, files, type Live, live, still } from "./charts/Drawn.ts"
import { namer } from "./charts/Names.ts"
import { environmentCharts, type Fall, profitBars, runCharts, waterfalls } from "./charts/RunCharts.ts"
import type { SeriesChart } from "./charts/SeriesChart.ts"
import { place } from "./html/Place.ts"
import { sheet } from "./html/Sheet.ts"
import { type RerunPart, refusedSection, rerunSection } from "./rerun/RerunSection.ts"
import { readBundle } from "./rerun/Stored.ts"
import { commandOf } from "./run/Command.ts"
import { type RunFacts, readRun } from "./run/ReadRun.ts"
import { rerunFacts } from "./run/RerunFacts.ts"
import { again } from "./sections/Again.ts"
import { charts } from "./sections/Charts.ts"
import { checks } from "./sections/Checks.ts"
import { earnings, PROFIT_CHART } from "./sections/Earnings.ts"
import { environment } from "./sections/Environment.ts"
import { head, summaryOf, titleOf } from "./sections/Head.ts"
import { metrics } from "./sections/Metrics.ts"
import { omits } from "./sections/Omits.ts"
import { onChain } from "./sections/OnChain.ts"
import { params } from "./sections/Params.ts"
import type { Section } from "./sections/Section.ts"
import { type PageRecord, runRecord } from "./verify/Record.ts"

/** How a report is written. */
export interface ReportOptions {
  /** The HTML file; `report.html` in the run's folder if left out. */
  readonly out?: string
  /** Whether charts are written as files too, into `charts/` beside the page; true if left out. */
  readonly charts?: boolean
}

/** What was written: paths. */
export interface Written {
  readonly html: string
  readonly charts: readonly string[]
}

/**
 * Writes the report of the run in `folder`.
 * @throws ReportError UnknownRun, UnreadableRun, SchemaVersion when the run cannot be read; Unwritable.
 */
export async function writeReport(folder: string, options: ReportOptions = {}): Promise<Written> {
  const run = await readRun(folder)
  const out = options.out ?? join(folder, "report.html")
  const shown = shownOf(run)
  await place(out, await pageOf(run, shown, { rerun: await rerunOf(folder, run), record: await runRecord(folder) }))
  if (options.charts === false) return { html: out, charts: [] }
  return { html: out, charts: await writeCharts(drawablesOf(shown), join(dirname(out), "charts")) }
}

/** Writes each chart as SVG and PNG into a folder. @returns the paths. @throws ReportError Unwritable. */
export async function writeCharts(charts: readonly Drawable[], folder: string): Promise<readonly string[]> {
  const paths: string[] = []
  for (const chart of charts) {
    const { svg, png } = await files(chart)
    for (const [ending, content] of [
      ["svg", svg],
      ["png", png]
    ] as const) {
      const path = join(folder, `${chart.name}.${ending}`)
      await place(path, content)
      paths.push(path)
    }
  }
  return paths
}

/** What runs the scenario again; a section alone where the page cannot; null where nothing was stored for it. */
async function rerunOf(folder: string, run: RunFacts): Promise<RerunPart | Section | null> {
  const stored = await readBundle(folder)
  if (stored === null || run.manifest.status !== "complete" || run.manifest.spec.different !== undefined) return null
  if ("refused" in stored) return refusedSection(stored.refused)
  return rerunSection({
    ...(await rerunFacts(folder)),
    bundle: stored,
    command: commandOf(run.manifest),
    digests: { id: "again", title: "Do it again" }
  })
}

/** All that is drawn of a run. */
interface Shown {
  readonly declared: readonly SeriesChart[]
  readonly outside: readonly SeriesChart[]
  readonly profits: Drawable | null
  readonly falls: readonly Fall[]
}

function shownOf(run: RunFacts): Shown {
  const name = namer()
  const profit = name([PROFIT_CHART])
  const bars = profitBars(run)
  return {
    declared: runCharts(run, name),
    outside: environmentCharts(run, name),
    profits: bars.bars.length === 0 ? null : drawBars(profit, bars),
    falls: waterfalls(run, name)
  }
}

function drawablesOf({ declared, outside, profits, falls }: Shown): readonly Drawable[] {
  return [
    ...[...declared, ...outside].map(({ name, data }) => drawLine(name, data)),
    ...(profits === null ? [] : [profits]),
    ...falls.map(({ name, data }) => drawWaterfall(name, data))
  ]
}

/** The line charts in which there is something to see, by name, for a page. */
export async function liveOf(charts: readonly SeriesChart[]): Promise<Map<string, Live>> {
  const drawn = new Map<string, Live>()
  for (const { name, data, flat, lines } of charts) {
    if (flat !== undefined || lines.every(({ series }) => series.length === 0)) continue
    drawn.set(name, await live(drawLine(name, data)))
  }
  return drawn
}

async function pageOf(
  run: RunFacts,
  { declared, outside, profits, falls }: Shown,
  { rerun, record }: { readonly rerun: RerunPart | Section | null; readonly record: PageRecord }
): Promise<string> {
  const drawn = await liveOf([...declared, ...outside])
  if (profits !== null) drawn.set(PROFIT_CHART, await live(profits))
  const drawings = []
  for (const { name, data } of falls) drawings.push({ ...data, drawing: await still(drawWaterfall(name, data)) })
  const processes = run.processes.flatMap((process, at) => {
    const chart = outside[at]
    return chart === undefined ? [] : [[process, chart] as const]
  })
  const around = environment(
    processes,
    drawn,
    "Processes that agents do not control and contracts do not know. Each draws from a stream of its own, so that a seed has the same in every arm."
  )
  const { code, scenario } = run.manifest
  return sheet({
    title: `${titleOf(run)} · ${scenario.id} · mesocosm`,
    description: summaryOf(run),
    head: head(run),
    sections: [
      metrics(run),
      charts(declared, drawn),
      checks(run),
      earnings(run, drawn.get(PROFIT_CHART), drawings),
      ...(around === null ? [] : [around]),
      onChain(run),
      params(run),
      omits(run),
      ...(rerun === null ? [] : ["section" in rerun ? rerun.section : rerun]),
      again(run)
    ],
    foot: `mesocosm ${code.version}. Every number here can be recomputed from the run's folder: manifest.json and its Parquet tables.`,
    drawn,
    record,
    ...(rerun !== null && "section" in rerun ? { rerun } : {})
  })
}
