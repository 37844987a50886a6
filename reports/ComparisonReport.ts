/**
 * The comparison of several runs of one scenario: one HTML file that holds all it needs, and each line chart
 * as SVG and PNG.
 *
 * Invariant: it is a function of the runs' folders and their order. It says what was, run beside run, and
 * judges nothing: an interval and a verdict take an experiment.
 */
import { basename, dirname, extname, join } from "node:path"
import { drawLine, drawWaterfall, still } from "./charts/Drawn.ts"
import { namer } from "./charts/Names.ts"
import { again } from "./comparison/Again.ts"
import { armCharts, outsideCharts } from "./comparison/Charts.ts"
import { checks } from "./comparison/Checks.ts"
import { differences, shared } from "./comparison/Differences.ts"
import { head, summaryOf } from "./comparison/Head.ts"
import { ledger, ledgers } from "./comparison/Ledger.ts"
import { values } from "./comparison/Values.ts"
import { place } from "./html/Place.ts"
import { sheet } from "./html/Sheet.ts"
import { liveOf, type ReportOptions, type Written, writeCharts } from "./RunReport.ts"
import { type Comparison, readComparison } from "./run/Comparison.ts"
import { charts } from "./sections/Charts.ts"
import { environment } from "./sections/Environment.ts"
import { omitList } from "./sections/Omits.ts"

/**
 * Writes the comparison of the runs in `folders`: `comparison.html` in the first one's folder unless `out` says
 * otherwise, and its charts into a folder beside it that has its name and `-charts`.
 * @throws ReportError UnknownRun, UnreadableRun, SchemaVersion when a run cannot be read; NotComparable; Unwritable.
 */
export async function writeComparison(folders: readonly string[], options: ReportOptions = {}): Promise<Written> {
  const comparison = await readComparison(folders)
  const out = options.out ?? join(folders[0] ?? ".", "comparison.html")
  const name = namer()
  const declared = armCharts(comparison, name)
  const outside = outsideCharts(comparison, name)
  await place(out, await pageOf(comparison, declared, outside, ledgers(comparison, name)))
  if (options.charts === false) return { html: out, charts: [] }
  const beside = join(dirname(out), `${basename(out, extname(out))}-charts`)
  const drawables = [...declared, ...outside.map(([, chart]) => chart)].map((chart) => drawLine(chart.name, chart.data))
  return { html: out, charts: await writeCharts(drawables, beside) }
}

async function pageOf(
  comparison: Comparison,
  declared: ReturnType<typeof armCharts>,
  outside: ReturnType<typeof outsideCharts>,
  populations: ReturnType<typeof ledgers>
): Promise<string> {
  const { manifest } = comparison
  const drawn = await liveOf([...declared, ...outside.map(([, chart]) => chart)])
  const drawings = new Map<string, string>()
  for (const { name, data } of populations.flatMap(({ falls }) => falls)) {
    drawings.set(name, await still(drawWaterfall(name, data)))
  }
  const around = environment(
    outside,
    drawn,
    "Processes that agents do not control and contracts do not know. They depend on the seed, and on an arm only where it sets their Params."
  )
  const runs = comparison.arms.flatMap((arm) => arm.runs)
  return sheet({
    title: `${manifest.scenario.question ?? manifest.scenario.id} · ${manifest.scenario.id} · comparison · mesocosm`,
    description: summaryOf(comparison),
    head: head(comparison),
    sections: [
      values(comparison),
      differences(comparison),
      charts(declared, drawn),
      checks(comparison),
      ledger(populations, drawings, manifest.scenario.numeraire),
      ...(around === null ? [] : [around]),
      shared(comparison),
      omitList(runs.flatMap((run) => run.manifest.scenario.omits)),
      again(comparison)
    ],
    foot: `mesocosm ${manifest.code.version}. Every number here can be recomputed from the runs' folders: manifest.json and its Parquet tables.`,
    drawn
  })
}
