/**
 * What a page and its worker say to each other, as plain data that can be cloned.
 *
 * The page says `begin` once, then `run` any number of times; runs are done one after another, in the order in which
 * they were asked for. To each `run` the worker answers with any number of `progress`, and last with exactly one of
 * `done`, `failed` and `stopped`, all under the `id` of the question. `stop` ends the run at hand and drops those
 * that wait. What goes wrong outside a run (the module does not compile) comes as `failed` without an `id`.
 */
import type { ErrorWords } from "../Errors.ts"
import type { Digests } from "../run/Digest.ts"
import type { CheckOutcome } from "../run/Sampling.ts"
import type { RunArtifact } from "../run/World.ts"

/** Contract name to its ABI and bytecode. */
export type Carried = { readonly [contract: string]: RunArtifact }

/** What runs are made of; comes first, and once. */
export interface Begin {
  readonly type: "begin"
  /** The bytes of revm.wasm. */
  readonly wasm: Uint8Array
  readonly artifacts: Carried
}

/** One run to be done. */
export interface RunAsked {
  readonly type: "run"
  /** Chosen by who asks; answers carry it. */
  readonly id: number
  readonly arm: string
  readonly seed: number
  /** Param name to what a person writes; goes over the arm. */
  readonly set: { readonly [param: string]: string }
}

export interface Stop {
  readonly type: "stop"
}

/** What the page says. */
export type ToWorker = Begin | RunAsked | Stop

/** A sample of a metric. */
export interface SampleRow {
  readonly metric: string
  /** Seconds since the run began. */
  readonly time: number
  /** Exact text, in base units where the unit has them. */
  readonly value: string
  /** In whole units. */
  readonly number: number
}

/** How far a run is, and the samples taken since it was last said. */
export interface Progressed {
  readonly type: "progress"
  readonly id: number
  /** Seconds of simulated time. */
  readonly time: number
  readonly horizon: number
  readonly blocks: number
  readonly transactions: number
  readonly samples: readonly SampleRow[]
}

/** A run that came to its end. */
export interface Done {
  readonly type: "done"
  readonly id: number
  /** Hash of the RunSpec: equal specs give equal digests. */
  readonly specHash: string
  /** Every Param, as a person would write it. */
  readonly params: { readonly [param: string]: string }
  readonly digests: Digests
  readonly checks: readonly CheckOutcome[]
  readonly transactions: number
  readonly blocks: number
}

/** A run that could not be done; or, without an id, a worker that cannot do any. */
export interface Failed {
  readonly type: "failed"
  readonly id?: number
  readonly error: ErrorWords
}

/** A run that was ended by `stop`, or dropped before it began. */
export interface Stopped {
  readonly type: "stopped"
  readonly id: number
}

/** What the worker says. */
export type FromWorker = Progressed | Done | Failed | Stopped
