/** A run, or its report, beside the run made again: its manifest, every row of its tables, its page. */
import { existsSync } from "node:fs"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { writeReport } from "../../../reports/RunReport.ts"
import { RERUN, storeBundle } from "../../../reports/rerun/Stored.ts"
import { besideDifferences, besideIn } from "../../../reports/verify/Files.ts"
import { pageDifferences } from "../../../reports/verify/Pages.ts"
import { carriedIn, type PageRecord } from "../../../reports/verify/Record.ts"
import { ArtifactStore } from "../../chain/artifact/ArtifactStore.ts"
import { MesocosmError, ReportError } from "../../Errors.ts"
import { execute } from "../../experiment/Execute.ts"
import { TABLES, type TableName } from "../../run/Recorder.ts"
import { type Resolved, resolve } from "../../run/RunSpec.ts"
import type { Scenario } from "../../scenario/Scenario.ts"
import { codeWords } from "../../store/CodeVersion.ts"
import { type Difference, differencesOf } from "../../store/Differences.ts"
import type { Manifest } from "../../store/Manifest.ts"
import { MANIFEST, readManifest, readTable } from "../../store/RunFolder.ts"
import { findEntry, load } from "../Catalogue.ts"
import { command, PROJECT } from "../Checkout.ts"
import { reporter } from "../progress/Progress.ts"
import { storeRerun } from "../Rerun.ts"
import { plural } from "../Text.ts"
import type { Carried, Verified } from "./Verified.ts"

type Run =
  | { readonly folder: string }
  | { readonly page: string; readonly record: PageRecord & { readonly kind: "run" } }

/** @returns undefined when the signal came first. @throws ReportError, ScenarioError where nothing can be tried. */
export async function verifyRun(run: Run, carried: Carried): Promise<Verified | undefined> {
  const { target, scratch, signal } = carried
  const stored = "folder" in run ? await readManifest(run.folder) : run.record.manifest
  tried(stored, target)
  const entry = findEntry(carried.scenario ?? stored.spec.scenario)
  const scenario = await load(entry)
  const what = "folder" in run ? "run" : "report of a run"
  const untried = otherCode(stored.code)
  const resolved = resolved_(scenario, stored)
  if (!("spec" in resolved)) return { what, confirmed: [], differs: [resolved], untried, sample: null, embedded: null }
  const artifacts = ArtifactStore.openOver(PROJECT)
  const progress = reporter(carried.quiet)
  let manifest: Manifest
  try {
    const audit = stored.audited != null
    const { chain } = stored.host
    ;({ manifest } = await execute({
      ...{ scenario, resolved, chain, audit, artifacts, out: scratch, signal },
      onProgress: progress.update
    }))
  } finally {
    progress.done()
  }
  if (signal.aborted) return undefined
  const differs: Difference[] = [...differencesOf(facts(stored), facts(manifest), "manifest")]
  const confirmed =
    differs.length === 0 ? ["the manifest: Params, contracts by their bytecode, metrics, checks, digests"] : []
  if ("folder" in run) {
    const found = await tableDifferences(run.folder, scratch, stored)
    differs.push(...found.differs)
    confirmed.push(...found.confirmed)
  }
  // Where and how fast it ran is as it was said; nobody can see that again.
  await writeFile(join(scratch, MANIFEST), `${JSON.stringify(asSaid(manifest, stored), null, 2)}\n`)
  untried.push("how long it took, and on which Node: what it says is taken as it stands")
  if (stored.unregistered !== undefined) {
    untried.push("which lines ASSUMPTIONS.md had then: what it says is taken as it stands")
  }
  const carries = "folder" in run ? await carriedIn(run.folder) : run.record.rerun
  if (typeof carries === "object") {
    await storeBundle(scratch, carries)
    untried.push("why the page cannot run itself again: what it says is taken as it stands")
  } else if (carries) {
    const set = setOf(scenario, stored)
    await storeRerun({ folder: scratch, scenario, file: entry.file, set, artifacts })
    if ("folder" in run) {
      const found = await (await import("./Bundle.ts")).bundleDifferences(run.folder, scratch)
      differs.push(...found)
      if (found.length === 0) confirmed.push(`${RERUN}: the script, the chain and the bytecode that its page runs`)
    }
  }
  const page = "folder" in run ? await reportIn(run.folder) : run.page
  if (page === undefined) untried.push("a report: there is none in the folder")
  else {
    const charts = "folder" in run && besideIn(run.folder).charts
    const { html } = await writeReport(scratch, { charts })
    const found = pageDifferences(page, await readFile(html, "utf8"))
    differs.push(...found)
    if (found.length === 0) confirmed.push("the report: every text, every chart's data and all it carries, to the byte")
    if ("folder" in run) {
      const beside = await besideDifferences(run.folder, scratch)
      differs.push(...beside.differs)
      confirmed.push(...beside.confirmed)
      untried.push(...beside.untried)
    }
  }
  let embedded: Verified["embedded"] = null
  if (carried.runEmbedded) {
    const { embeddedIn, runEmbedded } = await import("./embedded/Embedded.ts")
    const code = await embeddedIn(page, "folder" in run ? run.folder : undefined)
    if (code === undefined) untried.push("code that it carries: it carries none")
    else {
      const { arm, seed } = stored.spec
      const asked = { arm, seed, set: setOf(scenario, stored), published: stored.digest, again: manifest.digest }
      embedded = await runEmbedded(code, [asked], { scratch, signal })
      if (signal.aborted) return undefined
    }
  }
  return { what, confirmed, differs, untried, sample: null, embedded }
}

async function reportIn(folder: string): Promise<string | undefined> {
  const path = join(folder, "report.html")
  return existsSync(path) ? readFile(path, "utf8") : undefined
}

function tried({ status, spec, host, schema }: Manifest, target: string): void {
  const whole = typeof spec === "object" && spec !== null && typeof spec.params === "object" && typeof host === "object"
  if (whole && status !== "interrupted" && spec.different === undefined) return
  throw new ReportError({
    reason: whole ? "NotComparable" : "UnreadableRun",
    message: whole
      ? `${target} is of a run that ${status === "interrupted" ? "was interrupted" : "an experiment changed an agent of"}, which cannot be made again from what it says`
      : `${target} has a manifest (schema ${String(schema)}) that is damaged`,
    fix: `Give a run that came to its end: ${command("run <scenario>")} makes one.`,
    offending: { name: "run", value: target }
  })
}

/** The Params that were set by hand, and those that are no more what the scenario declares. */
function setOf(scenario: Scenario, { spec, params }: Manifest): { readonly [name: string]: string } {
  const arm = Object.hasOwn(scenario.arms, spec.arm) ? spec.arm : "baseline"
  const declared = resolve(scenario, { arm, seed: spec.seed }).spec.params
  const byHand = new Set((params ?? []).flatMap(({ name, setBy }) => (setBy === "set" ? [name] : [])))
  return Object.fromEntries(
    Object.entries(spec.params).filter(([name, text]) => byHand.has(name) || declared[name] !== text)
  )
}

/** What the manifest asks for; a difference where this scenario cannot have it. */
function resolved_(scenario: Scenario, stored: Manifest): Resolved | Difference {
  const { arm, seed } = stored.spec
  try {
    return resolve(scenario, { arm, seed, set: setOf(scenario, stored) })
  } catch (error) {
    if (!(error instanceof MesocosmError)) throw error
    return { where: "the spec in the manifest", published: JSON.stringify(stored.spec.params), again: error.message }
  }
}

/** What a manifest says of what happened: not where, how fast, by which revision, and beside which register. */
function facts({ host: _, code: __, unregistered: ___, audited, tables, ...rest }: Manifest): unknown {
  const rows = Object.fromEntries(Object.entries(tables).map(([name, { rows: count }]) => [name, count]))
  return JSON.parse(JSON.stringify({ ...rest, audited: audited ?? null, tables: rows }))
}

function asSaid({ audited, tables, ...again }: Manifest, { host, code, unregistered }: Manifest): Manifest {
  const lines = Array.isArray(unregistered) && unregistered.every((line) => typeof line === "string")
  // In the order of a manifest as a run writes it: a page carries its text.
  return { ...again, host, code, ...(lines ? { unregistered } : {}), audited, tables }
}

/** Why all that follows may differ without anybody having changed anything. */
export function otherCode(code: Manifest["code"]): string[] {
  const now = codeWords()
  const of = ({ version, revision, solc, hardhat }: Manifest["code"]): string =>
    `mesocosm ${version}, revision ${revision?.slice(0, 10) ?? "unknown"}, solc ${solc}, Hardhat ${hardhat}`
  if (of(code) === of(now) && code.changed !== true && now.changed !== true) return []
  const changed = code.changed === true || now.changed === true ? "; there are changes that no revision names" : ""
  if (of(code) === of(now)) return [`whether the code is the same to the letter: ${of(now)}${changed}`]
  return [`the code that made it (${of(code)}): all was made again by ${of(now)}${changed}`]
}

async function tableDifferences(
  published: string,
  again: string,
  { tables }: Manifest
): Promise<{ readonly differs: readonly Difference[]; readonly confirmed: readonly string[] }> {
  const differs: Difference[] = []
  let rows = 0
  const names = (Object.keys(TABLES) as TableName[]).filter((name) => Object.hasOwn(tables, name))
  for (const name of names) {
    const [one, other] = [await readTable(published, name), await readTable(again, name)]
    rows += other.length
    for (let at = 0; at < Math.max(one.length, other.length); at++) {
      differs.push(...differencesOf(one[at], other[at], `table ${name}, row ${at}`))
    }
  }
  return {
    differs,
    confirmed: differs.length === 0 ? [`${plural(names.length, "table")}, all ${plural(rows, "row")}`] : []
  }
}
