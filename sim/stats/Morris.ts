/**
 * Morris's screening: which inputs matter at all, for few runs. Morris (1991), "Factorial sampling plans for
 * preliminary computational experiments"; μ* of Campolongo, Cariboni and Saltelli (2007).
 *
 * A trajectory is `dimensions` + 1 points, each differing from the one before in one coordinate, by
 * levels / (2 (levels − 1)); it costs that many runs and gives one elementary effect of each input.
 */
import { mean, sampleStandardDeviation } from "simple-statistics"
import { Draw } from "../kernel/Draw.ts"
import type { Stream } from "../kernel/Stream.ts"
import type { Bounds } from "./Inference.ts"
import { quantileSorted } from "./Quantiles.ts"

/** The shape of the design. */
export interface MorrisOptions {
  readonly dimensions: number
  readonly trajectories: number
  /** Levels of the grid, even; 4 when left out. */
  readonly levels?: number
  readonly stream: Stream
}

/**
 * Points in [0, 1]^dimensions on the grid of `levels`, `trajectories` blocks of `dimensions` + 1 rows.
 * @throws RangeError without dimensions or trajectories, or with an odd number of levels.
 */
export function morrisTrajectories({
  dimensions,
  trajectories,
  levels = 4,
  stream
}: MorrisOptions): readonly number[][] {
  if (!(Number.isInteger(dimensions) && dimensions >= 1 && Number.isInteger(trajectories) && trajectories >= 1)) {
    throw new RangeError(`trajectories need inputs and a number, not ${dimensions} and ${trajectories}`)
  }
  if (!(Number.isInteger(levels) && levels >= 2 && levels % 2 === 0)) {
    throw new RangeError(`trajectories go over an even number of levels, not ${levels}`)
  }
  const draw = new Draw(stream)
  const axes = Array.from({ length: dimensions }, (_, axis) => axis)
  const rows: number[][] = []
  for (let made = 0; made < trajectories; made++) {
    // Half of the levels are below the middle: a step up from one of them, or down onto it, stays inside.
    const lows = axes.map(() => draw.integer(0, levels / 2 - 1))
    const up = axes.map(() => draw.bernoulli(0.5))
    const at = lows.map((low, axis) => low + (up[axis] ? 0 : levels / 2))
    rows.push(at.map((level) => level / (levels - 1)))
    for (const axis of draw.shuffle(axes)) {
      at[axis] = (at[axis] as number) + (up[axis] ? levels / 2 : -levels / 2)
      rows.push(at.map((level) => level / (levels - 1)))
    }
  }
  return rows
}

/** What the trajectories say of one input, in units of the output per whole range of the input. */
export interface MorrisIndex {
  /** Mean elementary effect: the direction, where the input acts in one. */
  readonly mu: number
  /** Mean size of the elementary effects: how much the input matters. */
  readonly muStar: number
  /** The bootstrap's percentile interval of `muStar`, over trajectories. */
  readonly muStarInterval: Bounds
  /** Standard deviation of the elementary effects: how far the input bends or interacts. Null of one trajectory. */
  readonly sigma: number | null
}

/**
 * The indices of each input, from points and outputs of whole trajectories in order.
 * @throws RangeError unless rows and outputs are as many, and neighbouring rows differ in exactly one coordinate.
 */
export function morrisIndices(
  points: readonly (readonly number[])[],
  outputs: readonly number[],
  {
    stream,
    replicates = 1_000,
    level = 0.95
  }: { readonly stream: Stream; readonly replicates?: number; readonly level?: number }
): readonly MorrisIndex[] {
  const dimensions = points[0]?.length ?? 0
  const trajectories = points.length / (dimensions + 1)
  if (dimensions === 0 || !Number.isInteger(trajectories) || outputs.length !== points.length) {
    throw new RangeError(
      `trajectories of ${dimensions} inputs do not make ${points.length} points and ${outputs.length} outputs`
    )
  }
  const effects = Array.from({ length: dimensions }, () => [] as number[])
  for (let row = 1; row < points.length; row++) {
    if (row % (dimensions + 1) === 0) continue
    const [from, to] = [points[row - 1] as readonly number[], points[row] as readonly number[]]
    const moved = to.flatMap((value, axis) => (value === from[axis] ? [] : [axis]))
    const [axis] = moved
    if (axis === undefined || moved.length > 1) {
      throw new RangeError(`rows ${row - 1} and ${row} of a trajectory differ in ${moved.length} coordinates, not one`)
    }
    const rise = (outputs[row] as number) - (outputs[row - 1] as number)
    effects[axis]?.push(rise / ((to[axis] as number) - (from[axis] as number)))
  }
  return effects.map((own) => {
    const sizes = own.map(Math.abs)
    const drawn = Float64Array.from({ length: replicates }, () => {
      let sum = 0
      for (let i = 0; i < sizes.length; i++) sum += sizes[(stream.next() * sizes.length) | 0] as number
      return sum / sizes.length
    }).sort()
    return {
      mu: mean(own),
      muStar: mean(sizes),
      muStarInterval: { low: quantileSorted(drawn, (1 - level) / 2), high: quantileSorted(drawn, (1 + level) / 2) },
      sigma: own.length < 2 ? null : sampleStandardDeviation(own)
    }
  })
}
