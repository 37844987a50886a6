/** Shares: statsmodels' Wilson, Tango's interval from the likelihood itself, and exact coverage. */
import { assert, integer, property } from "fast-check"
import { describe, expect, it } from "vitest"
import { Draw } from "../kernel/Draw.ts"
import { Stream } from "../kernel/Stream.ts"
import fixture from "./fixtures/intervals.json" with { type: "json" }
import { twoSided } from "./Inference.ts"
import { discordance, tangoCoverage, tangoInference, tangoScore, wilson } from "./Proportions.ts"

const counts = integer({ min: 1, max: 60 }).chain((n) =>
  integer({ min: 0, max: n }).chain((gained) =>
    integer({ min: 0, max: n - gained }).map((lost) => ({ n, gained, lost }))
  )
)

describe("a share", () => {
  it.each(fixture.wilson as [number, number, number, number, number][])(
    "of %d in %d at %d has statsmodels' Wilson interval",
    (successes, n, level, low, high) => {
      const bounds = wilson(successes, n, level)
      expect(bounds.low).toBeCloseTo(low, 12)
      expect(bounds.high).toBeCloseTo(high, 12)
    }
  )

  it("refuses counts that are none", () => {
    expect(() => wilson(3, 2)).toThrow(RangeError)
    expect(() => wilson(0, 0)).toThrow(RangeError)
  })
})

describe("a difference of paired shares", () => {
  it.each(fixture.tango as [number, number, number, number, number, number][])(
    "of %d pairs, %d gained, %d lost, at %d solves the score equation",
    (n, gained, lost, level, low, high) => {
      const bounds = tangoInference({ n, gained, lost }).interval(level)
      // The reference maximises numerically.
      expect(bounds.low).toBeCloseTo(low, 5)
      expect(bounds.high).toBeCloseTo(high, 5)
    }
  )

  it("at no difference is McNemar's statistic", () => {
    assert(
      property(counts, (pairs) => {
        const { gained, lost } = pairs
        if (gained + lost > 0) expect(tangoScore(pairs, 0)).toBeCloseTo((gained - lost) / Math.sqrt(gained + lost), 9)
      })
    )
  })

  it("mirrors when the arms change places, contains its estimate, and agrees with its p-values", () => {
    assert(
      property(counts, (pairs) => {
        const { n, gained, lost } = pairs
        const [one, other] = [tangoInference(pairs), tangoInference({ n, gained: lost, lost: gained })]
        const [a, b] = [one.interval(0.95), other.interval(0.95)]
        expect(a.low).toBeCloseTo(-b.high, 12)
        expect(a.low).toBeLessThanOrEqual(one.estimate)
        expect(a.high).toBeGreaterThanOrEqual(one.estimate)
        if (a.low > -1) expect(twoSided(one, a.low)).toBeCloseTo(0.05, 6)
        if (a.high < 1) expect(twoSided(one, a.high)).toBeCloseTo(0.05, 6)
        expect(one.interval(0.99).high).toBeGreaterThanOrEqual(a.high)
      })
    )
  })

  it("counts pairs", () => {
    expect(discordance([0, 0, 1, 1, 1], [0, 1, 0, 0, 1])).toEqual({ n: 5, gained: 1, lost: 2 })
  })
})

describe("the exact coverage of that interval", () => {
  it("is what drawing outcomes gives", () => {
    const [n, gain, loss] = [25, 0.2, 0.05]
    const draw = new Draw(Stream.open("proportions/test"))
    let covered = 0
    for (let at = 0; at < 20_000; at++) {
      let [gained, lost] = [0, 0]
      for (let pair = 0; pair < n; pair++) {
        const fell = draw.categorical([gain, loss, 1 - gain - loss])
        if (fell === 0) gained++
        else if (fell === 1) lost++
      }
      const { low, high } = tangoInference({ n, gained, lost }).interval(0.95)
      if (low <= gain - loss && gain - loss <= high) covered++
    }
    const exact = tangoCoverage(n, gain, loss)
    expect(Math.abs(covered / 20_000 - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 20_000))
  })

  it("sums to one at a level that leaves nothing out, for many pairs too", () => {
    expect(tangoCoverage(12, 0.3, 0.1, 1 - 1e-15)).toBeCloseTo(1, 9)
    expect(tangoCoverage(1000, 0.3, 0.3)).toBeCloseTo(0.95, 2)
  })
})
