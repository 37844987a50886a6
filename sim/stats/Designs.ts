/**
 * Designs: which points of a space of Params are run. Rows are points; coordinates lie in [0, 1], save for a grid's,
 * which are the values themselves.
 *
 * Invariant: exact operations and the given stream only, so that the same design has the same points everywhere.
 */
import { Draw } from "../kernel/Draw.ts"
import type { Stream } from "../kernel/Stream.ts"

/** Every combination of the values given per axis; the last axis turns fastest. One empty point without axes. */
export function grid<T>(axes: readonly (readonly T[])[]): readonly (readonly T[])[] {
  let rows: (readonly T[])[] = [[]]
  for (const values of axes) rows = rows.flatMap((row) => values.map((value) => [...row, value]))
  return rows
}

/**
 * A Latin hypercube: on each axis every one of `points` equal slices holds exactly one point, at random within it
 * (McKay, Beckman and Conover 1979).
 * @throws RangeError without dimensions or points.
 */
export function latinHypercube({
  dimensions,
  points,
  stream
}: {
  readonly dimensions: number
  readonly points: number
  readonly stream: Stream
}): readonly number[][] {
  if (!(Number.isInteger(dimensions) && dimensions >= 1 && Number.isInteger(points) && points >= 1)) {
    throw new RangeError(`a Latin hypercube needs dimensions and points, not ${dimensions} and ${points}`)
  }
  const draw = new Draw(stream)
  const slices = Array.from({ length: points }, (_, at) => at)
  const columns = Array.from({ length: dimensions }, () =>
    draw.shuffle(slices).map((slice) => (slice + draw.uniform()) / points)
  )
  return slices.map((at) => columns.map((column) => column[at] as number))
}

/** From [0, 1] onto [low, high], axis by axis. */
export function scaled(
  points: readonly (readonly number[])[],
  bounds: readonly (readonly [low: number, high: number])[]
): readonly number[][] {
  return points.map((point) => bounds.map(([low, high], axis) => low + (high - low) * (point[axis] as number)))
}
