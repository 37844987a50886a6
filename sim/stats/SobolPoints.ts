/**
 * Sobol' points: a sequence that fills the unit cube evenly, so that averages over it settle faster than over random
 * points. Sobol' (1967), in the Gray-code order of Antonov and Saleev (1979), with the direction numbers
 * new-joe-kuo-6 of Joe and Kuo (2008), "Constructing Sobol sequences with better two-dimensional projections".
 *
 * Invariant: exact operations only, so that a design is the same in every engine.
 */
import type { Stream } from "../kernel/Stream.ts"

/** Bits of a coordinate. */
const BITS = 30

/** From the second dimension on: the primitive polynomial, its coefficients as bits, then the initial m. */
const DIRECTIONS: readonly (readonly number[])[] = [
  [3, 1],
  [7, 1, 3],
  [11, 1, 3, 1],
  [13, 1, 1, 1],
  [19, 1, 1, 3, 3],
  [25, 1, 3, 5, 13],
  [37, 1, 1, 5, 5, 17],
  [41, 1, 1, 5, 5, 5],
  [47, 1, 1, 7, 11, 19],
  [55, 1, 1, 5, 1, 1],
  [59, 1, 1, 1, 3, 11],
  [61, 1, 3, 5, 5, 31],
  [67, 1, 3, 3, 9, 7, 49],
  [91, 1, 1, 1, 15, 21, 21],
  [97, 1, 3, 1, 13, 27, 49],
  [103, 1, 1, 1, 15, 7, 5],
  [109, 1, 3, 1, 15, 13, 25],
  [115, 1, 1, 5, 5, 19, 61],
  [131, 1, 3, 7, 11, 23, 15, 103],
  [137, 1, 3, 7, 13, 13, 15, 69],
  [143, 1, 1, 3, 13, 7, 35, 63],
  [145, 1, 3, 5, 9, 1, 25, 53],
  [157, 1, 3, 1, 13, 9, 35, 107],
  [167, 1, 3, 1, 5, 27, 61, 31],
  [171, 1, 1, 5, 11, 19, 41, 61],
  [185, 1, 3, 5, 3, 3, 13, 69],
  [191, 1, 1, 7, 13, 1, 19, 1],
  [193, 1, 3, 7, 5, 13, 19, 59],
  [203, 1, 1, 3, 9, 25, 29, 41],
  [211, 1, 3, 5, 13, 23, 1, 55],
  [213, 1, 3, 7, 3, 13, 59, 17],
  [229, 1, 3, 1, 3, 5, 53, 69],
  [239, 1, 1, 5, 5, 23, 33, 13],
  [241, 1, 1, 7, 7, 1, 61, 123],
  [247, 1, 1, 7, 9, 13, 61, 49],
  [253, 1, 3, 3, 5, 3, 55, 33],
  [285, 1, 3, 1, 15, 31, 13, 49, 245],
  [299, 1, 3, 5, 15, 31, 59, 63, 97],
  [301, 1, 3, 1, 11, 11, 11, 77, 249]
]

/** The most dimensions there are direction numbers for. */
export const SOBOL_DIMENSIONS: number = DIRECTIONS.length + 1

/** How many points, and whether and how they are moved. */
export interface SobolOptions {
  readonly dimensions: number
  /** Best a power of two: only then is every cell of the finest grid met equally often. */
  readonly points: number
  /** Points left out at the beginning; none when left out. */
  readonly skip?: number
  /**
   * Given, every coordinate is shifted digit by digit (exclusive or with one random number per dimension): the points
   * stay as even, and different streams give independent estimates. Without it the first point is the origin.
   */
  readonly shift?: Stream
}

/**
 * Points in [0, 1)^dimensions, one row each.
 * @throws RangeError for fewer than one or more than 40 dimensions, or beyond 2^30 points.
 */
export function sobolPoints({ dimensions, points, skip = 0, shift }: SobolOptions): readonly number[][] {
  if (!(Number.isInteger(dimensions) && dimensions >= 1 && dimensions <= SOBOL_DIMENSIONS)) {
    throw new RangeError(`Sobol' points have 1 to ${SOBOL_DIMENSIONS} dimensions, not ${dimensions}`)
  }
  if (!(Number.isInteger(points) && points >= 0 && Number.isInteger(skip) && skip >= 0 && points + skip <= 1 << BITS)) {
    throw new RangeError(`Sobol' points number up to 2^${BITS}, not ${points} after ${skip}`)
  }
  const directions = Array.from({ length: dimensions }, (_, dimension) => directionsOf(dimension))
  const state = new Int32Array(dimensions)
  for (let dimension = 0; dimension < dimensions && shift !== undefined; dimension++) {
    state[dimension] = Math.floor(shift.next() * (1 << BITS))
  }
  const rows: number[][] = []
  for (let index = 0; index < points + skip; index++) {
    if (index >= skip) rows.push(Array.from(state, (value) => value / (1 << BITS)))
    // The next Gray code differs in the bit that is the lowest zero of the index.
    const bit = 31 - Math.clz32(~index & (index + 1))
    for (let dimension = 0; dimension < dimensions; dimension++) {
      state[dimension] = (state[dimension] as number) ^ ((directions[dimension] as Int32Array)[bit] as number)
    }
  }
  return rows
}

/** The direction numbers of one dimension, scaled to `BITS` bits (Bratley and Fox 1988, Algorithm 659). */
function directionsOf(dimension: number): Int32Array {
  const numbers = new Int32Array(BITS + 1)
  const [polynomial, ...initial] = DIRECTIONS[dimension - 1] ?? [1]
  const degree = initial.length
  for (let k = 0; k < BITS; k++) {
    // The first dimension is van der Corput's, all of whose m are 1.
    if (dimension === 0) numbers[k] = 1 << (BITS - 1 - k)
    else if (k < degree) numbers[k] = (initial[k] as number) << (BITS - 1 - k)
    else {
      let value = (numbers[k - degree] as number) ^ ((numbers[k - degree] as number) >> degree)
      for (let j = 1; j < degree; j++) {
        if ((((polynomial as number) >> (degree - j)) & 1) === 1) value ^= numbers[k - j] as number
      }
      numbers[k] = value
    }
  }
  return numbers
}
