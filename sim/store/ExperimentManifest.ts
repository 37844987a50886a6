/**
 * The manifest of an experiment: its design, which decides every run, and how far it came. `code` and the runs' `host`
 * say what ran it and where, and decide nothing.
 */

import type { ChainKind } from "../chain/Chain.ts"
import type { Hex } from "../chain/Contracts.ts"
import type { ErrorWords } from "../Errors.ts"
import type { Code } from "./Manifest.ts"

/** Version of an experiment's folder: manifest, tables, analysis. */
export const EXPERIMENT_SCHEMA = 1

/** Param name to what a person wrote. */
export type Sets = { readonly [param: string]: string }

/** What an experiment asks, as plain data: the same design gives the same runs. */
export interface Design {
  readonly kind: "replicas" | "compare" | "sweep" | "sensitivity"
  /** Id of the scenario. */
  readonly scenario: string
  /** The first is what the others are compared with. */
  readonly arms: readonly string[]
  /** Goes over the arms, in every run. */
  readonly set: Sets
  /** Seeds `from`, `from` + 1, …; at each point. */
  readonly seeds: { readonly from: number; readonly count: number }
  /** What is judged; every metric that says what matters when null. */
  readonly kpis: readonly string[] | null
  /** Where in the space of Params; the default point alone when empty. */
  readonly points: readonly Sets[]
  /** The Params that the points vary, in order. */
  readonly axes: readonly AxisWords[]
  /** How points were chosen. */
  readonly sampling: Sampling | null
  /** The assumed ranges, sampled beside the default point. */
  readonly assumptions: Assumptions | null
  /** More seeds until every KPI is decided. */
  readonly until: { readonly maxSeeds: number } | null
  /** Runs done again on the Hardhat chain; at least one per arm. */
  readonly audit: number
}

/** How the points of a sweep or of a sensitivity analysis were chosen. */
export interface Sampling {
  readonly method: "grid" | "list" | "latin" | "sobol" | "morris" | "saltelli"
  /** Base samples of `saltelli`, trajectories of `morris`, points otherwise. */
  readonly base: number
}

export interface Assumptions {
  /** Points of the box of assumed ranges. */
  readonly points: number
  /** Seeds at each. */
  readonly pairs: number
  /** Most further points near the flip. */
  readonly refine: number
}

/** A Param that is varied. */
export interface AxisWords {
  readonly param: string
  readonly unit: string
  /** Ends of what is sampled, as a person would write them; options of a choice. */
  readonly ends: readonly string[]
  readonly scale: "linear" | "log" | "choice"
}

export interface ExperimentManifest {
  readonly schema: number
  /** Hash of the design's canonical JSON. */
  readonly hash: Hex
  readonly design: Design
  /** `running` also where the process died: `resume` goes on. */
  readonly status: "running" | "complete" | "interrupted" | "failed"
  readonly chain: ChainKind
  /** How the scenario was named on the command line: an id, or a path. */
  readonly named: string
  /** The command that asked for it, without what says where its runs are made and stored. */
  readonly command?: string
  readonly code: Code
  /** Hash of every source that can change a result: what was begun with one is gone on with under the same. */
  readonly fingerprint: string
  /** Which part of the plan this folder does: shard `index` (from 1) `of` so many; null: all. */
  readonly shard: { readonly index: number; readonly of: number } | null
  /** Runs planned, and of those complete and failed. */
  readonly runs: { readonly planned: number; readonly complete: number; readonly failed: number }
  readonly audited: readonly AuditWords[]
  /** What ended it early. */
  readonly error: ErrorWords | null
}

/** A run done again on the other chain. */
export interface AuditWords {
  readonly hash: Hex
  readonly arm: string
  readonly seed: number
  readonly chain: ChainKind
  readonly same: boolean
  /** Where the two part, in words; null when they do not. */
  readonly parting: string | null
}

/** A point of the space of Params. */
export interface PointRow {
  readonly point: number
  readonly of: "default" | "sweep" | "assumption" | "refined"
  readonly set: Sets
}

/** A run that was planned. */
export interface PlanRow {
  /** Order in the whole plan. */
  readonly index: number
  readonly round: number
  readonly point: number
  readonly arm: string
  readonly seed: number
  /** Hash of the RunSpec. */
  readonly hash: Hex
}
