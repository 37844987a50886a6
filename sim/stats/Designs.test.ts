/** Grids and Latin hypercubes: what they must hold. */
import { assert, integer, property } from "fast-check"
import { describe, expect, it } from "vitest"
import { Stream } from "../kernel/Stream.ts"
import { grid, latinHypercube, scaled } from "./Designs.ts"

describe("designs", () => {
  it("a grid holds every combination, the last axis turning fastest", () => {
    expect(
      grid<string | number>([
        ["a", "b"],
        [1, 2, 3]
      ])
    ).toEqual([
      ["a", 1],
      ["a", 2],
      ["a", 3],
      ["b", 1],
      ["b", 2],
      ["b", 3]
    ])
    expect(grid([])).toEqual([[]])
    expect(grid([[1, 2], []])).toEqual([])
  })

  it("a Latin hypercube has one point in each slice of each axis", () => {
    assert(
      property(integer({ min: 1, max: 6 }), integer({ min: 1, max: 40 }), (dimensions, points) => {
        const ask = () => latinHypercube({ dimensions, points, stream: Stream.open("designs/latin") })
        const rows = ask()
        expect(ask()).toEqual(rows)
        for (let axis = 0; axis < dimensions; axis++) {
          const slices = rows.map((row) => Math.floor((row[axis] as number) * points)).sort((a, b) => a - b)
          expect(slices).toEqual(Array.from({ length: points }, (_, at) => at))
        }
      })
    )
    expect(() => latinHypercube({ dimensions: 0, points: 3, stream: Stream.open("x") })).toThrow(RangeError)
  })

  it("a Latin hypercube orders each axis by itself", () => {
    const rows = latinHypercube({ dimensions: 3, points: 50, stream: Stream.open("designs/order") })
    const rising = (axis: number) =>
      rows.filter((row, at) => (row[axis] as number) > (rows[at - 1]?.[axis] ?? 1)).length
    // Of 49 steps about half rise, with a standard deviation of about 2.
    for (const axis of [0, 1, 2]) expect(Math.abs(rising(axis) - 24.5)).toBeLessThan(9)
    expect(rows.map((row) => Math.floor((row[0] as number) * 50))).not.toEqual(
      rows.map((row) => Math.floor((row[1] as number) * 50))
    )
  })

  it("scales onto ranges", () => {
    expect(
      scaled(
        [
          [0, 1],
          [0.5, 0.25]
        ],
        [
          [-1, 1],
          [10, 20]
        ]
      )
    ).toEqual([
      [-1, 20],
      [0, 12.5]
    ])
  })
})
