/** Morris: SALib's indices on SALib's trajectories, and what our own trajectories must hold. */
import { assert, constantFrom, integer, property } from "fast-check"
import { describe, expect, it } from "vitest"
import { Stream } from "../kernel/Stream.ts"
import fixture from "./fixtures/sensitivity.json" with { type: "json" }
import { morrisIndices, morrisTrajectories } from "./Morris.ts"

const stream = (): Stream => Stream.open("morris/test")

describe("Morris's screening", () => {
  it("has SALib's μ, μ* and σ on the same trajectories", () => {
    const { points, outputs, mu, muStar, sigma } = fixture.morris
    for (const [k, index] of morrisIndices(points, outputs, { stream: stream() }).entries()) {
      expect(index.mu).toBeCloseTo(mu[k] as number, 10)
      expect(index.muStar).toBeCloseTo(muStar[k] as number, 10)
      expect(index.sigma).toBeCloseTo(sigma[k] as number, 10)
      expect(index.muStarInterval.low).toBeLessThanOrEqual(index.muStar)
      expect(index.muStarInterval.high).toBeGreaterThanOrEqual(index.muStar)
    }
  })

  it("tells a line by σ = 0, and its slope by μ", () => {
    const points = morrisTrajectories({ dimensions: 3, trajectories: 8, stream: stream() })
    const outputs = points.map(([x, y]) => 3 * (x as number) - 2 * (y as number))
    const [x, y, z] = morrisIndices(points, outputs, { stream: stream() })
    expect(x?.mu).toBeCloseTo(3, 12)
    expect(y?.mu).toBeCloseTo(-2, 12)
    expect(y?.muStar).toBeCloseTo(2, 12)
    expect(z?.muStar).toBe(0)
    for (const index of [x, y, z]) expect(index?.sigma).toBeCloseTo(0, 12)
  })

  it("moves one coordinate at a time by levels / (2 (levels − 1)), each once, on the grid", () => {
    assert(
      property(integer({ min: 1, max: 6 }), constantFrom(2, 4, 6, 8), (dimensions, levels) => {
        const rows = morrisTrajectories({ dimensions, trajectories: 3, levels, stream: stream() })
        expect(rows).toHaveLength(3 * (dimensions + 1))
        for (let made = 0; made < 3; made++) {
          const own = rows.slice(made * (dimensions + 1), (made + 1) * (dimensions + 1))
          const axes = own.slice(1).map((row, at) => {
            const moved = row.flatMap((value, axis) => (value === own[at]?.[axis] ? [] : [axis]))
            expect(moved).toHaveLength(1)
            const [axis] = moved as [number]
            const step = Math.abs((row[axis] as number) - (own[at]?.[axis] as number))
            expect(step).toBeCloseTo(levels / (2 * (levels - 1)), 12)
            return axis
          })
          expect(new Set(axes).size).toBe(dimensions)
        }
        for (const value of rows.flat()) {
          expect(value * (levels - 1)).toBeCloseTo(Math.round(value * (levels - 1)), 12)
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
      })
    )
  })

  it("refuses points that are no trajectories", () => {
    expect(() =>
      morrisIndices(
        [
          [0, 0],
          [1, 1],
          [1, 0]
        ],
        [1, 2, 3],
        { stream: stream() }
      )
    ).toThrow(RangeError)
    expect(() =>
      morrisIndices(
        [
          [0, 0],
          [1, 0]
        ],
        [1, 2],
        { stream: stream() }
      )
    ).toThrow(RangeError)
    expect(() => morrisTrajectories({ dimensions: 2, trajectories: 1, levels: 3, stream: stream() })).toThrow(
      RangeError
    )
  })
})
