/**
 * What a report carries of what it was made of, as data: all that `verify` needs to make it again. The data is
 * compared and never run.
 */
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { ReportError } from "../../sim/Errors.ts"
import { EVIDENCE } from "../../sim/store/Evidence.ts"
import type { ExperimentManifest, PlanRow, PointRow } from "../../sim/store/ExperimentManifest.ts"
import { armFile, readStored } from "../../sim/store/ExperimentReader.ts"
import { readRecords } from "../../sim/store/ExperimentRecords.ts"
import type { Manifest } from "../../sim/store/Manifest.ts"
import { readManifest } from "../../sim/store/RunFolder.ts"
import type { RunRecord } from "../../sim/store/RunRecord.ts"
import { html, json, type Markup } from "../html/Html.ts"
import { type Refused, readBundle } from "../rerun/Stored.ts"

/** The id of the element. */
export const RECORD_ID = "made-of"

/** Whether the page runs again; or why it cannot, as it says. */
export type Carries = boolean | Refused

export type PageRecord =
  | { readonly version: 1; readonly kind: "run"; readonly manifest: Manifest; readonly rerun: Carries }
  | {
      readonly version: 1
      readonly kind: "experiment"
      readonly manifest: ExperimentManifest
      readonly points: readonly PointRow[]
      readonly plan: readonly PlanRow[]
      /** Without series and ledgers, which are left empty. */
      readonly runs: readonly RunRecord[]
      /** Arm to the hash of the run that describes it. */
      readonly described: { readonly [arm: string]: string }
      readonly analysis: unknown
      /** The text of evidence.json; null where there is none. */
      readonly evidence: string | null
      readonly rerun: Carries
    }

/** Of a run's folder. @throws ReportError UnknownRun, UnreadableRun, SchemaVersion. */
export async function runRecord(folder: string): Promise<PageRecord> {
  return { version: 1, kind: "run", manifest: await readManifest(folder), rerun: await carriedIn(folder) }
}

/** Of an experiment's folder. @throws ReportError UnknownRun, UnreadableRun, SchemaVersion. */
export async function experimentRecord(folder: string): Promise<PageRecord> {
  const { manifest, points, plan, analysis } = await readStored(folder)
  const runs: RunRecord[] = []
  for await (const part of readRecords(folder)) {
    for (const { host: _, ...record } of part) {
      // Where and how fast is in no canonical export either.
      runs.push({ ...record, series: [], ledger: [], host: { chain: manifest.chain, seconds: 0 } })
    }
  }
  const described: { [arm: string]: string } = {}
  for (const arm of manifest.design.arms) {
    const path = armFile(folder, arm)
    if (existsSync(path)) described[arm] = (JSON.parse(await readFile(path, "utf8")) as Manifest).specHash
  }
  const path = join(folder, EVIDENCE)
  const evidence = existsSync(path) ? await readFile(path, "utf8") : null
  const rerun = await carriedIn(folder)
  runs.sort((a, b) => (a.hash < b.hash ? -1 : 1))
  return { version: 1, kind: "experiment", manifest, points, plan, runs, described, analysis, evidence, rerun }
}

/** What a folder has to run again. @throws ReportError UnreadableRun, SchemaVersion. */
export async function carriedIn(folder: string): Promise<Carries> {
  const bundle = await readBundle(folder)
  return bundle === null ? false : "refused" in bundle ? bundle : true
}

/** As an element of a page. */
export function recordElement(record: PageRecord): Markup {
  return html`<script type="application/json" id="${RECORD_ID}">${json(record)}</script>`
}

/** What a page carries. @throws ReportError UnreadableRun where it carries nothing of the kind, SchemaVersion. */
export function readRecord(page: string, file: string): PageRecord {
  const mark = `<script type="application/json" id="${RECORD_ID}">`
  const from = page.indexOf(mark)
  const end = from < 0 ? -1 : page.indexOf("</script>", from)
  const whole = /<\/html>\s*$/.test(page)
  if (end < 0 && !/<html\b/i.test(page)) throw unreadable(file, "is a file, and no report")
  if (end < 0) throw unreadable(file, whole ? "carries nothing that says what it was made of" : "is cut off")
  let read: unknown
  try {
    read = JSON.parse(page.slice(from + mark.length, end))
  } catch (cause) {
    throw unreadable(file, "carries a record of itself that is no JSON", cause)
  }
  const { version, kind, manifest } = (read ?? {}) as { readonly [field: string]: unknown }
  if (version !== 1) {
    throw new ReportError({
      reason: "SchemaVersion",
      message: `${file} carries a record of version ${String(version)}, and this version of mesocosm reads 1`,
      fix: "Verify it with the version of mesocosm that stands in its foot.",
      offending: { name: "report", value: file }
    })
  }
  if ((kind !== "run" && kind !== "experiment") || typeof manifest !== "object" || manifest === null) {
    throw unreadable(file, "carries a record of itself that is damaged")
  }
  // Looked at above; what else it says is compared with what comes again.
  return read as PageRecord
}

function unreadable(file: string, what: string, cause?: unknown): ReportError {
  return new ReportError({
    reason: "UnreadableRun",
    message: `${file} ${what}`,
    fix: "Give a report of a run or of an experiment as mesocosm wrote it, or the folder that it was made of.",
    offending: { name: "report", value: file },
    cause
  })
}
