import { Param } from "mesocosm"
import { describe, expect, it } from "vitest"
import type { MetricWords, SweepCrossing } from "../../store/Analysis.ts"
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
    for (const [end, near] of [
      [found?.low, 0.37],
      [found?.high, 0.44]
    ] as const)
      expect(Number(end)).toBeCloseTo(near, 1)
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
})
