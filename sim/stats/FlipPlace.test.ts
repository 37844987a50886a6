/** Where a planted flip lies: within 5 % of the range, after one round of points near it. */
import { describe, expect, it } from "vitest"
import { Stream } from "../kernel/Stream.ts"
import type { AssumedPoint, Assumption } from "./Flip.ts"
import { locateFlip, pointsNearFlip } from "./FlipPlace.ts"
import { assumptions, axis, claim, measured, spread } from "./fixtures/PlantedFlip.ts"

const { low, high } = assumptions[axis] as Assumption

describe("the place of a flip", () => {
  it.each([
    { shape: "line", flipsAt: 0.62, noise: 0.3 },
    { shape: "line", flipsAt: 0.3, noise: 0.1 },
    { shape: "step", flipsAt: 0.15, noise: 0.5 }
  ] as const)(
    "is found within 5 % of the range: a $shape at $flipsAt",
    (planted) => {
      const truth = low + (high - low) * planted.flipsAt
      let inside = 0
      for (let round = 0; round < 20; round++) {
        const points = measured(spread(`place/spread/${round}`), planted, `place/noise/${round}`)
        const flip = locateFlip(points, assumptions, claim, { axis })
        const near = pointsNearFlip(assumptions, { axis, flip, count: 16, stream: Stream.open(`place/near/${round}`) })
        const all = [...points, ...measured(near, planted, `place/again/${round}`)]
        const found = locateFlip(all, assumptions, claim, { axis })
        expect(found.name).toBe("demand")
        expect(found.holds).toBe("below")
        expect(Math.abs(found.at - truth)).toBeLessThan(0.05 * (high - low))
        if (found.low <= truth && truth <= found.high) inside++
      }
      // An interval of 95 % misses more than 3 of 20 with a chance of 1.6 %.
      expect(inside).toBeGreaterThanOrEqual(17)
    },
    60_000
  )

  it("is told apart from its mirror image, and survives points that go by something else", () => {
    const points = Array.from({ length: 40 }, (_, k): AssumedPoint => {
      const holds = k >= 25 !== (k === 3 || k === 36)
      return { at: [k / 39], effect: holds ? -1 : 1, error: 0.05 }
    })
    const found = locateFlip(points, [{ name: "a", low: 0, high: 1 }], claim, { axis: 0 })
    expect(found.holds).toBe("above")
    expect(found.at).toBeCloseTo(24.5 / 39, 1)
    expect(found.low).toBeLessThan(24.5 / 39)
    expect(found.high).toBeGreaterThan(24.5 / 39)
    // 38 of 40 lie on the right side.
    expect(found.accuracy).toBeCloseTo(0.95, 2)
  })

  it("proposes points that lie in the window along its axis, one per slice, and anywhere else along the others", () => {
    const flip = { name: "demand", at: 1, low: 0.9, high: 1.2, level: 0.95, holds: "below", accuracy: 1 } as const
    const near = pointsNearFlip(assumptions, { axis, flip, count: 10, stream: Stream.open("place/points") })
    // A quarter of the interval on either side is less than 2.5 % of the range, which is 6.
    const window = { low: 0.9 - 0.15, high: 1.2 + 0.15 }
    const slices = near.map((point) =>
      Math.floor((((point[axis] as number) - window.low) / (window.high - window.low)) * 10)
    )
    expect(slices.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    const depths = near.map((point) => Math.floor(((point[1] as number) - 1_000) / 400)).sort((a, b) => a - b)
    expect(depths).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    const edge = pointsNearFlip(assumptions, { axis, flip: { ...flip, low }, count: 10, stream: Stream.open("p") })
    expect(edge.every((point) => (point[axis] as number) >= low)).toBe(true)
  })

  it("needs points and the assumption", () => {
    expect(() => locateFlip([], assumptions, claim, { axis })).toThrow(RangeError)
    const points = measured(spread("place/x"), { shape: "line", flipsAt: 0.5, noise: 0.1 }, "place/y")
    expect(() => locateFlip(points, assumptions, claim, { axis: 9 })).toThrow(RangeError)
    const fixed = [{ name: "fixed", low: 1, high: 1 }]
    expect(() => locateFlip(points, fixed, claim, { axis: 0 })).toThrow(RangeError)
  })
})
