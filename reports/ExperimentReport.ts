/**
 * The report of an experiment: one HTML file that holds all it needs, and each chart as SVG and PNG.
 *
 * Invariant: it is a function of the experiment's folder alone; every number stands in its analysis or its tables.
 */
import { dirname, join } from "node:path"
import { live } from "./charts/Drawn.ts"
import { namer } from "./charts/Names.ts"
import { assumptionMaps, differences, distributions, fans, surfaces, tornados } from "./experiment/Charts.ts"
import { type ExperimentFacts, readFacts } from "./experiment/Facts.ts"
import { head, summaryOf } from "./experiment/Head.ts"
import { assumed, failures, figureSection, ledger, made, survivals, verdicts } from "./experiment/Sections.ts"
import { place } from "./html/Place.ts"
import { sheet } from "./html/Sheet.ts"
import { type ReportOptions, type Written, writeCharts } from "./RunReport.ts"
import { omitList } from "./sections/Omits.ts"

/**
 * Writes the report of the experiment in `folder`: `report.html` there unless `out` says otherwise, and its charts.
 * @throws ReportError UnknownRun, UnreadableRun, SchemaVersion, NotComparable while it is not done; Unwritable.
 */
export async function writeExperimentReport(folder: string, options: ReportOptions = {}): Promise<Written> {
  const facts = await readFacts(folder)
  const out = options.out ?? join(folder, "report.html")
  const groups = groupsOf(facts)
  await place(out, await pageOf(facts, groups))
  if (options.charts === false) return { html: out, charts: [] }
  const all = groups.flatMap(({ figures }) => figures.map(({ drawable }) => drawable))
  return { html: out, charts: await writeCharts(all, join(dirname(out), "charts")) }
}

function groupsOf(
  facts: ExperimentFacts
): readonly { readonly id: string; readonly title: string; readonly figures: ReturnType<typeof fans> }[] {
  const name = namer()
  return [
    { id: "flips", title: "Where verdicts flip", figures: assumptionMaps(facts, name) },
    { id: "surfaces", title: "How KPIs answer", figures: surfaces(facts, name) },
    { id: "tornados", title: "What KPIs hang on", figures: tornados(facts, name) },
    { id: "differences", title: "Differences, seed by seed", figures: differences(facts, name) },
    { id: "fans", title: "How it went", figures: fans(facts, name) },
    { id: "distributions", title: "How it varies", figures: distributions(facts, name) }
  ]
}

async function pageOf(facts: ExperimentFacts, groups: ReturnType<typeof groupsOf>): Promise<string> {
  const drawn = new Map(
    await Promise.all(
      groups.flatMap(({ figures }) =>
        figures.map(async ({ drawable }) => [drawable.name, await live(drawable)] as const)
      )
    )
  )
  const scenario = [...facts.arms.values()][0]?.scenario
  const omits = [...facts.arms.values()].flatMap((arm) => arm.scenario.omits)
  const sections = [
    verdicts(facts),
    survivals(facts),
    ...groups.map(({ figures, ...head_ }) => figureSection(head_, figures, drawn)),
    ledger(facts),
    assumed(facts),
    omitList(omits),
    failures(facts),
    made(facts)
  ].filter((each) => each !== null)
  return sheet({
    title: `${scenario?.question ?? facts.manifest.design.scenario} · ${facts.manifest.design.scenario} · experiment · mesocosm`,
    description: summaryOf(facts),
    head: head(facts),
    sections,
    foot: `mesocosm ${facts.manifest.code.version}. Every number here can be recomputed from the experiment's folder.`,
    drawn
  })
}
