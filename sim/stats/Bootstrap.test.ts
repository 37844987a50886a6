/** BCa: SciPy's intervals from SciPy's replicates, and laws of our own. */
import { array, assert, double, property } from "fast-check"
import { sampleStandardDeviation } from "simple-statistics"
import { describe, expect, it } from "vitest"
import { Draw } from "../kernel/Draw.ts"
import { Stream } from "../kernel/Stream.ts"
import { bcaInference, bootstrapMean, bootstrapStatistic } from "./Bootstrap.ts"
import fixture from "./fixtures/intervals.json" with { type: "json" }
import { twoSided } from "./Inference.ts"

const stream = (): Stream => Stream.open("bootstrap/test")

/** A statistic of `fixture.skewed`, by the indices of a resample. */
const deviation = (indices: Int32Array): number =>
  sampleStandardDeviation([...indices].map((at) => fixture.skewed[at] as number))

describe("BCa", () => {
  it.each(fixture.bcaMean.intervals as [number, number, number][])("of a mean at %d is SciPy's", (level, low, high) => {
    const own = bootstrapMean(fixture.skewed, { stream: stream(), replicates: 10 })
    const bounds = bcaInference({ ...own, sorted: Float64Array.from(fixture.bcaMean.replicates) }).interval(level)
    expect(bounds.low).toBeCloseTo(low, 9)
    expect(bounds.high).toBeCloseTo(high, 9)
  })

  it.each(fixture.bcaDeviation.intervals as [number, number, number][])(
    "of a deviation at %d is SciPy's",
    (level, low, high) => {
      const own = bootstrapStatistic(fixture.skewed.length, deviation, { stream: stream(), replicates: 10 })
      const bounds = bcaInference({ ...own, sorted: Float64Array.from(fixture.bcaDeviation.replicates) }).interval(
        level
      )
      expect(bounds.low).toBeCloseTo(low, 9)
      expect(bounds.high).toBeCloseTo(high, 9)
    }
  )

  it("with replicates of its own comes near SciPy's", () => {
    const [, low, high] = fixture.bcaMean.intervals[2] as [number, number, number]
    const bounds = bcaInference(bootstrapMean(fixture.skewed, { stream: stream() })).interval(0.95)
    // SciPy's rests on 400 replicates: an end moves by about a twentieth of the width.
    expect(Math.abs(bounds.low - low)).toBeLessThan((high - low) / 8)
    expect(Math.abs(bounds.high - high)).toBeLessThan((high - low) / 8)
  })

  it("of a mean and of the same mean as any statistic agree", () => {
    const values = Array.from({ length: 25 }, (_, at) => ((at * 7919) % 101) / 10)
    const mean = (indices: Int32Array): number =>
      indices.reduce((sum, at) => sum + (values[at] as number), 0) / indices.length
    const one = bootstrapMean(values, { stream: stream(), replicates: 20_000 })
    const two = bootstrapStatistic(values.length, mean, { stream: stream(), replicates: 20_000 })
    expect(two.estimate).toBeCloseTo(one.estimate, 12)
    expect(two.acceleration).toBeCloseTo(one.acceleration, 12)
    const [a, b] = [bcaInference(one).interval(0.9), bcaInference(two).interval(0.9)]
    expect(Math.abs(a.low - b.low)).toBeLessThan(0.05 * (a.high - a.low))
    expect(Math.abs(a.high - b.high)).toBeLessThan(0.05 * (a.high - a.low))
  })

  it("repeats with its stream, and nests its intervals", () => {
    const values = array(double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 30 })
    assert(
      property(values, (differences) => {
        const ask = () => bcaInference(bootstrapMean(differences, { stream: stream(), replicates: 500 }))
        const [one, again] = [ask(), ask()]
        expect(one.interval(0.95)).toEqual(again.interval(0.95))
        const [narrow, wide] = [one.interval(0.8), one.interval(0.98)]
        expect(wide.low).toBeLessThanOrEqual(narrow.low)
        expect(wide.high).toBeGreaterThanOrEqual(narrow.high)
      }),
      { numRuns: 50 }
    )
  })

  it("has p-values that agree with its intervals: at an end of level 1 − α, α", () => {
    const draw = new Draw(Stream.open("bootstrap/data"))
    const values = Array.from({ length: 40 }, () => draw.lognormal({ median: 1, sigma: 1 }))
    const inference = bcaInference(bootstrapMean(values, { stream: stream(), replicates: 20_000 }))
    for (const alpha of [0.3, 0.1, 0.05, 0.01]) {
      const { low, high } = inference.interval(1 - alpha)
      expect(twoSided(inference, low) / alpha).toBeCloseTo(1, 1)
      expect(twoSided(inference, high) / alpha).toBeCloseTo(1, 1)
    }
  })

  it("draws every index equally often, whether two from a fraction or one", () => {
    for (const n of [10, 5001]) {
      // The mean of resampled indices has the mean and the variance of a uniform choice.
      const values = Array.from({ length: n }, (_, at) => at)
      const { sorted } = bootstrapMean(values, { stream: stream(), replicates: 4_000 })
      const sd = Math.sqrt((n * n - 1) / 12 / n)
      const middle = sorted.reduce((sum, value) => sum + value, 0) / 4_000
      const spread = Math.sqrt(sorted.reduce((sum, value) => sum + (value - middle) ** 2, 0) / 4_000)
      expect(Math.abs(middle - (n - 1) / 2)).toBeLessThan((4 * sd) / Math.sqrt(4_000))
      expect(Math.abs(spread / sd - 1)).toBeLessThan(4 / Math.sqrt(8_000))
    }
  })

  it("refuses what it cannot answer", () => {
    expect(() => bootstrapMean([1], { stream: stream() })).toThrow(RangeError)
    expect(() => bootstrapStatistic(3, () => Number.NaN, { stream: stream() })).toThrow(RangeError)
    const few = bcaInference(bootstrapMean([1, 2, 4], { stream: stream(), replicates: 100 }))
    expect(() => few.interval(0.99)).toThrow(/needs 201 replicates|needs 200 replicates/)
  })
})
