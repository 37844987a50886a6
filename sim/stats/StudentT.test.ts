/** Student's t: published quantiles, closed forms, and SciPy's results. */
import { assert, double, integer, property } from "fast-check"
import { describe, expect, it } from "vitest"
import fixture from "./fixtures/distributions.json" with { type: "json" }
import { tCritical, tUpper } from "./StudentT.ts"

const close = (value: number, expected: number): void =>
  expect(Math.abs(value - expected)).toBeLessThan(1e-8 * (1 + Math.abs(expected)))

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
    expect(Math.abs(tCritical(2 * (1 - p), degrees) - published)).toBeLessThan(0.0005)
  })

  it("has closed forms with one and two degrees: tan(π(p − ½)) and (2p − 1) / √(2p(1 − p))", () => {
    assert(
      property(double({ min: 0.5, max: 0.9999, noNaN: true }), (p) => {
        close(tCritical(2 * (1 - p), 1), Math.tan(Math.PI * (p - 0.5)))
        close(tCritical(2 * (1 - p), 2), (2 * p - 1) / Math.sqrt(2 * p * (1 - p)))
      })
    )
  })

  it("falls as degrees rise, towards the normal's 1.959964", () => {
    assert(
      property(integer({ min: 1, max: 2000 }), (degrees) => {
        expect(tCritical(0.05, degrees)).toBeGreaterThan(tCritical(0.05, degrees + 1))
      })
    )
    expect(tCritical(0.05, 1_000_000)).toBeCloseTo(1.959964, 5)
  })

  it.each([
    [0, 3],
    [1.1, 3],
    [0.05, 0],
    [0.05, Number.NaN]
  ])("refuses %d with %d degrees", (alpha, degrees) => {
    expect(() => tCritical(alpha, degrees)).toThrow(RangeError)
  })

  it.each(fixture.tCritical as [number, number, number][])("at %d with %d degrees is SciPy's", (alpha, degrees, t) => {
    expect(tCritical(alpha, degrees) / t).toBeCloseTo(1, 9)
  })
})

describe("the tail of Student's t", () => {
  it.each(fixture.tUpper as [number, number, number][])("above %d with %d degrees is SciPy's", (t, degrees, p) => {
    expect(tUpper(t, degrees) / p).toBeCloseTo(1, 9)
  })
})
