/** What a run is between two events, and what it came to: both plain data. */
import type { Address } from "../chain/Contracts.ts"
import type { EventQueueState } from "../kernel/EventQueue.ts"
import type { StreamsState } from "../kernel/Stream.ts"
import type { AccountState, GasOf } from "./Accounts.ts"
import type { AgentState } from "./Agents.ts"
import type { AuditsState } from "./Audits.ts"
import type { Waiting } from "./BlockBuilder.ts"
import type { BooksState, Counts } from "./Books.ts"
import type { Digests } from "./Digest.ts"
import type { JournalState } from "./Journal.ts"
import type { LedgerState } from "./Ledger.ts"
import type { OutsideState } from "./Outside.ts"
import type { PricesState } from "./Prices.ts"
import type { RevertCount } from "./Reverts.ts"
import type { RunSpec } from "./RunSpec.ts"
import type { CheckOutcome } from "./Sampling.ts"
import type { WorldState } from "./World.ts"

/** The whole state of a run between two events. */
export interface RunState {
  readonly spec: RunSpec
  readonly time: number
  readonly genesisBlock: number
  readonly lastBlock: number
  readonly sequence: number
  readonly ended: boolean
  readonly queue: EventQueueState
  readonly streams: StreamsState
  readonly agents: readonly AgentState[]
  readonly waiting: readonly Waiting[]
  readonly accounts: readonly (readonly [Address, AccountState])[]
  readonly unfunded: readonly (readonly [Address, bigint])[]
  readonly gasOf: GasOf
  readonly now: { readonly [metric: string]: number | bigint }
  readonly failed: readonly (readonly [string, number])[]
  readonly ledger: LedgerState
  readonly prices: PricesState
  readonly outside: OutsideState
  readonly books: BooksState
  /** Absent in states of older versions: a run that goes on from one counts the audits after it. */
  readonly audits?: AuditsState
  readonly world: WorldState
  readonly journal: JournalState
}

/** How a run ended. */
export interface RunEnd {
  readonly digests: Digests
  readonly checks: readonly CheckOutcome[]
  readonly counts: Counts
  /** A count per function that reverted, in the order in which each first did. */
  readonly reverts: readonly RevertCount[]
  readonly wakes: number
  /** Seconds since the run began. */
  readonly endedAt: number
  readonly complete: boolean
  readonly now: { readonly [metric: string]: number | bigint }
  readonly audit: { readonly tokens: number; readonly holders: number; readonly checkpoints: number }
}
