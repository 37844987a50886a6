/** Quantiles: NumPy's, SciPy's intervals, and Harrell and Davis's. */
import { describe, expect, it } from "vitest"
import fixture from "./fixtures/tails.json" with { type: "json" }
import { harrellDavis, quantile, quantileSorted } from "./Quantiles.ts"

const sorted = Float64Array.from(fixture.values).sort()

describe("a quantile", () => {
  it.each(fixture.quantiles as [number, number][])("at %d is NumPy's", (p, value) => {
    expect(quantileSorted(sorted, p)).toBeCloseTo(value, 12)
  })

  it.each(fixture.orderIntervals as [number, number, number, number][])(
    "at %d has SciPy's interval of level %d",
    (p, level, low, high) => {
      expect(quantile(fixture.values, p, level)).toMatchObject({ p, low, high, n: 40 })
    }
  )

  it("has no end where the sample is too small for one", () => {
    expect(quantile(fixture.values, 0.01).low).toBeNull()
    expect(quantile(fixture.values, 0.99).high).toBeNull()
    expect(quantile([5], 0.5)).toEqual({ p: 0.5, value: 5, low: null, high: null, n: 1 })
  })

  it.each(fixture.harrellDavis as [number, number][])("at %d by all order statistics is SciPy's", (p, value) => {
    expect(harrellDavis(fixture.values, p)).toBeCloseTo(value, 10)
  })

  it("needs values, and a p between 0 and 1", () => {
    expect(() => quantileSorted([], 0.5)).toThrow(RangeError)
    expect(() => quantileSorted([1], 1.1)).toThrow(RangeError)
    expect(() => quantile([1, 2], 0)).toThrow(RangeError)
    expect(() => harrellDavis([1, 2], 1)).toThrow(RangeError)
  })
})
