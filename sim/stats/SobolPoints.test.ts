/** Sobol' points against SciPy, and their evenness. */
import { describe, expect, it } from "vitest"
import { Stream } from "../kernel/Stream.ts"
import fixture from "./fixtures/designs.json" with { type: "json" }
import { SOBOL_DIMENSIONS, sobolPoints } from "./SobolPoints.ts"

describe("Sobol' points", () => {
  const points = sobolPoints({ dimensions: 40, points: 256 })

  it("are SciPy's, digit for digit, in 40 dimensions", () => {
    for (const [index, row] of fixture.sobol as [number, number[]][]) expect(points[index]).toEqual(row)
    const sums = points[0]?.map((_, axis) => points.reduce((sum, row) => sum + (row[axis] as number), 0))
    expect(sums).toEqual(fixture.sum)
  })

  it("go on where they were left", () => {
    expect(sobolPoints({ dimensions: 5, points: 10, skip: 100 })).toEqual(
      sobolPoints({ dimensions: 5, points: 110 }).slice(100)
    )
  })

  it("shifted, still meet each of 64 slices of each axis four times, and differ by stream", () => {
    const shift = (name: string) => sobolPoints({ dimensions: 12, points: 256, shift: Stream.open(name) })
    const one = shift("sobol/one")
    expect(one).toEqual(shift("sobol/one"))
    expect(one).not.toEqual(shift("sobol/two"))
    for (let axis = 0; axis < 12; axis++) {
      const counts = new Array<number>(64).fill(0)
      for (const row of one) {
        const slice = Math.floor((row[axis] as number) * 64)
        counts[slice] = (counts[slice] as number) + 1
      }
      expect(counts).toEqual(new Array<number>(64).fill(4))
    }
  })

  it("refuses what it has no numbers for", () => {
    expect(() => sobolPoints({ dimensions: SOBOL_DIMENSIONS + 1, points: 1 })).toThrow(RangeError)
    expect(() => sobolPoints({ dimensions: 0, points: 1 })).toThrow(RangeError)
    expect(() => sobolPoints({ dimensions: 1, points: -1 })).toThrow(RangeError)
  })
})
