/**
 * The effect of one arm against another on one KPI, from the values of both on the same seeds.
 *
 * The interval is the error of simulation alone, given the assumptions. Which method made it, and whether it covers
 * what it promises for data like these, stands beside it.
 */
import { mean, sampleCorrelation, sampleSkewness } from "simple-statistics"
import { bcaInference, bootstrapMean, type Resampling } from "./Bootstrap.ts"
import { type Inference, type Method, point, twoSided } from "./Inference.ts"
import { type Coverage, HOLDS, measuredCoverage } from "./MeasuredCoverage.ts"
import { tInference } from "./PairedT.ts"
import { type Discordance, discordance, tangoCoverage, tangoInference } from "./Proportions.ts"
import { counted, twoSharesInference } from "./TwoShares.ts"
import { welchInference } from "./Welch.ts"

/** Effect and interval, in the KPI's unit; plain data. */
export interface Effect {
  /** Mean of the treatment less mean of the baseline: the mean of the paired differences. */
  readonly effect: number
  readonly low: number
  readonly high: number
  /** Nominal level of both intervals: 0.95, or more where several claims or looks share the error. */
  readonly level: number
  /** Pairs. */
  readonly n: number
  readonly method: Method
  /**
   * True where a 95 % interval by this method was measured to cover less than 93 % of the time for data like these,
   * or where that is open: of fewer than five pairs, and of values that do not vary and are not equal in both arms, since
   * what is rare has not shown itself yet. Differences of exactly 0 on the same seeds are exact.
   */
  readonly approximate: boolean
  /** That measured coverage, as a share; null for identical arms and where it is open. */
  readonly coverage: number | null
  /** Two-sided p-value of "no effect", by the same method, uncorrected. */
  readonly p: number
  /** Pearson's, between the arms over the seeds; null when an arm does not vary. */
  readonly correlation: number | null
  /** Means of the two arms. */
  readonly baseline: number
  readonly treatment: number
  /** As if the arms had not shared their seeds: Welch's interval; of 0/1 values the score interval. */
  readonly unpaired: { readonly low: number; readonly high: number }
}

/** Two arms compared, open to any level. Not plain data. */
export interface Comparison extends Inference {
  readonly n: number
  /** The effect with its intervals at `level`. */
  at(level: number): Effect
}

/** How to infer, and where randomness comes from. */
export interface EffectOptions extends Resampling {
  /**
   * `auto`, when left out: proportions where every value is 0 or 1; else BCa, save where paired t was measured to
   * fall short of 95 % by less, by more than half a point, for data like these. `exact` draws nothing: proportions or paired t, which
   * is what a rule that looks again and again can afford.
   */
  readonly method?: "auto" | "exact" | "bca" | "paired-t" | "proportions"
}

/** By how much more BCa must fall short for paired t to be taken. */
const BETTER = 0.005
/** Below so many pairs skewness says nothing. */
const FEWEST = 5
/** Below so many values, two samples that do not vary may only not have shown what is rare. */
const FEWEST_STILL = 10

/**
 * Compares a treatment with a baseline, `baseline[i]` and `treatment[i]` being the values at the same seed. Arms that
 * are equal at every seed differ by exactly 0, with the interval [0, 0]; save for 0/1 values, where n equal pairs
 * still leave room for a rare difference, and the score interval says how much.
 * @throws RangeError for arms of different length, fewer than two pairs, a value that is not finite, or a method that
 * the values do not allow.
 */
export function compareArms(
  baseline: readonly number[],
  treatment: readonly number[],
  options: EffectOptions
): Comparison {
  const n = baseline.length
  if (treatment.length !== n)
    throw new RangeError(`arms are paired by seed, and ${n} is not ${treatment.length} values`)
  if (n < 2) throw new RangeError(`an interval needs two pairs or more, not ${n}`)
  for (const value of [...baseline, ...treatment]) {
    if (!Number.isFinite(value)) throw new RangeError(`a KPI's value is ${value}, which is not finite`)
  }
  const differences = baseline.map((value, at) => (treatment[at] as number) - value)
  const { inference, coverageOf } = infer(baseline, treatment, differences, options)
  return {
    ...inference,
    n,
    at(level) {
      const coverage = coverageOf()
      return {
        effect: inference.estimate,
        ...inference.interval(level),
        level,
        n,
        method: inference.method,
        approximate: inference.method !== "identical" && (coverage === null || coverage < HOLDS),
        coverage,
        p: twoSided(inference, 0),
        correlation: correlation(baseline, treatment),
        baseline: mean([...baseline]),
        treatment: mean([...treatment]),
        unpaired: unpairedInference(baseline, treatment).interval(level)
      }
    }
  }
}

/**
 * Compares two samples that do not share their seeds: 0/1 values by the score test of two shares, others by Welch's;
 * `n` is the size of the smaller.
 * @throws RangeError for fewer than two values of either, or a value that is not finite.
 */
export function compareSamples(baseline: readonly number[], treatment: readonly number[]): Comparison {
  for (const value of [...baseline, ...treatment]) {
    if (!Number.isFinite(value)) throw new RangeError(`a KPI's value is ${value}, which is not finite`)
  }
  const inference = unpairedInference(baseline, treatment)
  const n = Math.min(baseline.length, treatment.length)
  const still = inference.method === "welch" && !varies(baseline) && !varies(treatment)
  return {
    ...inference,
    n,
    at: (level) => ({
      effect: inference.estimate,
      ...inference.interval(level),
      level,
      n,
      method: inference.method,
      approximate: n < (still ? (inference.estimate === 0 ? FEWEST_STILL : Number.POSITIVE_INFINITY) : FEWEST),
      coverage: null,
      p: twoSided(inference, 0),
      correlation: null,
      baseline: mean([...baseline]),
      treatment: mean([...treatment]),
      unpaired: inference.interval(level)
    })
  }
}

function unpairedInference(baseline: readonly number[], treatment: readonly number[]): Inference {
  const binary = isBinary(baseline) && isBinary(treatment)
  return binary ? twoSharesInference(counted(baseline), counted(treatment)) : welchInference(baseline, treatment)
}

/** The effect at one level (0.95 when left out): `compareArms(…).at(level)`. */
export function effectOf(
  baseline: readonly number[],
  treatment: readonly number[],
  { level = 0.95, ...options }: EffectOptions & { readonly level?: number }
): Effect {
  return compareArms(baseline, treatment, options).at(level)
}

function infer(
  baseline: readonly number[],
  treatment: readonly number[],
  differences: number[],
  options: EffectOptions
): { readonly inference: Inference; readonly coverageOf: () => number | null } {
  const { method = "auto" } = options
  const binary = isBinary(baseline) && isBinary(treatment)
  if (method === "proportions" && !binary) throw new RangeError("proportions need values that are all 0 or 1")
  if (binary && (method === "auto" || method === "exact" || method === "proportions")) {
    const pairs = discordance(baseline, treatment)
    return { inference: tangoInference(pairs), coverageOf: () => proportionCoverage(pairs) }
  }
  if (differences.every((difference) => difference === 0))
    return { inference: point(0, "identical"), coverageOf: () => null }
  const preferred = preferredMethod(differences)
  const t = method === "paired-t" || method === "exact" || (method === "auto" && preferred.method === "paired-t")
  if (t) return { inference: tInference(differences), coverageOf: () => preferred.coverage?.least.pairedT ?? null }
  const inference = bcaInference(bootstrapMean(differences, options))
  return { inference, coverageOf: () => preferred.coverage?.least.bca ?? null }
}

/**
 * The method that `auto` takes for differences that are not of 0/1 values: paired t where it was measured to fall
 * short of 95 % by less, by more than half a point, for data like these, or where fewer than five pairs, or pairs that
 * all differ by the same, leave that open; else BCa.
 */
export function preferredMethod(differences: number[]): {
  readonly method: "paired-t" | "bca"
  readonly coverage: Coverage | null
} {
  const n = differences.length
  if (n < FEWEST) return { method: "paired-t", coverage: null }
  // All equal says nothing of the shape: a rare difference may be large, and has not shown itself.
  if (!varies(differences)) return { method: "paired-t", coverage: null }
  const coverage = measuredCoverage(n, sampleSkewness(differences))
  return { method: coverage.shortfall.bca - coverage.shortfall.pairedT > BETTER ? "paired-t" : "bca", coverage }
}

/**
 * Exact, at the shares observed, each with half a pair more so that none is 0. Of very many pairs only the number
 * that disagree matters (Poisson's limit), so 200 stand for them; and where 60 disagree it is the nominal one.
 */
function proportionCoverage({ n, gained, lost }: Discordance): number | null {
  if (n < FEWEST) return null
  if (n <= 200) return tangoCoverage(n, (gained + 0.5) / (n + 1), (lost + 0.5) / (n + 1))
  if (gained + lost >= 60) return 0.95
  return tangoCoverage(200, (gained + 0.5) / 201, (lost + 0.5) / 201)
}

function varies(values: readonly number[]): boolean {
  return values.some((value) => value !== values[0])
}

function isBinary(values: readonly number[]): boolean {
  return values.every((value) => value === 0 || value === 1)
}

function correlation(a: readonly number[], b: readonly number[]): number | null {
  if (!varies(a) || !varies(b)) return null
  const found = sampleCorrelation([...a], [...b])
  // A variation lost to rounding leaves no correlation to speak of.
  return Number.isFinite(found) ? Math.max(-1, Math.min(1, found)) : null
}
