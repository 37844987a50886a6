/** The incomplete beta function and what rests on it, against SciPy. */
import { assert, double, property } from "fast-check"
import { describe, expect, it } from "vitest"
import { binomialCdf, incompleteBeta, logGamma } from "./Beta.ts"
import fixture from "./fixtures/distributions.json" with { type: "json" }

describe("the incomplete beta function", () => {
  it.each(fixture.logGamma as [number, number][])("ln Γ(%d) is SciPy's", (x, value) => {
    expect(Math.abs(logGamma(x) - value)).toBeLessThan(1e-13 * (1 + Math.abs(value)))
  })

  it.each(fixture.beta as [number, number, number, number][])("I(%d; %d, %d) is SciPy's", (x, a, b, value) => {
    expect(incompleteBeta(x, a, b) / value).toBeCloseTo(1, 11)
  })

  it("is the other tail mirrored", () => {
    const size = double({ min: 0.1, max: 80, noNaN: true })
    assert(
      property(double({ min: 0.001, max: 0.999, noNaN: true }), size, size, (x, a, b) => {
        expect(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a)).toBeCloseTo(1, 11)
      })
    )
  })

  it.each(fixture.binomial as [number, number, number, number][])(
    "at most %d of %d at %d is SciPy's",
    (k, n, p, value) => {
      expect(binomialCdf(k, n, p)).toBeCloseTo(value, 12)
      expect(binomialCdf(-1, n, p)).toBe(0)
      expect(binomialCdf(n, n, p)).toBe(1)
    }
  )
})
