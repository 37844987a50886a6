/**
 * The report of an experiment: one HTML file that holds all it needs, and each chart as SVG and PNG.
 *
 * Invariant: it is a function of the experiment's folder alone; every number stands in its analysis, its tables or its
 * evidence.json, and what runs again is its rerun.json.
 */
import { dirname, join } from "node:path"
import { live } from "./charts/Drawn.ts"
import { namer } from "./charts/Names.ts"
import { assumptionMaps, differences, distributions, fans, surfaces, tornados } from "./experiment/Charts.ts"
import { type ExperimentFacts, readFacts } from "./experiment/Facts.ts"
import { gains } from "./experiment/Gains.ts"
import { head, omitted, summaryOf } from "./experiment/Head.ts"
import { markdownOf } from "./experiment/Markdown.ts"
import type { Figure } from "./experiment/Marks.ts"
import { manifold, meanings, measured, proposed } from "./experiment/Proposal.ts"
import {
  assumed,
  chartGrid,
  failures,
  figureSection,
  ledger,
  made,
  survivals,
  verdicts
} from "./experiment/Sections.ts"
import { place } from "./html/Place.ts"
import { sheet } from "./html/Sheet.ts"
import { type ReportOptions, type Written, writeCharts } from "./RunReport.ts"
import { type RerunPart, refusedSection, rerunSection } from "./rerun/RerunSection.ts"
import { readBundle } from "./rerun/Stored.ts"
import { commandLine } from "./run/CommandLine.ts"
import { omitList } from "./sections/Omits.ts"
import type { Section } from "./sections/Section.ts"
import { experimentRecord, type PageRecord } from "./verify/Record.ts"

/** How an experiment's report is written. */
export interface ExperimentReportOptions extends ReportOptions {
  /** Whether it is written as `report.md` beside the page too; false if left out. */
  readonly markdown?: boolean
}

/** What was written: paths. */
export interface ExperimentWritten extends Written {
  readonly markdown: string | undefined
}

/**
 * Writes the report of the experiment in `folder`: `report.html` there unless `out` says otherwise, and its charts.
 * @throws ReportError UnknownRun, UnreadableRun, SchemaVersion, NotComparable while it is not done; Unwritable.
 */
export async function writeExperimentReport(
  folder: string,
  options: ExperimentReportOptions = {}
): Promise<ExperimentWritten> {
  const facts = await readFacts(folder)
  const out = options.out ?? join(folder, "report.html")
  const groups = groupsOf(facts)
  await place(
    out,
    await pageOf(facts, groups, { rerun: await rerunOf(folder, facts), record: await experimentRecord(folder) })
  )
  const markdown = options.markdown === true ? `${out.replace(/\.html?$/i, "")}.md` : undefined
  if (markdown !== undefined) await place(markdown, markdownOf(facts, groups, "charts"))
  if (options.charts === false && markdown === undefined) return { html: out, charts: [], markdown }
  const all = groups.flatMap(({ figures }) => figures.map(({ drawable }) => drawable))
  return { html: out, charts: await writeCharts(all, join(dirname(out), "charts")), markdown }
}

/** What runs it again; a section alone where the page cannot; null where nothing was stored for it. */
async function rerunOf(
  folder: string,
  { rerun, manifest, command }: ExperimentFacts
): Promise<RerunPart | Section | null> {
  const stored = await readBundle(folder)
  if (stored === null || rerun === undefined) return null
  if ("refused" in stored) return refusedSection(stored.refused)
  const [first] = rerun.published
  return rerunSection({
    ...rerun,
    bundle: stored,
    digests: { id: "made", title: "How to make it again" },
    command:
      first === undefined
        ? (command ?? `./mesocosm run ${manifest.named}`)
        : commandLine({ scenario: rerun.scenario, arm: first.arm, seed: first.seed, set: rerun.set })
  })
}

interface Group {
  readonly id: string
  readonly title: string
  readonly figures: readonly Figure[]
}

const GAINS = "gains"

function groupsOf(facts: ExperimentFacts): readonly Group[] {
  const name = namer()
  return [
    { id: "flips", title: "Where verdicts turn", figures: assumptionMaps(facts, name) },
    { id: "surfaces", title: "How KPIs answer", figures: surfaces(facts, name) },
    { id: "tornados", title: "What KPIs hang on", figures: tornados(facts, name) },
    { id: "fans", title: "How it went", figures: fans(facts, name) },
    { id: "differences", title: "Differences, seed by seed", figures: differences(facts, name) },
    { id: "distributions", title: "How it varies", figures: distributions(facts, name) },
    { id: GAINS, title: "Who gains and who loses", figures: gains(facts, name) }
  ]
}

async function pageOf(
  facts: ExperimentFacts,
  groups: readonly Group[],
  { rerun, record }: { readonly rerun: RerunPart | Section | null; readonly record: PageRecord }
): Promise<string> {
  const drawn = new Map(
    await Promise.all(
      groups.flatMap(({ figures }) =>
        figures.map(async ({ drawable }) => [drawable.name, await live(drawable)] as const)
      )
    )
  )
  const scenario = [...facts.arms.values()][0]?.scenario
  const gained = groups.find(({ id }) => id === GAINS)?.figures ?? []
  const sections = [
    proposed(facts),
    survivals(facts),
    ...groups.filter(({ id }) => id !== GAINS).map(({ figures, ...head_ }) => figureSection(head_, figures, drawn)),
    ledger(facts, gained.length === 0 ? null : chartGrid(gained, drawn)),
    manifold(facts),
    rerun === null ? null : "section" in rerun ? rerun.section : rerun,
    verdicts(facts),
    measured(facts),
    assumed(facts),
    omitList(omitted(facts)),
    failures(facts),
    made(facts),
    meanings(facts)
  ].filter((each) => each !== null)
  return sheet({
    title: `${scenario?.question ?? facts.manifest.design.scenario} · ${facts.manifest.design.scenario} · experiment · mesocosm`,
    description: summaryOf(facts),
    head: head(facts),
    sections,
    foot: `mesocosm ${facts.manifest.code.version}. Every number here can be recomputed from the experiment's folder.`,
    drawn,
    record,
    ...(rerun !== null && "section" in rerun ? { rerun } : {})
  })
}
