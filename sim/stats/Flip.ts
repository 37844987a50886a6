/**
 * Under which assumptions a claim flips. From points of the space of assumed ranges, each with an effect and its
 * standard error, this says: in which share of the space the claim holds; which assumption, by a single threshold,
 * best separates where it holds from where it does not; where that threshold lies; and which points to run next.
 *
 * Noise: a point is no yes or no. It holds with the probability that its effect lies on the claim's side, a normal
 * error assumed, and every step below weighs it so; points near the flip, where the effect is small, then decide little.
 */

import { Draw } from "../kernel/Draw.ts"
import { log2 } from "../kernel/Mathematics.ts"
import type { Stream } from "../kernel/Stream.ts"
import { normalCdf } from "./Normal.ts"
import { wilson } from "./Proportions.ts"

/** An assumed value and the range in which the truth is taken to lie, in its unit. */
export interface Assumption {
  readonly name: string
  readonly low: number
  readonly high: number
}

/** What was found at one point of the space. */
export interface AssumedPoint {
  /** One coordinate per assumption, in its order and unit. */
  readonly at: readonly number[]
  /** The paired effect, and its standard error (0 where all pairs agree), in the KPI's unit. */
  readonly effect: number
  readonly error: number
}

/** What is claimed of the effect: "it is below 0" says that the treatment lowers the KPI. */
export interface EffectClaim {
  readonly side: "below" | "above"
  readonly than: number
}

/** In which share of the assumption space a claim holds; plain data. */
export interface HoldsShare {
  readonly share: number
  /** Wilson's interval, as if the points had been drawn at random: even designs do better. */
  readonly low: number
  readonly high: number
  readonly level: number
  /** Points, those in which it holds more likely than not, and those that their own error leaves open at 95 %. */
  readonly n: number
  readonly holds: number
  readonly unclear: number
}

/** The probability that the claim holds at a point. */
export function holding({ effect, error }: AssumedPoint, { side, than }: EffectClaim): number {
  const distance = side === "below" ? than - effect : effect - than
  if (error === 0) return distance > 0 ? 1 : 0
  return normalCdf(distance / error)
}

/**
 * The share of the space in which the claim holds. The points must fill the space evenly: those added near a flip
 * do not belong here.
 * @throws RangeError without points.
 */
export function holdsShare(points: readonly AssumedPoint[], claim: EffectClaim, level = 0.95): HoldsShare {
  const chances = points.map((point) => holding(point, claim))
  const holds = chances.filter((chance) => chance > 0.5).length
  const unclear = chances.filter((chance) => chance > 0.025 && chance < 0.975).length
  return {
    share: holds / points.length,
    ...wilson(holds, points.length, level),
    level,
    n: points.length,
    holds,
    unclear
  }
}

/** How well one assumption separates where the claim holds from where it does not; plain data. */
export interface FlipRank {
  readonly name: string
  /** Share of the uncertainty (entropy, in bits) that knowing the side of the best threshold removes: 0 to 1. */
  readonly gain: number
  /** Mean of the shares of holding and of failing points that the threshold puts on the right side: 0.5 to 1. */
  readonly accuracy: number
  /** The best single threshold, in the assumption's unit, and the side of it on which the claim holds. */
  readonly threshold: number
  readonly holds: "below" | "above"
  /** How often shuffled points gave any assumption as large a gain: corrected for the number of assumptions. */
  readonly p: number
}

/** How to tell a separation from chance. */
export interface RankOptions {
  /** Shuffles the points. */
  readonly stream: Stream
  /** Shuffles; 999 when left out. */
  readonly permutations?: number
}

/**
 * The assumptions, best separating first; none when the claim holds, or fails, at every point alike. Each is judged by
 * the information gain of its best threshold, a decision stump (Quinlan 1986), and by the maximum of that over all
 * assumptions among shuffled points (Westfall and Young 1993, 2.6).
 */
export function rankFlips(
  points: readonly AssumedPoint[],
  assumptions: readonly Assumption[],
  claim: EffectClaim,
  { stream, permutations = 999 }: RankOptions
): readonly FlipRank[] {
  const chances = Float64Array.from(points, (point) => holding(point, claim))
  if (chances.every((chance) => chance > 0.5) || chances.every((chance) => chance <= 0.5)) return []
  const axes = assumptions.map((_, axis) => axisOf(points, axis))
  const found = axes.map((axis) => bestCut(axis, chances))
  const draw = new Draw(stream)
  const larger = new Array<number>(axes.length).fill(0)
  const places = Array.from(chances.keys())
  for (let round = 0; round < permutations; round++) {
    const shuffled = Float64Array.from(draw.shuffle(places), (place) => chances[place] as number)
    const most = Math.max(...axes.map((axis) => bestCut(axis, shuffled).gain))
    // Rounding must not tell equal gains apart.
    for (const [k, cut] of found.entries()) if (most >= cut.gain - 1e-12) larger[k] = (larger[k] as number) + 1
  }
  const ranks = found.map(
    (cut, k): FlipRank => ({
      name: (assumptions[k] as Assumption).name,
      ...cut,
      p: (1 + (larger[k] as number)) / (permutations + 1)
    })
  )
  return ranks.sort((a, b) => b.gain - a.gain)
}

/** The points' coordinates on one axis, ascending, and which point each belongs to. */
interface Axis {
  readonly order: Int32Array
  readonly values: Float64Array
}

function axisOf(points: readonly AssumedPoint[], axis: number): Axis {
  const value = (point: number): number => points[point]?.at[axis] as number
  const order = Int32Array.from(points.keys()).sort((a, b) => value(a) - value(b))
  return { order, values: Float64Array.from(order, value) }
}

type Cut = Omit<FlipRank, "name" | "p">

/** The threshold of the largest gain; without one, where all values are equal, a gain of 0. */
function bestCut({ order, values }: Axis, chances: Float64Array): Cut {
  const n = order.length
  let total = 0
  for (const chance of chances) total += chance
  const whole = entropy(total / n)
  let best: Cut = { gain: 0, accuracy: 0.5, threshold: values[0] as number, holds: "below" }
  let below = 0
  for (let k = 1; k < n; k++) {
    below += chances[order[k - 1] as number] as number
    const [from, to] = [values[k - 1] as number, values[k] as number]
    if (from === to) continue
    const rest = (k * entropy(below / k) + (n - k) * entropy((total - below) / (n - k))) / n
    const gain = (whole - rest) / whole
    if (gain <= best.gain) continue
    // Of what holds, the share below; of what fails, the share above.
    const right = (below / total + (n - k - (total - below)) / (n - total)) / 2
    const holds = right >= 0.5 ? "below" : "above"
    best = { gain, accuracy: Math.max(right, 1 - right), threshold: (from + to) / 2, holds }
  }
  return best
}

function entropy(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -p * log2(p) - (1 - p) * log2(1 - p)
}
