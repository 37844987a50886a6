/** What the behaviour checks of a scenario found, as a report needs it: what `mesocosm behaviours --json` prints. */
import type { DryRuns } from "../../sim/store/DryRuns.ts"

/** A mean over paired seeds with its 95 % interval, in the numeraire; of one seed the interval has no ends. */
export interface Interval {
  readonly mean: number
  readonly low: number
  readonly high: number
  readonly n: number
}

/** A strategic agent against its listed deviations. */
export interface Strategic {
  readonly population: string
  readonly behaviour: string
  readonly own: Interval
  readonly deviations: readonly { readonly deviation: string; readonly gain: Interval }[]
  readonly best: { readonly deviation: string } | undefined
  readonly regret: number
  /** Of its own profit; infinite where it has none. */
  readonly share: number
}

/** A learner: its training, and its races once frozen. */
export interface Learner {
  readonly population: string
  readonly behaviour: string
  /** Profit of each training episode, exploring. */
  readonly episodes: readonly number[]
  /** Profit of the frozen learner after so many episodes. */
  readonly checkpoints: readonly { readonly episodes: number; readonly profit: Interval }[]
  readonly profit: Interval
  readonly contests: readonly {
    readonly opponent: string
    readonly profit: Interval
    readonly effect: Interval
    readonly beaten: boolean
  }[]
  readonly learns: boolean
}

/** Both checks. */
export interface Findings {
  readonly scenario: string
  readonly question: string | null
  readonly arm: string
  readonly chain: string
  readonly numeraire: string
  readonly seeds: readonly number[]
  /** Regret above this share of a profit is too much. */
  readonly mostRegret: number
  readonly exploitability: readonly Strategic[]
  readonly learning: readonly Learner[]
  readonly audited: { readonly chain: string; readonly runs: number; readonly identical: number }
  /** Calls that ran out of gas, and in how many of the runs; absent where none did. */
  readonly outOfGas?: Omit<DryRuns, "of">
  readonly passed: boolean
  /** What makes the same again, for a shell. */
  readonly command: string
}
