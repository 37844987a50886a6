/** From a design to its folder: opens or begins it, has its runs made, and tells what came of it. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { ArtifactStore } from "../../chain/artifact/ArtifactStore.ts"
import type { ChainKind } from "../../chain/Chain.ts"
import { ScenarioError } from "../../Errors.ts"
import { analyse } from "../../experiment/analysis/analyse.ts"
import { conduct } from "../../experiment/Conduct.ts"
import { designHash } from "../../experiment/Designs.ts"
import { execute } from "../../experiment/Execute.ts"
import type { Executor } from "../../experiment/executors/Executor.ts"
import { LocalExecutor } from "../../experiment/executors/LocalExecutor.ts"
import type { Task } from "../../experiment/Planning.ts"
import { resolve } from "../../run/RunSpec.ts"
import type { Scenario } from "../../scenario/Scenario.ts"
import type { Analysis } from "../../store/Analysis.ts"
import { codeWords } from "../../store/CodeVersion.ts"
import { dryRuns } from "../../store/DryRuns.ts"
import { ExperimentFolder } from "../../store/ExperimentFolder.ts"
import { type Design, EXPERIMENT_SCHEMA, type ExperimentManifest } from "../../store/ExperimentManifest.ts"
import { EXPERIMENT } from "../../store/ExperimentReader.ts"
import { type Entry, findEntry, load } from "../Catalogue.ts"
import { command, PROJECT, shown } from "../Checkout.ts"
import { EXIT, errorBlock, errorDocument, exitCode } from "../Failure.ts"
import { mayWrite } from "../MayWrite.ts"
import { experimentReporter } from "../progress/ExperimentLine.ts"
import { ProgressFile } from "../progress/ProgressFile.ts"
import { takeExperiment } from "../Stored.ts"
import { number, plural, print, printJson } from "../Text.ts"
import { asTyped, type Carried, readCount, readShard } from "./Asked.ts"
import { brokenClaims } from "./Broken.ts"
import { codeOf } from "./CodeOf.ts"
import { unmovedParams } from "./Unmoved.ts"
import { experimentWords } from "./Words.ts"

/** The folder below which experiments are stored unless `--out` says otherwise. */
export const EXPERIMENTS = "experiments"

/** A scenario with where it was found. */
export interface Found {
  readonly scenario: Scenario
  readonly entry: Entry
  readonly named: string
}

/** @throws ScenarioError UnknownScenario, MalformedDeclaration. */
export async function find(named: string): Promise<Found> {
  const entry = findEntry(named)
  return { scenario: await load(entry), entry, named }
}

/**
 * Begins an experiment, or goes on with it where the same command began it under the same code.
 * @returns the exit code; what came of it has been printed.
 * @throws ScenarioError when what was asked for is wrong; nothing has run then.
 */
export async function begin(found: Found, design: Design, carried: Carried): Promise<number> {
  const shard = readShard(carried.shard)
  const code = await codeOf(found.entry)
  const path = carried.out ?? folderOf(design, code, carried.chain, shard)
  const manifest: ExperimentManifest = {
    schema: EXPERIMENT_SCHEMA,
    hash: designHash(design),
    design,
    status: "running",
    chain: carried.chain,
    named: found.named,
    command: asTyped(process.argv.slice(2)),
    code: codeWords(),
    fingerprint: code,
    shard,
    runs: { planned: 0, complete: 0, failed: 0 },
    audited: [],
    error: null
  }
  await mayWrite(carried.report, "--report")
  const executor = await openExecutor(found, carried)
  try {
    const folder = await openOrCreate(path, manifest)
    return await carryOut(found, folder, executor, carried)
  } finally {
    await executor.close()
  }
}

/**
 * Goes on with an experiment.
 * @throws ReportError UnknownRun, UnreadableRun, SchemaVersion; ScenarioError AlreadyExists when it was begun by other code.
 */
export async function goOn(path: string, carried: Carried): Promise<number> {
  await takeExperiment(path)
  await mayWrite(carried.report, "--report")
  const folder = await ExperimentFolder.open(path)
  try {
    const { named, chain } = folder.manifest
    const found = await find(named)
    sameCode(folder, await codeOf(found.entry))
    const asBegun = { ...carried, chain }
    return await carryOut(found, folder, await openExecutor(found, asBegun), asBegun)
  } finally {
    folder.close()
  }
}

/** Opens an experiment that the same command began, or begins it. @throws ScenarioError AlreadyExists, Busy, Unwritable. */
export async function openOrCreate(path: string, manifest: ExperimentManifest): Promise<ExperimentFolder> {
  if (!existsSync(join(path, EXPERIMENT))) return ExperimentFolder.create(path, manifest)
  const folder = await ExperimentFolder.open(path)
  const { hash, chain, shard } = folder.manifest
  const same =
    hash === manifest.hash && chain === manifest.chain && JSON.stringify(shard) === JSON.stringify(manifest.shard)
  try {
    if (!same) {
      throw new ScenarioError({
        reason: "AlreadyExists",
        message: `${path} holds another experiment`,
        fix: `Give another folder with --out, or go on with that one: ${command(`resume ${path}`)}.`,
        offending: { name: "--out", value: path }
      })
    }
    sameCode(folder, manifest.fingerprint)
  } catch (error) {
    folder.close()
    throw error
  }
  return folder
}

/** Runs of two codes never stand in one experiment. @throws ScenarioError AlreadyExists. */
function sameCode(folder: ExperimentFolder, now: string): void {
  const { fingerprint: then, code } = folder.manifest
  if (then === now) return
  throw new ScenarioError({
    reason: "AlreadyExists",
    message: `${folder.path} was begun by other code than this${code.revision === null ? "" : ` (revision ${code.revision.slice(0, 9)}${code.changed === true ? ", changed since" : ""})`}`,
    fix: "Go back to that code, or begin another experiment with --out: runs of two codes do not stand in one.",
    offending: { name: "experiment", value: folder.path }
  })
}

/** Has it made and tells what came of it. @returns the exit code. */
export async function carryOut(
  found: Found,
  folder: ExperimentFolder,
  executor: Executor,
  carried: Carried
): Promise<number> {
  const { scenario } = found
  const { json, quiet, signal } = carried
  const line = experimentReporter(quiet)
  const file = new ProgressFile(scenario, folder.path)
  let failure: unknown
  let analysis: Analysis | undefined
  try {
    await conduct({
      scenario,
      folder,
      executor,
      analyse: async () => {
        analysis = await analyse(folder, scenario)
        return analysis
      },
      locate: (task) => parting(scenario, task, folder.manifest.chain),
      onProgress: (progress) => {
        line.update(progress)
        file.update(progress)
      },
      signal
    })
  } catch (error) {
    failure = error
  } finally {
    line.done()
    await executor.close()
    folder.close()
  }
  const { status, runs } = folder.manifest
  const where = shown(folder.path)
  if (failure !== undefined) {
    if (json) printJson({ error: errorDocument(failure), folder: where })
    else process.stderr.write(errorBlock(failure))
    return exitCode(failure, "in a run")
  }
  const report = analysis === undefined ? null : await writeReports(found, folder.path, carried.report)
  const broken = brokenClaims(folder)
  const unmoved = unmovedParams(folder)
  const dry = dryRuns(folder)
  if (json) {
    const { audited } = folder.manifest
    const told = { broken, unmoved, outOfGas: dry ?? null }
    printJson({ status, runs, folder: where, report, audited, ...told, analysis: analysis ?? null })
  } else if (analysis !== undefined) {
    const { arms } = folder.manifest.design
    const { values } = resolve(scenario, { arm: arms[0] ?? "baseline", seed: 0, set: folder.manifest.design.set })
    const numeraire = scenario.numeraire({ params: values }).name
    print(
      experimentWords(folder.manifest, analysis, {
        folder: folder.path,
        question: scenario.question,
        numeraire,
        report,
        broken,
        unmoved,
        dry
      })
    )
  } else {
    const { shard } = folder.manifest
    const next =
      shard === null || status !== "complete"
        ? ""
        : `Part ${shard.index} of ${shard.of}; put all together with ${command(`collect ${where} <the other parts> --out <folder>`)}\n`
    print(
      `${number(runs.complete)} of ${plural(runs.planned, "run")} complete, ${runs.failed} failed: ${where}\n${next}`
    )
  }
  if (status === "interrupted") {
    if (!json) process.stderr.write(`Interrupted; go on with ${command(`resume ${where}`)}.\n`)
    return EXIT.interrupted
  }
  if (runs.failed > 0) return EXIT.runFailed
  // A check is what must hold, in each run: one that broke in 3 of 100 has failed.
  return broken.length > 0 ? EXIT.checkFailed : EXIT.ok
}

/** Writes the report into the experiment's folder, and where else it is wanted. @returns where a person finds it. */
async function writeReports({ scenario, entry }: Found, folder: string, wanted: string | undefined): Promise<string> {
  const { outfit } = await import("./Outfit.ts")
  await outfit(folder, { scenario, entry })
  const { writeExperimentReport } = await import("../../../reports/ExperimentReport.ts")
  const { html } = await writeExperimentReport(folder)
  if (wanted === undefined) return shown(html)
  return shown((await writeExperimentReport(folder, { out: wanted, charts: false })).html)
}

/** Where the chains part in a run, in words. */
async function parting(scenario: Scenario, { arm, seed, set }: Task, chain: ChainKind): Promise<string> {
  const resolved = resolve(scenario, { arm, seed, set })
  const { error } = await execute({
    scenario,
    resolved,
    chain,
    artifacts: ArtifactStore.openOver(PROJECT),
    audit: true
  })
  return error instanceof Error ? error.message : ""
}

/** Who makes the runs. @throws ScenarioError Usage, Unreachable. */
export async function openExecutor(
  { entry, named }: Pick<Found, "entry" | "named">,
  carried: Pick<Carried, "chain" | "workers" | "queue" | "quiet">
): Promise<Executor> {
  const { chain, workers, queue, quiet } = carried
  if (queue !== undefined) {
    const { QueueExecutor } = await import("../../experiment/executors/QueueExecutor.ts")
    const told = new Set<string>()
    return QueueExecutor.open({
      address: queue,
      named,
      fingerprint: await codeOf(entry),
      onNotice(says) {
        if (!quiet && !told.has(says)) process.stderr.write(`mesocosm: ${says}\n`)
        told.add(says)
      }
    })
  }
  return new LocalExecutor(pathToFileURL(entry.file).href, {
    chain,
    root: PROJECT,
    preload: new URL("../Preload.ts", import.meta.url).href,
    ...(workers === undefined ? {} : { workers: readCount("--workers", workers, 1, 256) })
  })
}

function folderOf(design: Design, fingerprint: string, chain: ChainKind, shard: ExperimentManifest["shard"]): string {
  const part = shard === null ? "" : `-${shard.index}-of-${shard.of}`
  const { kind, scenario } = design
  return join(
    EXPERIMENTS,
    scenario,
    `${kind}-${designHash(design).slice(2, 8)}${fingerprint.slice(0, 4)}${chain === "revm" ? "" : `-${chain}`}${part}`
  )
}
