/** Where along one assumption a claim flips, with its uncertainty, and which points would narrow it. */
import { exp, log } from "../kernel/Mathematics.ts"
import type { Stream } from "../kernel/Stream.ts"
import { latinHypercube } from "./Designs.ts"
import { type AssumedPoint, type Assumption, type EffectClaim, holding } from "./Flip.ts"

/** A place of flipping, in the assumption's unit; plain data. */
export interface FlipPlace {
  readonly name: string
  /** The median of what the points leave possible, and the interval around it. */
  readonly at: number
  readonly low: number
  readonly high: number
  readonly level: number
  /** The side of it on which the claim holds. */
  readonly holds: "below" | "above"
  /** The share of points, weighed by their certainty, that lie on the right side of `at`. */
  readonly accuracy: number
}

/** Shares of points that go by something else than this assumption: each is thought as likely as the next. */
const LAPSES = [0.01, 0.05, 0.2] as const
/** How suddenly the claim flips, per range of the assumption: from all along it to within a thousandth, evenly in the logarithm. */
const SLOPES: readonly number[] = Array.from({ length: 9 }, (_, k) => 3 * exp((k / 8) * log(1000)))
/** Places that are tried, over the range and then over what is left of it. */
const PLACES = 80

/**
 * Where the assumption of index `axis` flips the claim: the place at which the chance that it holds, a logistic
 * function of the assumption, is one half. Place, slope, and a share of points that go by other assumptions are unknown
 * alike, and the slope and that share are averaged out, as for thresholds of perception (Wichmann and Hill 2001; Kuss,
 * Jäkel and Wichmann 2005). Each point counts by its chance to hold, so the likelihood is a quasi-likelihood, wider than
 * need be. Points added near the flip are welcome.
 * @throws RangeError without points, without that assumption, or where it has no range.
 */
export function locateFlip(
  points: readonly AssumedPoint[],
  assumptions: readonly Assumption[],
  claim: EffectClaim,
  { axis, level = 0.95 }: { readonly axis: number; readonly level?: number }
): FlipPlace {
  const assumption = assumptions[axis]
  if (assumption === undefined || points.length === 0) {
    throw new RangeError(`a flip needs points and an assumption, not ${points.length} and index ${axis}`)
  }
  const range = assumption.high - assumption.low
  if (!(range > 0)) throw new RangeError(`${assumption.name} has no range from ${assumption.low} to ${assumption.high}`)
  const rows = points.map((point) => ({
    value: ((point.at[axis] as number) - assumption.low) / range,
    chance: holding(point, claim)
  }))
  const coarse = placesOf(rows, { low: 0, high: 1 })
  const holds = coarse.above.weight > coarse.below.weight ? "above" : "below"
  const pad = 2 / PLACES
  const { quantile } = placesOf(rows, {
    low: Math.max(0, coarse[holds].quantile(0.0005) - pad),
    high: Math.min(1, coarse[holds].quantile(0.9995) + pad)
  })[holds]
  const at = quantile(0.5)
  const right = rows.map(({ value, chance }) => (value <= at === (holds === "below") ? chance : 1 - chance))
  const inUnit = (place: number): number => assumption.low + range * place
  return {
    name: assumption.name,
    at: inUnit(at),
    low: inUnit(quantile((1 - level) / 2)),
    high: inUnit(quantile((1 + level) / 2)),
    level,
    holds,
    accuracy: right.reduce((sum, chance) => sum + chance, 0) / rows.length
  }
}

interface Row {
  /** As a share of the range. */
  readonly value: number
  readonly chance: number
}

/** What the rows leave of the places in a window: quantiles, and the weight of all in logarithms, up to a constant. */
interface Places {
  readonly quantile: (p: number) => number
  readonly weight: number
}

interface Window {
  readonly low: number
  readonly high: number
}

/** For a claim that holds above the place, and for one that holds below it. */
function placesOf(rows: readonly Row[], window: Window): { readonly above: Places; readonly below: Places } {
  const step = (window.high - window.low) / PLACES
  const [above, below]: [number[], number[]] = [[], []]
  for (let k = 0; k < PLACES; k++) {
    const place = window.low + (k + 0.5) * step
    const both = SLOPES.flatMap((slope) => LAPSES.map((lapse) => logLikelihoods(rows, place, slope, lapse)))
    above.push(logSum(both.map((one) => one.above)))
    below.push(logSum(both.map((one) => one.below)))
  }
  return { above: placesFrom(above, window, step), below: placesFrom(below, window, step) }
}

function placesFrom(logs: readonly number[], window: Window, step: number): Places {
  const weight = logSum(logs)
  const masses = logs.map((value) => exp(value - weight))
  const quantile = (p: number): number => {
    let left = p
    for (const [k, mass] of masses.entries()) {
      if (left <= mass) return window.low + (k + left / mass) * step
      left -= mass
    }
    return window.high
  }
  return { quantile, weight }
}

/** Both ways round share their logarithms. */
function logLikelihoods(
  rows: readonly Row[],
  place: number,
  slope: number,
  lapse: number
): Record<"above" | "below", number> {
  let [above, below] = [0, 0]
  for (const { value, chance } of rows) {
    const likely = lapse / 2 + (1 - lapse) / (1 + exp(-slope * (value - place)))
    const [yes, no] = [log(likely), log(1 - likely)]
    above += chance * yes + (1 - chance) * no
    below += chance * no + (1 - chance) * yes
  }
  return { above, below }
}

/** ln Σ exp, without overflow. */
function logSum(logs: readonly number[]): number {
  const most = Math.max(...logs)
  return most + log(logs.reduce((sum, value) => sum + exp(value - most), 0))
}

/** How many points, around which flip. */
export interface NearFlipOptions {
  readonly axis: number
  readonly flip: FlipPlace
  readonly count: number
  readonly stream: Stream
}

/**
 * Further points near a flip, in the assumptions' units: along its axis one in each of `count` equal slices of a
 * window half as wide again as its interval (and at least 5 % of the range), along the others a Latin hypercube
 * over their whole ranges.
 */
export function pointsNearFlip(
  assumptions: readonly Assumption[],
  { axis, flip, count, stream }: NearFlipOptions
): readonly number[][] {
  const { low, high } = assumptions[axis] as Assumption
  const pad = Math.max((flip.high - flip.low) / 4, (high - low) / 40)
  const window = { low: Math.max(low, flip.low - pad), high: Math.min(high, flip.high + pad) }
  return latinHypercube({ dimensions: assumptions.length, points: count, stream }).map((point) =>
    assumptions.map((assumption, at) => {
      const range = at === axis ? window : assumption
      return range.low + (range.high - range.low) * (point[at] as number)
    })
  )
}
