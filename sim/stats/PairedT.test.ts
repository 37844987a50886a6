/** Paired differences: published quantiles and intervals, and laws of the interval. */
import { array, assert, constantFrom, double, integer, property } from "fast-check"
import { describe, expect, it } from "vitest"
import { pairedT, tQuantile } from "./PairedT.ts"

describe("the quantile of Student's t", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, "Critical Values of the Student's t Distribution".
  it.each([
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.975, 3, 3.182],
    [0.975, 4, 2.776],
    [0.975, 9, 2.262],
    [0.975, 10, 2.228],
    [0.975, 49, 2.01],
    [0.975, 100, 1.984],
    [0.995, 5, 4.032],
    [0.95, 30, 1.697]
  ])("at %d with %d degrees is %d", (p, degrees, published) => {
    expect(Math.abs(tQuantile(p, degrees) - published)).toBeLessThan(0.0005)
  })

  it("has closed forms with one and two degrees: tan(π(p − ½)) and (2p − 1) / √(2p(1 − p))", () => {
    assert(
      property(double({ min: 0.5, max: 0.9999, noNaN: true }), (p) => {
        expect(tQuantile(p, 1)).toBeCloseTo(Math.tan(Math.PI * (p - 0.5)), 6)
        expect(tQuantile(p, 2)).toBeCloseTo((2 * p - 1) / Math.sqrt(2 * p * (1 - p)), 6)
      })
    )
  })

  it("falls as degrees rise, towards the normal's 1.959964", () => {
    assert(
      property(integer({ min: 1, max: 2000 }), (degrees) => {
        expect(tQuantile(0.975, degrees)).toBeGreaterThan(tQuantile(0.975, degrees + 1))
      })
    )
    expect(tQuantile(0.975, 1_000_000)).toBeCloseTo(1.959964, 5)
  })

  it.each([
    [0.4, 3],
    [1, 3],
    [0.9, 0],
    [0.9, 1.5]
  ])("refuses %d with %d degrees", (p, degrees) => {
    expect(() => tQuantile(p, degrees)).toThrow(RangeError)
  })
})

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
