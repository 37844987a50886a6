/** An experiment, or its report, beside the experiment made again from its design. */
import { existsSync } from "node:fs"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { writeExperimentReport } from "../../../reports/ExperimentReport.ts"
import { RERUN, storeBundle } from "../../../reports/rerun/Stored.ts"
import { besideDifferences, besideIn } from "../../../reports/verify/Files.ts"
import { PUBLISHED_RUNS, pageDifferences } from "../../../reports/verify/Pages.ts"
import { type Carries, carriedIn, type PageRecord } from "../../../reports/verify/Record.ts"
import { ArtifactStore } from "../../chain/artifact/ArtifactStore.ts"
import type { Hex } from "../../chain/Contracts.ts"
import { ReportError } from "../../Errors.ts"
import { alwaysMade, type Published, redo } from "../../experiment/verify/Redo.ts"
import { chanceOf, sampleOf } from "../../experiment/verify/Sample.ts"
import type { Analysis } from "../../store/Analysis.ts"
import { type Difference, differencesOf } from "../../store/Differences.ts"
import { EVIDENCE } from "../../store/Evidence.ts"
import type { ExperimentManifest } from "../../store/ExperimentManifest.ts"
import { armFile, EXPERIMENT, readExperiment, readStored } from "../../store/ExperimentReader.ts"
import { readRecords } from "../../store/ExperimentRecords.ts"
import type { Manifest } from "../../store/Manifest.ts"
import type { RunRecord } from "../../store/RunRecord.ts"
import { findEntry, load } from "../Catalogue.ts"
import { command, PROJECT, shown } from "../Checkout.ts"
import { codeOf } from "../experiments/CodeOf.ts"
import { openExecutor } from "../experiments/Conducting.ts"
import { experimentReporter } from "../progress/ExperimentLine.ts"
import { storeRerun } from "../Rerun.ts"
import { plural } from "../Text.ts"
import type { Asked as EmbeddedAsked } from "./embedded/Embedded.ts"
import { otherCode } from "./Run.ts"
import type { Carried, Verified } from "./Verified.ts"

/** What is verified. */
export interface Given {
  readonly published: Published
  /** Its folder; undefined of a report alone. */
  readonly folder: string | undefined
  /** Its report; undefined where there is none. */
  readonly page: string | undefined
  readonly rerun: Carries
  /** Text of evidence.json; null where there is none. */
  readonly evidence: string | null
}

/** @throws ReportError UnknownRun, UnreadableRun, SchemaVersion; NotComparable while it is not done. */
export async function publishedFolder(folder: string): Promise<Given> {
  const { manifest, points, plan, analysis } = await readStored(folder)
  if (analysis === undefined) throw notDone(folder, manifest)
  const records = new Map<Hex, RunRecord>()
  for await (const part of readRecords(folder)) for (const record of part) records.set(record.hash, record)
  const described = new Map<string, { readonly hash: Hex; readonly manifest: Manifest }>()
  for (const arm of manifest.design.arms) {
    const path = armFile(folder, arm)
    if (!existsSync(path)) continue
    const of = JSON.parse(await readFile(path, "utf8")) as Manifest
    described.set(arm, { hash: of.specHash, manifest: of })
  }
  const text = async (name: string): Promise<string | undefined> =>
    existsSync(join(folder, name)) ? readFile(join(folder, name), "utf8") : undefined
  return {
    // `conclude` was given an Analysis.
    published: { manifest, points, plan, records, whole: true, described, analysis: analysis as Analysis },
    folder,
    page: await text("report.html"),
    rerun: await carriedIn(folder),
    evidence: (await text(EVIDENCE)) ?? null
  }
}

/** @throws ReportError UnreadableRun where what the page carries is damaged. */
export function publishedPage(page: string, record: PageRecord & { readonly kind: "experiment" }, file: string): Given {
  const { manifest, points, plan, runs, described, analysis, evidence, rerun } = record
  if (![points, plan, runs].every((each) => Array.isArray(each)) || typeof described !== "object") {
    throw new ReportError({
      reason: "UnreadableRun",
      message: `${file} carries a record of itself that is damaged`,
      fix: "Give the report as mesocosm wrote it.",
      offending: { name: "report", value: file }
    })
  }
  return {
    published: {
      ...{ manifest, points, plan, whole: false },
      records: new Map(runs.map((run) => [run.hash, run])),
      described: new Map(
        Object.entries(described).map(([arm, hash]) => [arm, { hash: hash as Hex, manifest: undefined }])
      ),
      // The page's own words, compared with what comes again.
      analysis: analysis as Analysis
    },
    ...{ folder: undefined, page, rerun, evidence }
  }
}

/** @returns undefined when the signal came first. @throws ReportError, ScenarioError where nothing can be tried; ChainError Audit. */
export async function verifyExperiment(given: Given, carried: Carried): Promise<Verified | undefined> {
  const { published, folder } = given
  const { manifest } = published
  const { count, drawSeed, scratch, signal, workers } = carried
  // By id, never by the path that the file names.
  const entry = findEntry(carried.scenario ?? manifest.design.scenario)
  const scenario = await load(entry)
  const untried = (await codeOf(entry)) === manifest.fingerprint ? [] : otherSources(manifest.code)
  const always = alwaysMade(published)
  const rest = [...published.records.keys()].filter((hash) => !always.has(hash))
  const all = count === null || count >= rest.length
  const drawn = all ? null : sampleOf(rest, count, drawSeed)
  const executor = await openExecutor(
    { entry, named: entry.id },
    { chain: manifest.chain, workers, queue: undefined, quiet: carried.quiet }
  )
  const line = experimentReporter(carried.quiet)
  const out = join(scratch, "again")
  let found: readonly Difference[] | undefined
  try {
    found = await redo(published, { scenario, executor, out, drawn, signal, onProgress: line.update })
  } finally {
    line.done()
    await executor.close()
  }
  if (found === undefined) return undefined
  const differs: Difference[] = [...found]
  const confirmed: string[] = []
  if (found.length === 0) {
    confirmed.push(
      drawn === null
        ? `the plan and every run: ${plural(published.records.size, "run")} made again, each the same`
        : `the plan; ${plural(drawn.size + always.size, "run")} made again, each the same`,
      "the analysis: effects, intervals, verdicts, checks, re-derived from the runs"
    )
  }
  differs.push(...(await armDifferences(published, out)))
  if (drawn !== null) {
    untried.push(
      `${plural(rest.length - drawn.size, "run")} that the sample did not draw, and the audit on the other chain`
    )
    if (!published.whole) untried.push("bands over time and ledgers, which are sums over all runs: --all tries them")
  }
  untried.push("which revision and which command made it: what it says of both is taken as it stands")
  if (given.page === undefined) untried.push("a report: there is none in the folder")
  const files = folder === undefined ? undefined : besideIn(folder)
  if (given.page !== undefined || files?.charts === true || files?.markdown === true) {
    differs.push(...(await reportDifferences(given, { entry, scenario, out, all }, untried, confirmed)))
  }
  if (folder !== undefined) {
    const beside = await besideDifferences(folder, out)
    differs.push(...beside.differs)
    confirmed.push(...beside.confirmed)
    untried.push(...beside.untried)
  }
  if (folder !== undefined && given.rerun) {
    const { bundleDifferences } = await import("./Bundle.ts")
    if (existsSync(join(out, RERUN))) differs.push(...(await bundleDifferences(folder, out)))
  }
  let embedded: Verified["embedded"] = null
  if (carried.runEmbedded) {
    const { embeddedIn, runEmbedded } = await import("./embedded/Embedded.ts")
    const code = await embeddedIn(given.page, folder)
    if (code === undefined) untried.push("code that it carries: it carries none")
    else {
      const wanted = drawn === null ? new Set(published.records.keys()) : new Set([...always, ...drawn])
      embedded = await runEmbedded(code, await askedOf(published, wanted, out), { scratch, signal })
      if (signal.aborted) return undefined
    }
  }
  const of = rest.length
  return {
    embedded,
    what: folder === undefined ? "report of an experiment" : "experiment",
    ...{ confirmed, differs, untried },
    sample:
      drawn === null || count === null
        ? null
        : {
            ...{ seed: drawSeed, drawn: drawn.size, of },
            catches: {
              one: chanceOf({ count: drawn.size, of, changed: 1 }),
              ten: chanceOf({ count: drawn.size, of, changed: Math.min(10, of) })
            }
          }
  }
}

/** The runs that the code in a report is asked for: those that were made again here. */
async function askedOf(
  { manifest, plan, points, records }: Published,
  wanted: ReadonlySet<Hex>,
  out: string
): Promise<readonly EmbeddedAsked[]> {
  const here = new Map<Hex, RunRecord>()
  for await (const part of readRecords(out)) for (const record of part) here.set(record.hash, record)
  return plan.flatMap(({ hash, arm, seed, point }) => {
    const published = records.get(hash)
    if (!wanted.has(hash) || published === undefined || published.status !== "complete") return []
    const set = { ...manifest.design.set, ...points.find((each) => each.point === point)?.set }
    return [{ arm, seed, set, published, again: here.get(hash) }]
  })
}

/** Where the report is not the one that comes of what came again. */
async function reportDifferences(
  { published, folder, page, rerun, evidence }: Given,
  made: {
    readonly entry: ReturnType<typeof findEntry>
    readonly scenario: Awaited<ReturnType<typeof load>>
    readonly out: string
    /** Whether every run was made again. */
    readonly all: boolean
  },
  untried: string[],
  confirmed: string[]
): Promise<readonly Difference[]> {
  const { out, entry, scenario, all } = made
  const { manifest } = published
  // When, where and by which command is as it was said; the rest is what came again.
  const again = await readExperiment(out)
  const said = {
    ...manifest,
    hash: again.hash,
    runs: again.runs,
    status: again.status,
    audited: ordered(again.audited, manifest.audited)
  }
  await writeFile(join(out, EXPERIMENT), `${JSON.stringify(said, null, 2)}\n`)
  if (evidence !== null) {
    await writeFile(join(out, EVIDENCE), evidence)
    untried.push(
      "known answers, behaviour checks and assumptions' texts that the report cites: validate and behaviours measure them"
    )
  }
  if (typeof rerun === "object") {
    await storeBundle(out, rerun)
    untried.push("why the page cannot run itself again: what it says is taken as it stands")
  } else if (rerun) {
    const { set } = manifest.design
    await storeRerun({ folder: out, scenario, file: entry.file, set, artifacts: ArtifactStore.openOver(PROJECT) })
  }
  const { html } = await writeExperimentReport(out, folder === undefined ? { charts: false } : besideIn(folder))
  if (page === undefined) return []
  const parted = pageDifferences(page, await readFile(html, "utf8"))
  // A page has samples over time of runs that a sample does not make again; nothing is at hand to hold them against.
  const found = published.whole || all ? parted : parted.filter((each) => !isUndrawnSeries(each))
  if (parted.length > found.length)
    untried.push("samples over time of runs that were not drawn, which the page holds for its own re-runs")
  if (found.length === 0) {
    confirmed.push(
      parted.length === 0
        ? "the report: every text, every chart's data and all it carries, to the byte"
        : "the report: every text, every chart's data and all it carries, but for what is named below"
    )
  }
  return found
}

function isUndrawnSeries({ where, again }: Difference): boolean {
  return where.startsWith(`${PUBLISHED_RUNS} › published › `) && where.endsWith(" › series") && again === "nothing"
}

/** Audits in the order in which they were published: threads end in any. */
function ordered<A extends { readonly hash: Hex }>(again: readonly A[], published: readonly A[]): readonly A[] {
  const place = (hash: Hex): number => published.findIndex((each) => each.hash === hash)
  return [...again].sort((a, b) => place(a.hash) - place(b.hash))
}

async function armDifferences({ described }: Published, out: string): Promise<readonly Difference[]> {
  const found: Difference[] = []
  for (const [arm, { hash, manifest }] of described) {
    const path = armFile(out, arm)
    const text = existsSync(path) ? await readFile(path, "utf8") : undefined
    const again = text === undefined ? undefined : (JSON.parse(text) as Manifest)
    const where = `what describes arm ${arm}`
    if (manifest === undefined) found.push(...differencesOf(hash, again?.specHash, where))
    else found.push(...differencesOf(bare(manifest), again === undefined ? undefined : bare(again), where))
  }
  return found
}

function bare({ code: _, ...rest }: Manifest): unknown {
  return rest
}

function otherSources(code: Manifest["code"]): string[] {
  const [said] = otherCode(code)
  return [said ?? "the sources that made it: those at hand are others"]
}

function notDone(folder: string, { shard, status }: ExperimentManifest): ReportError {
  const part =
    shard !== null && status === "complete" ? `part ${shard.index} of ${shard.of} of an experiment` : undefined
  return new ReportError({
    reason: "NotComparable",
    message: `${shown(folder)} holds ${part ?? "an experiment that is not done"}`,
    fix:
      part === undefined
        ? `Go on with it first: ${command(`resume ${folder}`)}.`
        : `Put it together with the others first: ${command(`collect ${folder} <the other parts> --out <folder>`)}.`,
    offending: { name: "experiment", value: folder }
  })
}
