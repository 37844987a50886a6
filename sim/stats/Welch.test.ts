/** Welch's interval against SciPy. */
import { describe, expect, it } from "vitest"
import fixture from "./fixtures/intervals.json" with { type: "json" }
import { welch } from "./Welch.ts"

describe("an unpaired interval", () => {
  it.each(fixture.welch as [number, number, number][])("at level %d is SciPy's", (level, low, high) => {
    const bounds = welch(fixture.baseline, fixture.treatment, level)
    expect(bounds.low).toBeCloseTo(low, 9)
    expect(bounds.high).toBeCloseTo(high, 9)
  })

  it("is a point where nothing varies, and refuses a single value", () => {
    expect(welch([1, 1], [3, 3, 3])).toEqual({ low: 2, high: 2 })
    expect(() => welch([1], [2, 3])).toThrow(RangeError)
  })
})
