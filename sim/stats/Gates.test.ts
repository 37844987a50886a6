/** Gates: the false alarms and false passes of many KPIs at once stay in bounds, and what is said agrees with what is shown. */
import { array, assert, constantFrom, double, property, tuple } from "fast-check"
import { describe, expect, it } from "vitest"
import { Draw } from "../kernel/Draw.ts"
import { Stream } from "../kernel/Stream.ts"
import { known } from "./fixtures/known.ts"
import { type Gated, judgeGates } from "./Gates.ts"
import { gateOf } from "./Verdict.ts"

const lower = { by: 1, better: "lower" } as const
const higher = { by: 1, better: "higher" } as const

describe("a gate over several KPIs", () => {
  it("says the same of what is worse whichever way is good", () => {
    const claims: readonly Gated[] = [
      { name: "up", comparison: known(9), matters: lower },
      { name: "down", comparison: known(-9), matters: higher },
      { name: "well", comparison: known(-9), matters: lower },
      { name: "near", comparison: known(1), matters: lower }
    ]
    expect(judgeGates(claims).map(({ says }) => says)).toEqual(["fails", "fails", "passes", "undecided"])
  })

  it("steps down by what is beyond what matters, and not by what differs from zero", () => {
    // All differ from zero beyond doubt; only the first is beyond `by` at α / 3, so the others keep its divisor or the next.
    const claims = [9, 3.1, 3.05].map(
      (estimate, at): Gated => ({ name: `${at}`, comparison: known(estimate), matters: lower })
    )
    expect(judgeGates(claims).map(({ says, divisor }) => [says, divisor])).toEqual([
      ["fails", 3],
      ["undecided", 3],
      ["undecided", 3]
    ])
  })

  it("shows the interval of which the gate's word is the rule's", () => {
    const some = array(
      tuple(
        double({ min: -4, max: 4, noNaN: true }),
        double({ min: 0.1, max: 2, noNaN: true }),
        constantFrom(lower, higher)
      ),
      { minLength: 1, maxLength: 8 }
    )
    assert(
      property(some, (kpis) => {
        const claims = kpis.map(([estimate, error, matters], at): Gated => {
          return { name: `${at}`, comparison: known(estimate, error), matters }
        })
        for (const [at, { name, effect, says, divisor }] of judgeGates(claims).entries()) {
          expect(name).toBe(`${at}`)
          expect(says).toBe(gateOf(effect, (claims[at] as Gated).matters))
          expect(effect.level).toBeCloseTo(1 - 0.05 / divisor, 12)
        }
      })
    )
  })

  // Every KPI lies exactly where harm begins: whatever fails is a false alarm, and whatever passes a false pass.
  it.each([1, 5, 20, 40])("keeps false alarms and false passes among %d KPIs under a twentieth each", (count) => {
    const draw = new Draw(Stream.open(`gates/${count}`))
    const trials = 4_000
    let [alarms, passes] = [0, 0]
    for (let trial = 0; trial < trials; trial++) {
      const claims = Array.from({ length: count }, (_, at): Gated => {
        // Of spreads that differ: some differ from zero beyond doubt, some hardly.
        const error = 0.02 * 1.2 ** at
        return { name: `${at}`, comparison: known(draw.normal({ mean: 1, sd: error }), error), matters: lower }
      })
      const says = new Set(judgeGates(claims).map((each) => each.says))
      if (says.has("fails")) alarms++
      if (says.has("passes")) passes++
    }
    // The 99.9 % band of 2.5 % over so many trials ends at 3.4 %.
    expect(alarms / trials).toBeLessThan(0.034)
    expect(passes / trials).toBeLessThan(0.034)
    // They do occur.
    expect(alarms).toBeGreaterThan(trials * 0.015)
  })
})
