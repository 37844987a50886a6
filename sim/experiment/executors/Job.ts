/** What is asked of a worker thread or process, and what it answers: plain data. */
import type { ChainKind } from "../../chain/Chain.ts"
import type { ErrorWords, Manifest } from "../../store/Manifest.ts"
import type { RunRecord } from "../../store/RunRecord.ts"

/** One run to be done: plain data. */
export interface Job {
  /** URL of the scenario's file; its default export is the scenario. */
  readonly scenario: string
  readonly arm: string
  readonly seed: number
  readonly set: { readonly [name: string]: string }
  /** Where it runs; the pool's chain when left out. */
  readonly chain?: ChainKind
  /** The folder to write; nothing is written when it is left out. */
  readonly out?: string
}

/** A job, and where it runs. */
export type Work = Job & { readonly chain: ChainKind }

/** What a thread answers. */
export type ThreadAnswer =
  | { readonly manifest: Manifest; readonly record: RunRecord; readonly error: ErrorWords | undefined }
  | { readonly manifest: undefined; readonly record: undefined; readonly error: ErrorWords }
