/** The normal distribution against SciPy, and the round trip with its quantile. */
import { assert, double, property } from "fast-check"
import { describe, expect, it } from "vitest"
import { normalQuantile } from "../kernel/Quantiles.ts"
import fixture from "./fixtures/distributions.json" with { type: "json" }
import { normalCdf, normalCritical } from "./Normal.ts"

describe("the normal distribution", () => {
  it.each(fixture.normal as [number, number][])("below %d is SciPy's", (x, p) => {
    if (p === 0) expect(normalCdf(x)).toBeLessThan(1e-300)
    else expect(normalCdf(x) / p).toBeCloseTo(1, 12)
  })

  it("undoes its quantile", () => {
    assert(
      property(double({ min: 1e-12, max: 0.999, noNaN: true }), (p) => {
        expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 11)
      })
    )
  })

  it("is exceeded in size by 1.959964 one time in twenty", () => {
    expect(normalCritical(0.05)).toBeCloseTo(1.959963984540054, 14)
  })
})
