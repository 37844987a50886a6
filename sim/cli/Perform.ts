/** One run from the words of the command line to its folder, its report and its summary. */
import { rm } from "node:fs/promises"
import { resolve as absolute, join, relative } from "node:path"
import { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import type { ChainKind } from "../chain/Chain.ts"
import { type ErrorWords, ScenarioError } from "../Errors.ts"
import { type Executed, execute } from "../experiment/Execute.ts"
import { spoken } from "../kernel/Duration.ts"
import { type Resolved, readSeed, resolve, specHash } from "../run/RunSpec.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import type { Manifest } from "../store/Manifest.ts"
import { withoutLineWords } from "../store/Register.ts"
import { holdRun } from "../store/RunFolder.ts"
import { type Entry, elsewhere, findEntry, load } from "./Catalogue.ts"
import { command, PROJECT, shown } from "./Checkout.ts"
import { hasLineOf, registerOf } from "./experiments/Evidence.ts"
import { EXIT, errorBlock, errorDocument, exitCode } from "./Failure.ts"
import { reporter } from "./progress/Progress.ts"
import type { Carried } from "./Rerun.ts"
import { RUNS } from "./Runs.ts"
import { summary } from "./Summary.ts"
import { flat } from "./Terminal.ts"
import { print, printJson, warn } from "./Text.ts"

/** What `mesocosm run` was given. */
interface Asked {
  readonly scenario: string
  readonly seed: string
  readonly arm: string
  readonly set: readonly string[]
  readonly out: string | undefined
  readonly chain: ChainKind
  readonly audit: boolean
  readonly noReport: boolean
  readonly noRerun: boolean
  readonly json: boolean
  readonly quiet: boolean
  readonly signal: AbortSignal
}

const REPORT = "report.html"
const CHARTS = "charts"
const RERUN = "rerun.json"

/**
 * Runs, stores and tells.
 * @returns the exit code; how the run ended has been printed.
 * @throws ScenarioError when what was asked for is wrong, or another run writes to `--out`; nothing has run then.
 */
export async function perform(asked: Asked): Promise<number> {
  const set = readSets(asked.set)
  const seed = readSeed(asked.seed)
  const entry = findEntry(asked.scenario)
  const scenario = await load(entry)
  const resolved = resolve(scenario, { arm: asked.arm, seed, set })
  if (asked.out?.trim() === "") {
    throw new ScenarioError({
      reason: "Usage",
      message: "--out names no folder",
      fix: `Give the run a folder, as in --out ${RUNS}/mine.`,
      offending: { name: "--out", value: asked.out }
    })
  }
  const named = join(RUNS, folderName(resolved, asked.set.length > 0))
  const { out, release } =
    asked.out === undefined ? await holdFree(named) : { out: asked.out, release: await holdRun(asked.out) }
  try {
    if (asked.out === undefined && out !== named && !asked.quiet) {
      warn(`Another run writes to ${shown(named)}; this one goes to ${shown(out)}.\n`)
    }
    return await performIn(out, asked, { entry, scenario, resolved, set })
  } finally {
    release()
  }
}

/** Holds a folder of that name, or the first beside it that nobody writes to: the same run may be made twice at once. */
async function holdFree(named: string): Promise<{ readonly out: string; readonly release: () => void }> {
  for (let nth = 1; ; nth++) {
    const out = nth === 1 ? named : `${named}.${nth}`
    try {
      return { out, release: await holdRun(out) }
    } catch (error) {
      if (!(error instanceof ScenarioError && error.reason === "Busy") || nth > 99) throw error
    }
  }
}

/** A run that is to be made. */
interface Given {
  readonly entry: Entry
  readonly scenario: Scenario
  readonly resolved: Resolved
  readonly set: { readonly [param: string]: string }
}

/** The same, into a folder that is held. */
async function performIn(out: string, asked: Asked, { entry, scenario, resolved, set }: Given): Promise<number> {
  const artifacts = ArtifactStore.openOver(PROJECT)
  const progress = reporter(asked.quiet)
  let executed: Executed
  try {
    executed = await execute({
      scenario,
      resolved,
      chain: asked.chain,
      audit: asked.audit,
      artifacts,
      out,
      hasLine: hasLineOf(entry.file),
      ...(elsewhere(asked.scenario) === undefined ? {} : { file: relative(absolute(out), entry.file) }),
      onProgress: progress.update,
      signal: asked.signal
    })
  } finally {
    progress.done()
  }
  const { manifest, error, recorder } = executed
  // A complete run that stood here stays where this one was interrupted.
  const beside = executed.folder !== undefined && executed.folder !== out
  const whole = manifest.status === "complete" && !asked.noReport
  // A report of what was here before would be taken for one of this run.
  if (!beside) {
    for (const stale of whole ? [RERUN] : [RERUN, REPORT, CHARTS])
      await rm(join(out, stale), { force: true, recursive: true })
  }
  const refused =
    whole && !asked.noRerun ? await storeRerun({ folder: out, scenario, file: entry.file, set, artifacts }) : undefined
  const report = whole ? await writeReport(out) : null
  const folder = shown(executed.folder ?? out)
  if (asked.json) printJson(runDocument(manifest, error, folder, report))
  else {
    // First, as what follows of a run that went some way is long.
    if (error !== undefined) process.stderr.write(errorBlock(error))
    const named = asked.scenario
    print(summary({ manifest, recorder, folder, report: report === null ? null : shown(report), named }))
    if (manifest.status === "interrupted") warn(partial(manifest, folder, beside ? shown(out) : undefined))
    if (manifest.unregistered !== undefined) {
      warn(`${withoutLineWords(manifest.unregistered, shown(registerOf(entry.file)))}.\n`)
    }
    if (refused !== undefined) {
      warn(`The report cannot run itself again: ${flat(refused.message)}.\n  fix: ${flat(refused.fix)}\n`)
    }
  }
  return codeOf(manifest, error)
}

/** `name=value` as written. @throws ScenarioError Usage. */
export function readSets(words: readonly string[]): { readonly [name: string]: string } {
  const set: { [name: string]: string } = {}
  for (const word of words) {
    const at = word.indexOf("=")
    const name = word.slice(0, at).trim()
    const wrong =
      at < 1 || name === "" ? "is not name=value" : Object.hasOwn(set, name) ? "sets it a second time" : undefined
    if (wrong !== undefined) {
      throw new ScenarioError({
        reason: "Usage",
        message: `--set "${word}" ${wrong}`,
        fix: `Give each Param once, as in --set honest=200.`,
        offending: { name: "--set", value: word }
      })
    }
    set[name] = word.slice(at + 1).trim()
  }
  return set
}

function folderName({ spec }: Resolved, changed: boolean): string {
  const name = `${spec.arm}-${spec.seed}`
  return join(spec.scenario, changed ? `${name}-${specHash(spec).slice(2, 10)}` : name)
}

async function storeRerun(carried: Carried): Promise<ErrorWords | undefined> {
  const { storeRerun: store } = await import("./Rerun.ts")
  return store(carried)
}

async function writeReport(folder: string): Promise<string> {
  const { writeReport: write } = await import("../../reports/RunReport.ts")
  return (await write(folder)).html
}

function partial(manifest: Manifest, folder: string, whole: string | undefined): string {
  const { counts, endedAt, spec } = manifest
  return (
    `Interrupted after ${spoken(endedAt)} of ${spoken(spec.horizon)}. Kept in ${folder}: ` +
    `${counts.blocks} blocks and ${counts.transactions} transactions. The run is partial, and its manifest says so.\n` +
    (whole === undefined ? "" : `The complete run in ${whole} stays as it was.\n`) +
    `See them with ${command(`report ${folder}`)}, or run it again for the whole.\n`
  )
}

function codeOf(manifest: Manifest, error: unknown): number {
  if (error !== undefined) return exitCode(error, "in a run")
  if (manifest.status === "interrupted") return EXIT.interrupted
  return manifest.checks.some(({ held }) => held === false) ? EXIT.checkFailed : EXIT.ok
}

function runDocument(manifest: Manifest, error: unknown, folder: string, report: string | null): unknown {
  const { status, spec, specHash: hash, digest, checks, metrics, counts, reverts = [] } = manifest
  return {
    status,
    spec,
    specHash: hash,
    digest,
    checks: checks.map(({ claim, when, held, failedAt }) => ({
      claim,
      when,
      held: held ?? null,
      failedAt: failedAt ?? null
    })),
    metrics: Object.fromEntries(
      metrics.map(({ name, unit, last }) => [name, { unit, value: last?.value ?? null, number: last?.number ?? null }])
    ),
    counts,
    reverts,
    folder,
    report: report === null ? null : shown(report),
    error: error === undefined ? null : errorDocument(error)
  }
}
