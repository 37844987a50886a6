/** What is asked of a worker thread or process, and what it answers: plain data. */
import type { ChainKind } from "../../chain/Chain.ts"
import type { Manifest } from "../../store/Manifest.ts"
import type { RunRecord } from "../../store/RunRecord.ts"
import type { AgentRow } from "../AgentRows.ts"
import type { Variant } from "../Variant.ts"
import type { Thrown } from "./Thrown.ts"

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
  /** The one agent that differs from what the scenario declares. */
  readonly variant?: Variant
  /** Whether it is done again on the other chain, which must leave the same digests. */
  readonly audit?: boolean
  /** Agents whose rows the answer shall carry, by id; none when left out. */
  readonly agents?: readonly string[]
}

/** A job, and where it runs. */
export type Work = Job & { readonly chain: ChainKind }

/** What a thread answers. */
export type ThreadAnswer =
  | {
      readonly manifest: Manifest
      readonly record: RunRecord
      readonly error: Thrown | undefined
      readonly agents: readonly AgentRow[]
    }
  | { readonly manifest: undefined; readonly record: undefined; readonly error: Thrown; readonly agents?: undefined }
