/** Two unpaired shares: published intervals, and laws of the inference. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { twoSided } from "./Inference.ts"
import { twoSharesInference } from "./TwoShares.ts"

const of = (successes: number, n: number) => ({ successes, n })

describe("the difference of two unpaired shares", () => {
  it.each([
    // Newcombe (1998), Statistics in Medicine 17, 873–890, table II, method 5 (Mee), 95 %.
    [of(56, 70), of(48, 80), 0.0533, 0.3377],
    [of(9, 10), of(3, 10), 0.1821, 0.837]
  ])("has the published interval", (treatment, baseline, low, high) => {
    const bounds = twoSharesInference(baseline, treatment).interval(0.95)
    expect(bounds.low).toBeCloseTo(low, 4)
    expect(bounds.high).toBeCloseTo(high, 4)
  })

  it("has a width where nothing varies: z² / (n + z²), as Wilson's of a single share", () => {
    // Held a difference d > 0, the likeliest share of the baseline is 0, and d² n = z² d (1 − d).
    const { low, high } = twoSharesInference(of(0, 8), of(0, 8)).interval(0.95)
    expect(high).toBeCloseTo(1.959964 ** 2 / (8 + 1.959964 ** 2), 6)
    expect(low).toBeCloseTo(-high, 12)
    expect(twoSharesInference(of(0, 5), of(5, 5)).interval(0.95).high).toBe(1)
  })

  it("turns with its sign, and an interval's end has the p-value of its level", () => {
    const count = fc.integer({ min: 1, max: 40 }).chain((n) => fc.nat(n).map((successes) => of(successes, n)))
    fc.assert(
      fc.property(count, count, fc.constantFrom(0.8, 0.95, 0.99), (a, b, level) => {
        const [one, other] = [twoSharesInference(a, b), twoSharesInference(b, a)]
        const [ours, theirs] = [one.interval(level), other.interval(level)]
        expect(ours.low).toBeCloseTo(-theirs.high, 9)
        expect(ours.low).toBeLessThanOrEqual(one.estimate)
        expect(ours.high).toBeGreaterThanOrEqual(one.estimate)
        if (ours.high < 1) expect(twoSided(one, ours.high)).toBeCloseTo(1 - level, 6)
      })
    )
  })
})
