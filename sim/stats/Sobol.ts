/**
 * Variance-based sensitivity: which share of an output's variance each input explains alone (first order), and
 * together with all it interacts with (total order). Sobol' (1993); estimators of Saltelli et al. (2010), "Variance
 * based sensitivity analysis of model output", table 2: (b) for the first order, (f), Jansen's, for the total.
 *
 * The design costs base · (dimensions + 2) points. Rows come in blocks, one per base point: A, then A with each
 * coordinate in turn taken from B, then B; so that more base points continue a design.
 */

import type { Stream } from "../kernel/Stream.ts"
import type { Bounds } from "./Inference.ts"
import { quantileSorted } from "./Quantiles.ts"
import { SOBOL_DIMENSIONS, sobolPoints } from "./SobolPoints.ts"

/** The shape of Saltelli's cross-sampling. */
export interface SaltelliOptions {
  /** Inputs: 1 to 20. */
  readonly dimensions: number
  /** Base points, best a power of two. */
  readonly base: number
  /** Shifts the Sobol' points that A and B are cut from; without it they start after the origin. */
  readonly shift?: Stream
}

/**
 * Points in [0, 1)^dimensions, `base` blocks of `dimensions` + 2 rows.
 * @throws RangeError for more than 20 dimensions.
 */
export function saltelliDesign({ dimensions, base, shift }: SaltelliOptions): readonly number[][] {
  if (2 * dimensions > SOBOL_DIMENSIONS) {
    throw new RangeError(`Sobol' indices are for up to ${SOBOL_DIMENSIONS / 2} inputs, not ${dimensions}: screen first`)
  }
  const options = { dimensions: 2 * dimensions, points: base }
  // Unshifted, the origin would be the first point of A and of B alike, and say nothing.
  const pairs = sobolPoints(shift === undefined ? { ...options, skip: base } : { ...options, shift })
  return pairs.flatMap((pair) => {
    const [a, b] = [pair.slice(0, dimensions), pair.slice(dimensions)]
    return [a, ...a.map((_, axis) => a.map((value, at) => (at === axis ? (b[at] as number) : value))), b]
  })
}

/** The indices of one input, as shares of the variance. */
export interface SobolIndex {
  readonly first: number
  readonly firstInterval: Bounds
  readonly total: number
  readonly totalInterval: Bounds
}

/** How intervals are made. */
export interface SobolIndicesOptions {
  readonly dimensions: number
  /** Draws the blocks of a resample. */
  readonly stream: Stream
  /** Resamples; 1,000 when left out. */
  readonly replicates?: number
  /** 0.95 when left out. */
  readonly level?: number
}

/**
 * The indices of each input, from the output at every row of `saltelliDesign`. Intervals are the bootstrap's
 * percentiles over blocks (Archer, Saltelli and Sobol' 1997). An estimate may fall a little outside [0, 1].
 * @throws RangeError for a number of outputs that is no whole number of blocks, or outputs without `variesEnough`.
 */
export function sobolIndices(
  outputs: readonly number[],
  { dimensions, stream, replicates = 1_000, level = 0.95 }: SobolIndicesOptions
): readonly SobolIndex[] {
  const size = dimensions + 2
  const base = outputs.length / size
  if (!Number.isInteger(base) || base < 2) {
    throw new RangeError(`outputs of ${dimensions} inputs come in two or more blocks of ${size}, not ${outputs.length}`)
  }
  // Centred, since the first-order estimator loses digits to a large mean.
  const middle = outputs.reduce((sum, value) => sum + value, 0) / outputs.length
  const values = Float64Array.from(outputs, (value) => value - middle)
  const all = Int32Array.from({ length: base }, (_, at) => at)
  const least = leastVariance(values, outputs)
  const estimate = estimates(values, all, dimensions, least)
  if (!estimate.every(Number.isFinite))
    throw new RangeError("the outputs of A and B do not vary, so there is no variance to explain")
  const samples = Array.from({ length: 2 * dimensions }, () => new Float64Array(replicates))
  const chosen = new Int32Array(base)
  for (let at = 0; at < replicates; at++) {
    for (let i = 0; i < base; i++) chosen[i] = (stream.next() * base) | 0
    const drawn = estimates(values, chosen, dimensions, least)
    // A resample without variance tells nothing; the estimate stands for it.
    for (const [k, sample] of samples.entries()) {
      sample[at] = (Number.isFinite(drawn[k]) ? drawn[k] : estimate[k]) as number
    }
  }
  const intervalOf = (k: number): Bounds => {
    const sorted = (samples[k] as Float64Array).sort()
    return { low: quantileSorted(sorted, (1 - level) / 2), high: quantileSorted(sorted, (1 + level) / 2) }
  }
  return Array.from({ length: dimensions }, (_, k) => ({
    first: estimate[k] as number,
    firstInterval: intervalOf(k),
    total: estimate[dimensions + k] as number,
    totalInterval: intervalOf(dimensions + k)
  }))
}

/**
 * Whether outputs have indices: those of the rows A and B, from which the variance is estimated, must vary. They may not
 * where the others do: a rare 0 or 1 may show at crossed rows alone.
 */
export function variesEnough(outputs: readonly number[], dimensions: number): boolean {
  const size = dimensions + 2
  const middle = outputs.reduce((sum, value) => sum + value, 0) / outputs.length
  const values = Float64Array.from(outputs, (value) => value - middle)
  const all = Int32Array.from({ length: outputs.length / size }, (_, at) => at)
  return estimates(values, all, dimensions, leastVariance(values, outputs)).every(Number.isFinite)
}

/** Variance below which A and B are told from rounding neither beside all centred values nor beside the outputs' size. */
function leastVariance(values: Float64Array, outputs: readonly number[]): number {
  const spread = values.reduce((sum, value) => sum + value * value, 0) / values.length
  const size = outputs.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return Math.max(1e-12 * spread, 1e-26 * size * size)
}

/** First orders, then total orders, from the chosen blocks; not finite where the variance is not above `least`. */
function estimates(values: Float64Array, blocks: Int32Array, dimensions: number, least: number): number[] {
  const size = dimensions + 2
  const sums = new Array<number>(2 * dimensions).fill(0)
  let [sum, squares] = [0, 0]
  for (const block of blocks) {
    const from = block * size
    const a = values[from] as number
    const b = values[from + size - 1] as number
    sum += a + b
    squares += a * a + b * b
    for (let k = 0; k < dimensions; k++) {
      const crossed = values[from + 1 + k] as number
      sums[k] = (sums[k] as number) + b * (crossed - a)
      sums[dimensions + k] = (sums[dimensions + k] as number) + (a - crossed) * (a - crossed)
    }
  }
  const n = blocks.length
  const variance = squares / (2 * n) - (sum / (2 * n)) * (sum / (2 * n))
  if (!(variance > least)) return sums.map(() => Number.NaN)
  return sums.map((value, k) => value / (k < dimensions ? n * variance : 2 * n * variance))
}
