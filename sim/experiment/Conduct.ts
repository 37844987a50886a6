/**
 * Conducts an experiment: round after round of its plan, each run written down as it ends, then the audit and what came
 * of it. What is recorded already is not done again, so that going on after an interruption is the same as going through.
 */

import type { Hex } from "../chain/Contracts.ts"
import { ChainError, errorWords, MesocosmError, ScenarioError } from "../Errors.ts"
import { Stream } from "../kernel/Stream.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import type { ExperimentFolder } from "../store/ExperimentFolder.ts"
import type { AuditWords, PlanRow } from "../store/ExperimentManifest.ts"
import type { RunRecord } from "../store/RunRecord.ts"
import { auditor } from "./Audit.ts"

import type { Executor, TaskEnd } from "./executors/Executor.ts"
import type { Round, Task } from "./Planning.ts"
import { rounds } from "./Rounds.ts"

export interface ConductOptions {
  readonly scenario: Scenario
  readonly folder: ExperimentFolder
  readonly executor: Executor
  /** Makes of the recorded runs what is written down as the analysis: plain data. */
  readonly analyse: (folder: ExperimentFolder) => Promise<unknown>
  /** Says where two chains part, for an audit that found a difference. */
  readonly locate: (task: Task) => Promise<string>
  readonly onProgress?: (progress: ExperimentProgress) => void
  readonly signal?: AbortSignal
}

/** How far an experiment is. */
export interface ExperimentProgress {
  readonly phase: "runs" | "audit" | "analysis"
  /** What the round is for. */
  readonly says: string
  /** Runs of the plan so far that are recorded, and that are planned. */
  readonly done: number
  readonly planned: number
  /** Recorded by this process. */
  readonly here: number
  readonly failed: number
  /** The run that has just ended; undefined where none has. */
  readonly ended?: TaskEnd
  /** The folder, for who wants to look at what there is. */
  readonly folder: ExperimentFolder
}

/**
 * Conducts, or goes on; afterwards all is in the folder.
 * @throws ChainError Audit when the chains differ, Connection when the audit could not be made; ScenarioError Unwritable.
 */
export async function conduct(options: ConductOptions): Promise<void> {
  const { folder } = options
  try {
    const whole = await run(options)
    await folder.update({ runs: folder.counts, status: whole ? "complete" : "interrupted", error: null })
  } catch (error) {
    // What cannot be written cannot be noted either.
    if (!(error instanceof MesocosmError && error.reason === "Unwritable")) {
      await folder.update({ runs: folder.counts, status: "failed", error: errorWords(error) })
    }
    throw error
  }
}

/** @returns false when the signal came first. */
async function run(options: ConductOptions): Promise<boolean> {
  const { scenario, folder, signal } = options
  const { design, shard, hash } = folder.manifest
  let at = 0
  for (const round of rounds(scenario, design, hash, (run) => folder.outcome(run))) {
    await takeDown(folder, round, at++)
    await doRound(options, round)
    if (signal?.aborted === true) return false
  }
  if (shard !== null) {
    await folder.seal()
    return true
  }
  if (!(await audit(options))) return false
  await folder.seal()
  progress(options, "analysis", "what came of it", 0)
  await folder.conclude(await options.analyse(folder))
  return true
}

/** Writes a round of the plan down, or sees that it is the one that was written down before. */
async function takeDown(folder: ExperimentFolder, { points, rows }: Round, at: number): Promise<void> {
  if (at >= folder.rounds) return folder.addRound(points, rows)
  const before = folder.plan.filter(({ round }) => round === at)
  const same = before.length === rows.length && before.every(({ hash }, nth) => hash === rows[nth]?.hash)
  if (same) return
  throw new ScenarioError({
    reason: "MalformedDeclaration",
    message: `the scenario plans other runs now than when ${folder.path} was begun`,
    fix: "Go back to the scenario as it was (code.revision in the manifest), or begin another experiment with --out.",
    offending: { name: "experiment", value: folder.path }
  })
}

async function doRound(options: ConductOptions, { says, rows }: Round): Promise<void> {
  const { folder, executor, signal } = options
  const { chain } = folder.manifest
  const tasks = tasksOf(
    folder,
    rows.filter((row) => folder.isOurs(row))
  ).filter(({ hash }) => folder.outcome(hash) === undefined)
  let here = 0
  progress(options, "runs", says, here)
  if (tasks.length === 0) return
  const described = new Set<string>()
  await executor.execute(tasks, {
    chain,
    async onEnd(end) {
      await folder.append(end.record ?? unbegun(end))
      if (end.manifest?.status === "complete" && !described.has(end.task.arm)) {
        described.add(end.task.arm)
        await folder.describeArm(end.manifest)
      }
      here++
      progress(options, "runs", says, here, end)
    },
    ...(signal === undefined ? {} : { signal })
  })
}

/** Each run once, however often the plan names it. */
function tasksOf(folder: ExperimentFolder, rows: readonly PlanRow[]): readonly Task[] {
  const { set } = folder.manifest.design
  const sets = new Map(folder.points.map((point) => [point.point, { ...set, ...point.set }]))
  const tasks = new Map<Hex, Task>()
  for (const { arm, seed, hash, point } of rows) tasks.set(hash, { arm, seed, hash, set: sets.get(point) ?? set })
  return [...tasks.values()]
}

/** The record of a run that never began, or whose worker was lost twice. */
function unbegun({ task, error }: TaskEnd): RunRecord {
  const { arm, seed, hash } = task
  const nothing = `0x${"0".repeat(64)}` as const
  return {
    hash,
    arm,
    seed,
    status: "failed",
    error: error ?? null,
    economy: nothing,
    trace: nothing,
    values: {},
    failedChecks: [],
    counts: { blocks: 0, transactions: 0, reverted: 0, invalid: 0, events: 0, wakes: 0 },
    endedAt: 0,
    ledger: [],
    series: [],
    host: { chain: "revm", seconds: 0 }
  }
}

/**
 * Does a sample of the runs again on the other chain: one of each arm, and then any, drawn by a stream of their own.
 * @returns false when the signal came first. @throws ChainError Audit when one differs, Connection when one could not be made.
 */
async function audit(options: ConductOptions): Promise<boolean> {
  const { folder, executor, signal } = options
  const { design, chain, hash: root } = folder.manifest
  const chosen = auditedOf(folder, design.audit, root)
  const known = new Set(folder.manifest.audited.map(({ hash }) => hash))
  const tasks = tasksOf(folder, chosen).filter(({ hash }) => !known.has(hash))
  const other = auditor(chain)
  const says = `${tasks.length} ${tasks.length === 1 ? "run" : "runs"} again on ${other}`
  if (tasks.length > 0) progress(options, "audit", says, 0)
  let here = 0
  let unmade: TaskEnd | undefined
  await executor.execute(tasks, {
    chain: other,
    async onEnd(end) {
      const { task, record, error } = end
      const { hash, arm, seed } = task
      // Without a run of the other chain there is nothing to compare: it is not noted, so that going on tries it again.
      if (record === undefined) {
        unmade ??= end
        return
      }
      const ours = folder.outcome(hash)
      const same = record.economy === ours?.economy && record.trace === ours.trace
      const parting = same ? null : (await options.locate(task)) || (error?.message ?? "the digests differ")
      const words: AuditWords = { hash, arm, seed, chain: other, same, parting }
      await folder.update({ audited: [...folder.manifest.audited, words] })
      here++
      progress(options, "audit", says, here)
    },
    ...(signal === undefined ? {} : { signal })
  })
  if (signal?.aborted === true) return false
  const difference = folder.manifest.audited.find(({ same }) => !same)
  if (difference !== undefined) throw auditFailed(difference)
  if (unmade !== undefined) throw auditUnmade(unmade, other, folder.path)
  return true
}

/** The runs to audit: the first drawn of each arm, then as many others as are left. */
function auditedOf(folder: ExperimentFolder, count: number, root: Hex): readonly PlanRow[] {
  if (count === 0) return []
  const stream = Stream.open(`${root}/audit`)
  const complete = folder.plan.filter(({ hash }) => folder.outcome(hash)?.status === "complete")
  const drawn = complete.map((row) => ({ row, key: stream.double() })).sort((a, b) => a.key - b.key)
  const chosen = new Map<Hex, PlanRow>()
  for (const arm of folder.manifest.design.arms) {
    const first = drawn.find(({ row }) => row.arm === arm)
    if (first !== undefined) chosen.set(first.row.hash, first.row)
  }
  for (const { row } of drawn) if (chosen.size < count) chosen.set(row.hash, row)
  return [...chosen.values()]
}

function auditFailed({ arm, seed, chain, parting }: AuditWords): ChainError {
  return new ChainError({
    reason: "Audit",
    message: `arm ${arm}, seed ${seed} differs on ${chain}: ${parting}`,
    fix: "Believe none of this experiment, and report the difference with the command that shows it.",
    offending: { name: "seed", value: String(seed) }
  })
}

function auditUnmade({ task: { arm, seed }, error }: TaskEnd, chain: string, path: string): ChainError {
  return new ChainError({
    reason: "Connection",
    message: `the audit could not run arm ${arm}, seed ${seed} on ${chain}: ${error?.message ?? "it ended without a result"}`,
    fix: `Go on with mesocosm resume ${path}: what was recorded is kept, and the audit is tried again.`,
    offending: { name: "seed", value: String(seed) }
  })
}

function progress(
  options: ConductOptions,
  phase: ExperimentProgress["phase"],
  says: string,
  here: number,
  ended?: TaskEnd
): void {
  const { folder, onProgress } = options
  if (onProgress === undefined) return
  const { complete, failed, planned } = folder.counts
  onProgress({
    phase,
    says,
    done: complete + failed,
    planned,
    here,
    failed,
    folder,
    ...(ended === undefined ? {} : { ended })
  })
}
