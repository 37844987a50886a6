import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { apart } from "./LineEnds.ts"

describe("names at the ends of lines", () => {
  it("stay where they are when there is room", () => {
    expect(apart([5, 1, 9], 2, [0, 10])).toEqual([5, 1, 9])
  })

  it("make room for each other, in order", () => {
    expect(apart([5, 5, 5], 2, [0, 10])).toEqual([5, 7, 9])
    expect(apart([10, 10, 9], 2, [0, 10])).toEqual([8, 10, 6])
  })

  it("keep order, distance and bounds wherever all fit", () => {
    const few = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(few, (numbers) => {
        const moved = apart(numbers, 20, [0, 100])
        const order = numbers.map((_, at) => at).sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || a - b)
        const heights = order.map((at) => moved[at] ?? 0)
        expect(heights.every((height, at) => at === 0 || height - (heights[at - 1] ?? 0) >= 20)).toBe(true)
        expect(Math.min(...heights)).toBeGreaterThanOrEqual(0)
        expect(Math.max(...heights)).toBeLessThanOrEqual(100)
      })
    )
  })
})
