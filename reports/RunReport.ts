/**
 * The report of a run: one HTML file that holds all it needs, and each chart as SVG and PNG.
 *
 * Invariant: it is a function of the run's folder alone. The same folder gives the same bytes, and every
 * number in it stands in the manifest or in a table, or is a sum over one.
 */
import { mkdir, rename, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { ReportError } from "../sim/Errors.ts"
import { type Drawable, drawBars, drawLine, files, type Live, live } from "./charts/Drawn.ts"
import { PROFIT_CHART, profitBars, runCharts } from "./charts/RunCharts.ts"
import { bundles } from "./html/Bundles.ts"
import { CHART_SCRIPT, SPECS_ID } from "./html/ChartScript.ts"
import { html, json } from "./html/Html.ts"
import { page } from "./html/Page.ts"
import { STYLE } from "./html/Stylesheet.ts"
import { type RunFacts, readRun } from "./run/ReadRun.ts"
import { again } from "./sections/Again.ts"
import { charts, placeOf } from "./sections/Charts.ts"
import { checks } from "./sections/Checks.ts"
import { earnings } from "./sections/Earnings.ts"
import { head, summaryOf, titleOf } from "./sections/Head.ts"
import { metrics } from "./sections/Metrics.ts"
import { omits } from "./sections/Omits.ts"
import { onChain } from "./sections/OnChain.ts"
import { params } from "./sections/Params.ts"
import { contents, section } from "./sections/Section.ts"

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
  const drawables = drawablesOf(run)
  await place(out, await pageOf(run, drawables))
  const paths: string[] = []
  if (options.charts === false) return { html: out, charts: paths }
  for (const chart of drawables.values()) {
    const { svg, png } = await files(chart)
    for (const [ending, content] of [
      ["svg", svg],
      ["png", png]
    ] as const) {
      const path = join(dirname(out), "charts", `${chart.name}.${ending}`)
      await place(path, content)
      paths.push(path)
    }
  }
  return { html: out, charts: paths }
}

/** Everything that is drawn, by name: the charts that the scenario declares, and who earned what. */
function drawablesOf(run: RunFacts): ReadonlyMap<string, Drawable> {
  const all = runCharts(run).map(({ name, data }) => drawLine(name, data))
  const bars = profitBars(run)
  if (bars.bars.length > 0) all.push(drawBars(PROFIT_CHART, bars))
  return new Map(all.map((chart) => [chart.name, chart]))
}

/** The page. */
async function pageOf(run: RunFacts, drawables: ReadonlyMap<string, Drawable>): Promise<string> {
  const declared = runCharts(run)
  const idle = new Set(
    declared
      .filter(({ flat, lines }) => flat !== undefined || lines.every(({ series }) => series.length === 0))
      .map(({ name }) => name)
  )
  const drawn = new Map<string, Live>()
  for (const [name, chart] of drawables) if (!idle.has(name)) drawn.set(name, await live(chart))
  const sections = [
    metrics(run),
    charts(declared, drawn),
    checks(run),
    earnings(run, drawn.get(PROFIT_CHART)),
    onChain(run),
    params(run),
    omits(run),
    again(run)
  ]
  const specs = Object.fromEntries([...drawn].map(([name, { spec, config }]) => [placeOf(name), { spec, config }]))
  const { code, scenario } = run.manifest
  return page({
    title: `${titleOf(run)} · ${scenario.id} · mesocosm`,
    description: summaryOf(run),
    style: STYLE,
    body: html`<div class="sheet">${contents(sections)}<main>
${head(run)}${sections.map(section)}</main>
<footer>mesocosm ${code.version}. Every number here can be recomputed from the run's folder: manifest.json and its Parquet tables.</footer></div>
<script type="application/json" id="${SPECS_ID}">${json(specs)}</script>`,
    scripts: drawn.size === 0 ? [] : [...(await bundles()), CHART_SCRIPT]
  })
}

async function place(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(`${path}.tmp`, content)
    await rename(`${path}.tmp`, path)
  } catch (error) {
    throw new ReportError({
      reason: "Unwritable",
      message: `${path} cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
      fix: "Give a path you may write to with --out.",
      offending: { name: "--out", value: path },
      cause: error
    })
  }
}
