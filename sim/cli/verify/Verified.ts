/** What `verify` is given, and what comes of it. */
import type { Difference } from "../../store/Differences.ts"
import type { EmbeddedEnd } from "./embedded/Embedded.ts"

/** What `mesocosm verify` was given. */
export interface Asked {
  readonly target: string
  readonly all: boolean
  readonly sample: string | undefined
  readonly seed: string | undefined
  readonly scenario: string | undefined
  /** Whether the code that it carries is run too. */
  readonly runEmbedded: boolean
  readonly workers: string | undefined
  readonly json: boolean
  readonly quiet: boolean
  readonly signal: AbortSignal
}

/** What came of it. */
export interface Verified {
  readonly what: "run" | "experiment" | "report of a run" | "report of an experiment"
  /** In words, one thing each. */
  readonly confirmed: readonly string[]
  readonly differs: readonly Difference[]
  readonly untried: readonly string[]
  /** Null where every run was made again. */
  readonly sample: Sampled | null
  /** What the code that it carries gives; null where it was not run. */
  readonly embedded: EmbeddedEnd | null
}

export interface Sampled {
  /** The seed that names the draw. */
  readonly seed: string
  /** Runs drawn, and of how many. */
  readonly drawn: number
  readonly of: number
  /** Least probability of catching one changed run, and ten. */
  readonly catches: { readonly one: number; readonly ten: number }
}

/** What the parts of a verification are given. */
export interface Carried extends Asked {
  /** How many runs to draw; null for all. */
  readonly count: number | null
  readonly drawSeed: string
  /** An empty folder, removed afterwards. */
  readonly scratch: string
}
