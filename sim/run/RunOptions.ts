/** What one run needs, and whom it tells how it goes. */
import type { Chain } from "../chain/Chain.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import type { Recording } from "./Recorder.ts"
import type { Resolved } from "./RunSpec.ts"
import type { Artifacts } from "./World.ts"

/** What one run needs. */
export interface RunOptions {
  readonly scenario: Scenario
  readonly resolved: Resolved
  readonly chain: Chain
  readonly artifacts: Artifacts
  /** Called after each block; must not throw. */
  readonly onProgress?: (progress: Progress) => void
  /** Looked at between events: the run ends early, with what it has. */
  readonly signal?: { readonly aborted: boolean }
  /** What becomes of the tables' rows; `memory` when left out. Feeds no digest. */
  readonly recording?: Recording
  /**
   * How far back the journal of chain operations goes. `whole`, when left out: to the beginning, so that a saved
   * state can be gone on from on a fresh chain. `checkpoint`: to the last audit, which is all that an audit needs;
   * memory then stays bounded, and only the chain's own snapshot leads back.
   */
  readonly journal?: "whole" | "checkpoint"
  /** Told what an agent saw, wanted and became. Feeds no digest. */
  readonly onSight?: (sight: Sight) => void
}

export interface Progress {
  /** Seconds of simulated time. */
  readonly time: number
  readonly horizon: number
  readonly blocks: number
  readonly transactions: number
}

/** One thing an agent saw, wanted or became. */
export interface Sight {
  /** Seconds since the run began. */
  readonly time: number
  readonly agent: string
  readonly what: "woke" | "saw" | "wanted" | "became" | "got"
  /** `pool.claimable`, `pool.claim`. */
  readonly subject: string
  readonly detail: unknown
}
