/** Shortfall, empirical distribution, and Kolmogorov and Smirnov's test against SciPy. */
import { array, assert, double, integer, property } from "fast-check"
import { describe, expect, it } from "vitest"
import fixture from "./fixtures/tails.json" with { type: "json" }
import { ecdf, expectedShortfall, kolmogorovSmirnov, kolmogorovTail } from "./Tails.ts"

describe("the expected shortfall", () => {
  it("is the mean of the worst part, a value cut through counted in part", () => {
    expect(expectedShortfall([4, 1, 3, 2, 10], { share: 0.4, tail: "lowest" })).toBeCloseTo(1.5, 12)
    expect(expectedShortfall([4, 1, 3, 2, 10], { share: 0.5, tail: "lowest" })).toBeCloseTo((1 + 2 + 0.5 * 3) / 2.5, 12)
    expect(expectedShortfall([4, 1, 3, 2, 10], { share: 0.2, tail: "highest" })).toBe(10)
    expect(expectedShortfall([4, 1, 3, 2, 10], { share: 1, tail: "highest" })).toBeCloseTo(4, 12)
    expect(() => expectedShortfall([], { share: 0.1, tail: "lowest" })).toThrow(RangeError)
    expect(() => expectedShortfall([1], { share: 0, tail: "lowest" })).toThrow(RangeError)
  })
})

describe("the empirical distribution", () => {
  it("steps at each distinct value", () => {
    expect(ecdf([3, 1, 3, 2])).toEqual({ at: [1, 2, 3], share: [0.25, 0.5, 1] })
    expect(ecdf([])).toEqual({ at: [], share: [] })
  })
})

describe("Kolmogorov and Smirnov's test", () => {
  it.each(fixture.ks as [number[], number[], number, number][])("case %#: is SciPy's", (a, b, statistic, p) => {
    const found = kolmogorovSmirnov(a, b)
    expect(found.method).toBe("exact")
    expect(found.statistic).toBeCloseTo(statistic, 12)
    expect(found.p).toBeCloseTo(p, 10)
  })

  it.each(fixture.kolmogorov as [number, number][])("has SciPy's limit at %d", (x, p) => {
    expect(kolmogorovTail(x)).toBeCloseTo(p, 7)
  })

  it("takes the limit for very many values, and finds no distance of a sample to itself", () => {
    const many = Array.from({ length: 3_000 }, (_, at) => at)
    expect(kolmogorovSmirnov(many, many)).toEqual({ statistic: 0, p: 1, method: "asymptotic" })
    const moved = kolmogorovSmirnov(
      many,
      many.map((value) => value + 200)
    )
    expect(moved.statistic).toBeCloseTo(200 / 3_000, 12)
    expect(moved.p).toBeCloseTo(kolmogorovTail((200 / 3_000) * Math.sqrt(1_500)), 12)
    expect(() => kolmogorovSmirnov([], [1])).toThrow(RangeError)
  })

  it("does not care about the order of samples, nor about a monotone change of unit", () => {
    const sample = array(double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 12 })
    assert(
      property(sample, sample, integer({ min: 1, max: 9 }), (a, b, scale) => {
        const one = kolmogorovSmirnov(a, b)
        expect(kolmogorovSmirnov(b, a).p).toBeCloseTo(one.p, 12)
        const cubed = (values: number[]) => values.map((value) => scale * Math.fround(value))
        const [x, y] = [a.map(Math.fround), b.map(Math.fround)]
        expect(kolmogorovSmirnov(cubed(a), cubed(b))).toEqual(kolmogorovSmirnov(x, y))
      })
    )
  })
})
