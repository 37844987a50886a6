import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Series } from "./Series.ts"
import { isNoisy, smooth } from "./Smooth.ts"

const of = (numbers: readonly number[]): Series =>
  numbers.map((number, index) => ({ time: index * 86_400, number, value: String(number) }))
const numbersOf = (series: Series): readonly number[] => series.map(({ number }) => number)

describe("noise", () => {
  it("is a line that crosses its range again and again", () => {
    expect(isNoisy(of(Array.from({ length: 60 }, (_, day) => day % 2)))).toBe(true)
  })

  it("is neither a trend, nor a wave, nor a level, nor a handful of samples", () => {
    expect(isNoisy(of(Array.from({ length: 300 }, (_, day) => day)))).toBe(false)
    expect(isNoisy(of(Array.from({ length: 300 }, (_, day) => Math.sin(day / 30))))).toBe(false)
    expect(isNoisy(of(Array.from({ length: 300 }, () => 5)))).toBe(false)
    expect(isNoisy(of(Array.from({ length: 39 }, (_, day) => day % 2)))).toBe(false)
  })
})

describe("the mean around each sample", () => {
  it("is that of seven, fewer near an end, as computed by hand", () => {
    const { series, window } = smooth(of([7, 0, 0, 0, 0, 0, 0, 14]))
    expect(window).toBe(7)
    // Of one; of three, (7 + 0 + 0) / 3; of five, 7 / 5; of seven, 7 / 7; and back.
    expect(numbersOf(series)).toEqual([7, 7 / 3, 7 / 5, 1, 2, 14 / 5, 14 / 3, 14])
  })

  it("leaves a straight line as it is, and keeps times and bounds", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 300 }), (numbers) => {
        const { series } = smooth(of(numbers))
        expect(series.map(({ time }) => time)).toEqual(of(numbers).map(({ time }) => time))
        for (const number of numbersOf(series)) {
          expect(number).toBeGreaterThanOrEqual(Math.min(...numbers) - 1e-9)
          expect(number).toBeLessThanOrEqual(Math.max(...numbers) + 1e-9)
        }
        const line = numbers.map((_, index) => 3 * index - 5)
        expect(numbersOf(smooth(of(line)).series)).toEqual(line)
      })
    )
  })
})
