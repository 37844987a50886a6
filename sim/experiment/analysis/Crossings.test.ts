import { Param } from "mesocosm"
import { describe, expect, it } from "vitest"
import type { MetricWords, SweepCrossing } from "../../store/Analysis.ts"
import { crossingSays } from "../../store/CrossingSays.ts"
import { hashOf, manifestOf } from "../../store/fixtures/records.ts"
import { axisOf } from "../Axis.ts"
import { crossingsOf } from "./Crossings.ts"
import { Values } from "./Values.ts"

const words = { says: null, over: "last", matters: null } as const
const metrics: readonly MetricWords[] = [
  { ...words, name: "profit", unit: "money", judged: false },
  { ...words, name: "share", unit: "ratio", judged: true },
  { ...words, name: "price", unit: "ratio", judged: false }
]
const fee = Param.ratio(0.1, { source: "T", domain: [0, 1] })
const axis = axisOf("fee", fee, [0, 0.6])
const places = ["0.6", "0", "0.2"]

/** Profit 1 − 2.5 fee, a little more for each seed; the share as much above it in `b`; seed 3 fails at one point. */
function crossed(arms: readonly string[], axes = [axis]): readonly SweepCrossing[] | null {
  const rows = places.flatMap((_, point) =>
    arms.flatMap((arm) => [1, 2, 3].map((seed) => ({ round: 0, point, arm, seed })))
  )
  const plan = rows.map((row, index) => ({ ...row, index, hash: hashOf(index) }))
  const values = new Values(plan, (hash) => {
    const { point, arm, seed } = plan[Number(hash)] as (typeof plan)[number]
    const profit = 1 - 2.5 * Number(places[point]) + seed / 100
    return {
      hash,
      status: seed === 3 && point === 1 ? "failed" : "complete",
      values: { profit, share: arm === "b" ? 1 + profit : 1, price: profit },
      economy: hash,
      trace: hash,
      failedChecks: []
    }
  })
  const points = places.map((written, point) => ({ point, of: "sweep" as const, set: { fee: written } }))
  const design = { ...manifestOf().design, kind: "sweep" as const, arms, axes }
  return crossingsOf(values, metrics, points, axes, { design, root: hashOf(1), stopped: null })
}

describe("crossings of a sweep", () => {
  it("are told of money, in the order of the values, on seeds that are complete at every point", () => {
    const [found, ...others] = crossed(["a"]) ?? []
    expect(others).toEqual([])
    expect(found).toMatchObject({
      metric: "profit",
      arm: "a",
      against: null,
      between: ["0.2", "0.6"],
      rises: false,
      n: 2
    })
    expect(Number(found?.at)).toBeCloseTo(0.406, 3)
    expect(found === undefined ? "" : crossingSays(found)).toMatch(
      /^above 0 at 0\.2, below 0 at 0\.6; 0 at 0\.406 \(95 %: 0\.3\d+ to 0\.4\d+\)$/
    )
  })

  it("are told of a KPI's difference between arms, and of no other metric's", () => {
    const found = crossed(["a", "b"]) ?? []
    expect(found.map(({ metric, arm, against }) => [metric, arm, against])).toEqual([
      ["profit", "a", null],
      ["profit", "b", null],
      ["share", "b", "a"]
    ])
  })

  it("are none over two Params, or along a choice", () => {
    expect(crossed(["a"], [axis, axis])).toBeNull()
    const choice = axisOf("by", Param.choice("x", ["x", "y"], { source: "T" }), ["x", "y"])
    expect(crossed(["a"], [choice])).toBeNull()
  })

  it("say on which side a mean rests at zero, and where nothing is known of the interval", () => {
    const of = { metric: "k", arm: "a", against: null, level: 0.95, between: ["1", "2"] as const, rises: true }
    const nowhere = { at: null, low: null, high: null }
    expect(crossingSays({ ...of, ...nowhere, rests: "before", n: 3 })).toBe("0 at 1, above 0 at 2")
    expect(crossingSays({ ...of, ...nowhere, rests: "after", n: 3 })).toBe("below 0 at 1, 0 at 2")
    const passes = { ...of, ...nowhere, rests: null, at: "1.23456" }
    expect(crossingSays({ ...passes, n: 1 })).toContain("0 at 1.235 (one seed, so no interval)")
    expect(crossingSays({ ...passes, n: 3 })).toContain("(95 %: wider than the points)")
    expect(crossingSays({ ...passes, high: "2 weeks", n: 3 })).toContain("(95 %: less than the first point to 2 weeks)")
  })
})
