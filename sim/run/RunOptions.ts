/** What one run needs, and whom it tells how it goes. */
import type { Chain } from "../chain/Chain.ts"
import type { Scenario } from "../scenario/Scenario.ts"
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
