/**
 * How far an experiment is, for who looks on from outside: one small file beside its manifest, replaced as a whole.
 * It says what the tables do not while runs are made (workers, the round, the interval as it narrows). No result is
 * read from it and no export holds it: without it the experiment is the same.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { ScenarioError } from "../Errors.ts"
import type { Sets } from "./ExperimentManifest.ts"

/** The file's name in the experiment's folder. */
export const PROGRESS = "progress.json"

/** Plain data; every list is bounded, however many runs there are. */
export interface StoredProgress {
  readonly phase: "runs" | "audit" | "analysis"
  /** What the round is for. */
  readonly says: string
  /** Runs of the plan so far that ended, that were planned, and of the ended those that failed. */
  readonly done: number
  readonly planned: number
  readonly failed: number
  /** Those of the process that wrote this, in order of their names. */
  readonly workers: readonly WorkerProgress[]
  /** The first judged KPI, of the second arm against the first, at the default point; null where there is no such thing. */
  readonly narrowing: Narrowing | null
  /** The latest runs that failed. */
  readonly failures: readonly FailedRun[]
}

export interface WorkerProgress {
  readonly worker: string
  /** Runs that ended there, and those of them that failed. */
  readonly ended: number
  readonly failed: number
  /** The latest. */
  readonly arm: string
  readonly seed: number
}

export interface Narrowing {
  readonly metric: string
  readonly unit: string
  /** The arm, and the one it is compared with. */
  readonly arms: readonly [string, string]
  /** Smallest effect of interest, in the KPI's unit. */
  readonly by: number
  /** By rising number of pairs. */
  readonly steps: readonly {
    readonly n: number
    readonly effect: number
    readonly low: number
    readonly high: number
  }[]
}

export interface FailedRun {
  readonly arm: string
  readonly seed: number
  readonly set: Sets
  readonly message: string
}

/** Replaces the file. @throws ScenarioError Unwritable. */
export function writeProgress(path: string, progress: StoredProgress): void {
  const file = join(path, PROGRESS)
  try {
    writeFileSync(`${file}.tmp`, JSON.stringify(progress))
    renameSync(`${file}.tmp`, file)
  } catch (cause) {
    throw new ScenarioError({
      reason: "Unwritable",
      message: `${file} cannot be written: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`,
      fix: `Free some space or mend its permissions, then go on with mesocosm resume ${path}: what was recorded is kept.`,
      offending: { name: "--out", value: path },
      cause
    })
  }
}

/** Reads it; undefined where there is none. @throws SyntaxError where it is no JSON. */
export function readProgress(path: string): StoredProgress | undefined {
  const file = join(path, PROGRESS)
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as StoredProgress) : undefined
}
