/**
 * What came of an experiment, as plain data in `analysis.json`: every number that the terminal, the report and a gate
 * say. It follows from the recorded runs and the design alone, so that anybody can make it again.
 */
import type { Matters, Over } from "../scenario/Metric.ts"
import type { Unit } from "../scenario/Units.ts"
import type { Crossing } from "../stats/Crossing.ts"
import type { Effect } from "../stats/Effect.ts"
import type { FlipRank, HoldsShare } from "../stats/Flip.ts"
import type { FlipPlace } from "../stats/FlipPlace.ts"
import type { Judgement } from "../stats/Holm.ts"
import type { MorrisIndex } from "../stats/Morris.ts"
import type { SobolIndex } from "../stats/Sobol.ts"
import type { AxisWords, Sets } from "./ExperimentManifest.ts"

export interface Analysis {
  /** What the other arms are compared with. */
  readonly reference: string
  readonly metrics: readonly MetricWords[]
  /** At the default point; absent where a sweep has none. */
  readonly arms: readonly ArmSummary[]
  /** Each other arm against the reference, at the default point. */
  readonly comparisons: readonly ArmComparison[]
  readonly checks: readonly CheckSummary[]
  /** Metrics over time, per arm. */
  readonly fans: readonly Fan[]
  readonly ledger: readonly LedgerSummary[]
  /** Null unless the design has points. */
  readonly sweep: readonly SweepPoint[] | null
  /** Where KPIs and money change their sign along the one Param that is swept; null unless one alone is, and none is a choice. */
  readonly crossings: readonly SweepCrossing[] | null
  /** Null unless the design is a sensitivity analysis. */
  readonly sensitivity: readonly SensitivityOf[] | null
  /** Null unless the assumed ranges were sampled. */
  readonly assumptions: OverAssumptions | null
  /** Null unless seeds were added until all was decided. */
  readonly sequential: Sequential | null
  readonly failures: readonly Failure[]
}

export interface MetricWords {
  readonly name: string
  readonly unit: Unit
  readonly says: string | null
  readonly over: Over
  readonly matters: Matters | null
  /** Whether it is judged in this experiment. */
  readonly judged: boolean
}

/** How a number varies over the seeds. */
export interface Summary {
  readonly n: number
  readonly mean: number
  readonly sd: number
  /** Student's 95 % interval of the mean; unbounded ends are null. */
  readonly low: number | null
  readonly high: number | null
  readonly min: number
  readonly p5: number
  readonly p25: number
  readonly p50: number
  readonly p75: number
  readonly p95: number
  readonly max: number
}

export interface ArmSummary {
  readonly arm: string
  readonly complete: number
  readonly failed: number
  /** Metric to how it varies; metrics without a value are left out. */
  readonly metrics: { readonly [metric: string]: Summary }
}

/** One arm against the reference, on the seeds of which both runs are complete. */
export interface ArmComparison {
  readonly arm: string
  /** Pairs, and those lost because a run of them failed. */
  readonly pairs: number
  readonly lost: number
  /** Judged KPIs, in the order of the scenario; corrected together with those of the other arms. */
  readonly kpis: readonly Judgement[]
  /** The other metrics: effects without verdict. */
  readonly others: readonly { readonly name: string; readonly effect: Effect }[]
}

export interface CheckSummary {
  readonly claim: string
  /** Arm to how many complete runs held it. */
  readonly arms: { readonly [arm: string]: { readonly held: number; readonly of: number } }
}

/** Quantiles over the seeds at each sampling time; all arrays of one length. */
export interface Fan {
  readonly arm: string
  readonly metric: string
  /** Seconds since the run began. */
  readonly time: readonly number[]
  readonly mean: readonly number[]
  readonly p5: readonly number[]
  readonly p25: readonly number[]
  readonly p50: readonly number[]
  readonly p75: readonly number[]
  readonly p95: readonly number[]
}

/** What a population came to in an arm, means over the complete runs, in the numeraire. */
export interface LedgerSummary {
  readonly arm: string
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
  readonly profit: Summary
  /** The population's profit against the reference arm's, paired by seed; null of the reference itself. */
  readonly effect: Effect | null
}

/** A point of a sweep. */
export interface SweepPoint {
  readonly point: number
  readonly set: Sets
  readonly arms: readonly ArmSummary[]
  /** Each other arm against the reference at this point; judged KPIs corrected over arms and KPIs, and not over points. */
  readonly comparisons: readonly { readonly arm: string; readonly kpis: readonly Judgement[] }[]
}

/**
 * Where a mean over the seeds changes its sign along the Param that is swept, read on the straight line between two
 * neighbouring points, straight in the logarithm where the axis is logarithmic. It is to look at: levels are not
 * corrected over what is read there, and a mean of nothing but noise changes its sign too.
 */
export interface SweepCrossing extends Pick<Crossing, "rises" | "rests" | "n"> {
  readonly metric: string
  readonly arm: string
  /** The mean is of the arm's difference against this one; null where it is of the arm's own value. */
  readonly against: string | null
  /** Values of the two points between which it is, as a person writes them. */
  readonly between: readonly [string, string]
  /** Values of the Param, between two whole numbers too; `at` is null where it rests at zero, the ends where Fieller's interval goes on beyond the points. */
  readonly at: string | null
  readonly low: string | null
  readonly high: string | null
  readonly level: number
}

/** What one output hangs on. */
export interface SensitivityOf {
  readonly metric: string
  readonly arm: string
  /** Against the reference arm: the output is the arm's effect; else it is the arm's mean. */
  readonly against: string | null
  readonly method: "morris" | "saltelli"
  /** In the order of the design's axes; null where a point failed, or the output does not vary. */
  readonly indices: readonly SensitivityIndex[] | null
  /** Why there are none. */
  readonly why: string | null
}

/** A Param's share. Of `morris` μ, μ* and σ, in the metric's unit per whole range; of `saltelli` shares of the variance. */
export type SensitivityIndex =
  | ({ readonly param: string; readonly method: "morris" } & MorrisIndex)
  | ({ readonly param: string; readonly method: "saltelli" } & SobolIndex)

/** What becomes of the verdicts within the assumed ranges. */
export interface OverAssumptions {
  /** The assumed Params, with their ranges. */
  readonly axes: readonly AxisWords[]
  /** Points that fill the space, those added near a flip, and those of either at which some claim could not be judged because runs failed. */
  readonly points: number
  readonly refined: number
  readonly lost: number
  /** Seeds at each point of the space. */
  readonly pairs: number
  /** One per arm and judged KPI that says something at the default point. */
  readonly claims: readonly AssumedClaim[]
  readonly effects: readonly AssumedEffect[]
}

/** What the default point says of a KPI, and how far it survives. */
export interface AssumedClaim {
  readonly arm: string
  readonly metric: string
  /** The effect lies on this side of `than`, in the KPI's unit. */
  readonly side: "below" | "above"
  readonly than: number
  /** "identity-stake lowers sybilShare". */
  readonly says: string
  /** Over the points at which the arm's effect is known; `n` is 0, and nothing is known, where runs failed at all of them. */
  readonly share: HoldsShare
  /** The assumptions, those that separate best first; empty where the claim holds, or fails, everywhere. */
  readonly ranks: readonly RankedAssumption[]
  /** Where the first of them flips it; null where none does. */
  readonly flip: FlipWords | null
}

/** `threshold` is a coordinate from 0 to 1 on the axis; `written` is the value there. */
export interface RankedAssumption extends FlipRank {
  readonly written: string
}

/** `at`, `low` and `high` are coordinates; the values from which on it is otherwise are written beside them. */
export interface FlipWords extends FlipPlace {
  readonly written: { readonly at: string; readonly low: string; readonly high: string }
  /** Whether the assumption separates better than chance does (p below 0.05). */
  readonly clear: boolean
}

/** The effects at a point of the assumption space. */
export interface AssumedEffect {
  readonly point: number
  readonly of: "assumption" | "refined"
  readonly set: Sets
  /** Coordinates from 0 to 1, in the order of the axes. */
  readonly at: readonly number[]
  /** Arm to metric to the paired effect and its standard error. */
  readonly arms: {
    readonly [arm: string]: {
      readonly [metric: string]: { readonly effect: number; readonly error: number; readonly n: number }
    }
  }
}

/** How the seeds were added. */
export interface Sequential {
  readonly looks: readonly number[]
  /** Pairs when it stopped. */
  readonly stoppedAt: number
  readonly decided: boolean
}

/** A run that failed, with what it failed of. */
export interface Failure {
  readonly arm: string
  readonly seed: number
  readonly set: Sets
  readonly message: string
  readonly fix: string
}
