import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { over, type Sample, seriesOf, thinned } from "./Series.ts"

const sample = (time: number, number: number): Sample => ({ time, number, value: String(number) })

it("sorts the table's rows by metric and time", () => {
  const rows = [
    { metric: "b", ...sample(2, 5) },
    { metric: "a", ...sample(1, 1) },
    { metric: "b", ...sample(1, 4) }
  ]
  expect(seriesOf(rows).get("b")).toEqual([sample(1, 4), sample(2, 5)])
})

it("values a KPI over its samples", () => {
  const series = [sample(0, 1), sample(1, 6), sample(2, 2)]
  expect((["last", "mean", "max", "sum"] as const).map((how) => over(series, how))).toEqual([2, 3, 6, 9])
  expect(over([], "mean")).toBeUndefined()
})

describe("thinning", () => {
  const series = fc
    .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 400 })
    .map((numbers) => numbers.map((number, index) => sample(index * 3600, number)))

  it("keeps order, both extremes, and no more than was asked for", () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 2, max: 50 }), (all, most) => {
        const kept = thinned(all, most)
        const numbers = (some: readonly Sample[]): readonly number[] => some.map(({ number }) => number)
        expect(kept.length).toBeLessThanOrEqual(most)
        expect(kept.every((each) => all.includes(each))).toBe(true)
        expect(kept.every(({ time }, index) => index === 0 || time > (kept[index - 1]?.time ?? 0))).toBe(true)
        expect(Math.max(...numbers(kept))).toBe(Math.max(...numbers(all)))
        expect(Math.min(...numbers(kept))).toBe(Math.min(...numbers(all)))
      })
    )
  })

  it("leaves a short series as it is", () => {
    const short = [sample(0, 1), sample(1, 2)]
    expect(thinned(short, 2)).toBe(short)
  })
})
