/**
 * What an experiment keeps of a run: a row of results, its metrics over time, and who earned what. The run itself is
 * not kept: its spec says how to do it again.
 */

import type { ChainKind } from "../chain/Chain.ts"
import type { Hex } from "../chain/Contracts.ts"
import type { ErrorWords } from "../Errors.ts"
import type { Counts } from "../run/Books.ts"
import type { RevertCount } from "../run/Reverts.ts"

/** Plain data. `host` says where and how fast, and is in no canonical export. */
export interface RunRecord {
  /** Hash of the RunSpec. */
  readonly hash: Hex
  readonly arm: string
  readonly seed: number
  readonly status: "complete" | "failed"
  readonly error: ErrorWords | null
  readonly economy: Hex
  readonly trace: Hex
  /** Metric to its value for the run (its last sample, unless `over` says mean, max or sum), in whole units; null without a sample. */
  readonly values: { readonly [metric: string]: number | null }
  /** Claims that did not hold. */
  readonly failedChecks: readonly string[]
  readonly counts: Counts & { readonly wakes: number }
  /** The functions that ran out of gas; absent where none did, and in older records. */
  readonly outOfGas?: readonly RevertCount[]
  /** Seconds of simulated time that were run. */
  readonly endedAt: number
  readonly ledger: readonly LedgerRow[]
  readonly series: readonly Series[]
  readonly host: { readonly chain: ChainKind; readonly seconds: number }
}

/** A population at the end, summed over its agents; amounts in the numeraire. */
export interface LedgerRow {
  readonly population: string
  readonly behaviour: string
  readonly agents: number
  readonly identities: number
  readonly transactions: number
  readonly received: number
  readonly sent: number
  readonly gas: number
  readonly spent: number
  readonly capital: number
  readonly profit: number
}

/** The samples of a metric, in the order of time: seconds since the run began, and whole units. */
export interface Series {
  readonly metric: string
  readonly time: readonly number[]
  readonly number: readonly number[]
}
