/** Holm: statsmodels' rejections, the agreement of verdict and interval, and false alarms that stay in bounds. */
import { array, assert, double, property, tuple } from "fast-check"
import { describe, expect, it } from "vitest"
import { Draw } from "../kernel/Draw.ts"
import { Stream } from "../kernel/Stream.ts"
import { compareArms } from "./Effect.ts"
import fixture from "./fixtures/intervals.json" with { type: "json" }
import { known } from "./fixtures/known.ts"
import { type Claim, judge } from "./Holm.ts"
import { normalCritical } from "./Normal.ts"
import { verdictOf } from "./Verdict.ts"

const stream = Stream.open("holm/bootstrap")

describe("several KPIs", () => {
  it.each(fixture.holm)("with the p-values $p: statsmodels rejects $reject", ({ p, reject }) => {
    // `by` so small that nothing can be the same.
    const claims = p.map((value, at): Claim => {
      return { name: `${at}`, comparison: known(normalCritical(value)), matters: { by: 1e-6, better: "higher" } }
    })
    expect(judge(claims).map(({ verdict }) => verdict === "better")).toEqual(reject)
  })

  it("one alone is not corrected; one without a smallest effect has no verdict and takes no share", () => {
    const [alone] = judge([{ name: "a", comparison: known(2), matters: { by: 1, better: "higher" } }])
    expect(alone).toMatchObject({ divisor: 1, verdict: "better", effect: { level: 0.95 } })
    const [first, second] = judge([
      { name: "a", comparison: known(2), matters: { by: 1, better: "higher" } },
      { name: "b", comparison: known(2) }
    ])
    expect(first).toEqual(alone)
    expect(second).toMatchObject({ verdict: null, matters: null, divisor: 1 })
  })

  it("steps down: the sharpest is asked at α / m, the last at α", () => {
    const claims = [0.01, 0.02, 0.04].map((p, at): Claim => {
      return { name: `${at}`, comparison: known(normalCritical(p)), matters: { by: 0.001, better: "lower" } }
    })
    expect(judge(claims).map(({ divisor, verdict }) => [divisor, verdict])).toEqual([
      [3, "worse"],
      [2, "worse"],
      [1, "worse"]
    ])
  })

  it("steps down in the claims of sameness too", () => {
    // At 95 % both lie inside ±1, at 97.5 % only the sharper one does.
    const claims = [0.3, 0.48].map((error, at): Claim => {
      return { name: `${at}`, comparison: known(0, error), matters: { by: 1, better: "lower" } }
    })
    expect(judge(claims).map(({ divisor, verdict }) => [divisor, verdict])).toEqual([
      [2, "same"],
      [1, "same"]
    ])
    const wide = judge([claims[1] as Claim, { ...(claims[1] as Claim), name: "other" }])
    expect(wide.map(({ divisor, verdict }) => [divisor, verdict])).toEqual([
      [2, "undecided"],
      [2, "undecided"]
    ])
  })

  it("does not call same what lies inside only at the level that the first family left it", () => {
    const matters = { by: 1, better: "lower" } as const
    const [sharp, near] = judge([
      { name: "sharp", comparison: known(5), matters },
      { name: "near", comparison: known(0, 0.48), matters }
    ])
    expect(sharp).toMatchObject({ verdict: "worse", divisor: 2 })
    expect(near).toMatchObject({ verdict: "undecided", divisor: 2 })
  })

  it("shows the interval of which the verdict is the rule's, and a wider one than that of a single KPI", () => {
    const some = array(
      tuple(
        double({ min: -4, max: 4, noNaN: true }),
        double({ min: 0.1, max: 2, noNaN: true }),
        double({ min: 0, max: 3, noNaN: true })
      ),
      { minLength: 1, maxLength: 8 }
    )
    assert(
      property(some, (kpis) => {
        const claims = kpis.map(([estimate, error, by], at): Claim => {
          return { name: `${at}`, comparison: known(estimate, error), matters: { by, better: "lower" } }
        })
        for (const [at, { effect, verdict, matters, divisor, name }] of judge(claims).entries()) {
          expect(name).toBe(`${at}`)
          expect(verdict).toBe(matters && verdictOf(effect, matters))
          expect(divisor).toBeGreaterThanOrEqual(1)
          expect(divisor).toBeLessThanOrEqual(kpis.length)
          expect(effect.level).toBeCloseTo(1 - 0.05 / divisor, 12)
        }
      })
    )
  })

  it("keeps false alarms among five KPIs without effect at or under 5 %, where uncorrected ones reach 20 %", () => {
    const draw = new Draw(Stream.open("holm/test"))
    let [corrected, uncorrected] = [0, 0]
    const families = 2_000
    for (let family = 0; family < families; family++) {
      const claims = Array.from({ length: 5 }, (_, at): Claim => {
        const normal = () => Array.from({ length: 12 }, () => draw.normal({ mean: 0, sd: 1 }))
        const comparison = compareArms(normal(), normal(), { stream, method: "exact" })
        return { name: `${at}`, comparison, matters: { by: 0.01, better: "lower" } }
      })
      if (judge(claims).some(({ verdict }) => verdict !== "undecided")) corrected++
      if (claims.some((claim) => judge([claim])[0]?.verdict !== "undecided")) uncorrected++
    }
    const error = Math.sqrt((0.05 * 0.95) / families)
    expect(corrected / families).toBeLessThan(0.05 + 4 * error)
    expect(corrected / families).toBeGreaterThan(0.05 - 5 * error)
    expect(uncorrected / families).toBeGreaterThan(0.18)
  })
})
