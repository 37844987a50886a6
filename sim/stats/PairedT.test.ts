/** Paired differences: published intervals, SciPy's and statsmodels' results, and laws of the interval. */
import { array, assert, constantFrom, double, property } from "fast-check"
import { describe, expect, it } from "vitest"
import fixture from "./fixtures/intervals.json" with { type: "json" }
import { equivalence, twoSided } from "./Inference.ts"
import { pairedT, tInference } from "./PairedT.ts"

describe("a paired interval", () => {
  it("is that of Student's sleep data", () => {
    // Student (1908), hours of sleep gained, second drug less first; R 4.3, t.test(paired = TRUE): 0.7001142 to 2.4598858.
    const { mean, low, high, n } = pairedT([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4])
    expect(n).toBe(10)
    expect(mean).toBeCloseTo(1.58, 12)
    expect(low).toBeCloseTo(0.7001142, 7)
    expect(high).toBeCloseTo(2.4598858, 7)
  })

  it("follows a change of unit and of sign, and lies about its mean", () => {
    const values = array(double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 })
    assert(
      property(values, double({ min: -100, max: 100, noNaN: true }), (differences, shift) => {
        const one = pairedT(differences)
        const moved = pairedT(differences.map((difference) => shift - difference))
        const size = 1e-9 * (1 + Math.max(...differences.map(Math.abs), Math.abs(shift)))
        expect(Math.abs(moved.low - (shift - one.high))).toBeLessThan(size * 100)
        expect(Math.abs(one.high + one.low - 2 * one.mean)).toBeLessThan(size * 100)
        expect(one.low).toBeLessThanOrEqual(one.mean)
      })
    )
  })

  it("is wider at a higher level", () => {
    assert(
      property(constantFrom([1, 2, 4], [0, 5, 1, 9]), (differences) => {
        const [narrow, wide] = [pairedT(differences, 0.9), pairedT(differences, 0.99)]
        expect(wide.high - wide.low).toBeGreaterThan(narrow.high - narrow.low)
      })
    )
  })

  it("is a point of equal differences, unbounded of one, and refuses none", () => {
    expect(pairedT([3, 3, 3])).toEqual({ mean: 3, low: 3, high: 3, n: 3 })
    expect(pairedT([3])).toEqual({ mean: 3, low: -Infinity, high: Infinity, n: 1 })
    expect(() => pairedT([])).toThrow(RangeError)
    expect(() => pairedT([1, Number.NaN])).toThrow(RangeError)
  })
})

describe("the inference from paired differences", () => {
  const differences = fixture.treatment.map((value, at) => value - (fixture.baseline[at] as number))
  const inference = tInference(differences)

  it.each(fixture.pairedT as [number, number, number][])("at level %d is SciPy's interval", (level, low, high) => {
    const bounds = inference.interval(level)
    expect(bounds.low).toBeCloseTo(low, 11)
    expect(bounds.high).toBeCloseTo(high, 11)
  })

  it("has SciPy's p-value of no effect, and statsmodels' of equivalence", () => {
    expect(twoSided(inference, 0)).toBeCloseTo(fixture.pairedP, 12)
    expect(inference.above(-fixture.tost.by)).toBeCloseTo(fixture.tost.above, 12)
    expect(inference.below(fixture.tost.by)).toBeCloseTo(fixture.tost.below, 12)
    expect(equivalence(inference, fixture.tost.by)).toBeCloseTo(fixture.tost.p, 12)
  })
})
