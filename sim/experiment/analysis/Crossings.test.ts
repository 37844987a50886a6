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

interface Response {
  /** Of the points, in the order in which they were asked for. */
  readonly places: readonly string[]
  readonly profitAt: (written: string) => number
}

const AT_FEES: Response = { places: ["0.6", "0", "0.2"], profitAt: (written) => 1 - 2.5 * Number(written) }

/** Profit 1 − 2.5 fee, a little more for each seed; the share as much above it in `b`; seed 3 fails at one point. */
function crossed(
  arms: readonly string[],
  axes = [axis],
  { places, profitAt }: Response = AT_FEES
): readonly SweepCrossing[] | null {
  const rows = places.flatMap((_, point) =>
    arms.flatMap((arm) => [1, 2, 3].map((seed) => ({ round: 0, point, arm, seed })))
  )
  const plan = rows.map((row, index) => ({ ...row, index, hash: hashOf(index) }))
  const values = new Values(plan, (hash) => {
    const { point, arm, seed } = plan[Number(hash)] as (typeof plan)[number]
    const profit = profitAt(places[point] ?? "") + seed / 100
    return {
      hash,
      status: seed === 3 && point === 1 ? "failed" : "complete",
      values: { profit, share: arm === "b" ? 1 + profit : 1, price: profit },
      economy: hash,
      trace: hash,
      failedChecks: []
    }
  })
  const points = places.map((written, point) => ({
    point,
    of: "sweep" as const,
    set: { [axes[0]?.param ?? ""]: written }
  }))
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
    // The seeds' two lines are 0.01 apart: half of it is the standard error, times 12.7062 of Student's t with one degree
    // of freedom, over the slope of 2.5.
    const half = (12.7062 * 0.005) / 2.5
    for (const [place, is] of [
      [found?.at, 0.406],
      [found?.low, 0.406 - half],
      [found?.high, 0.406 + half]
    ] as const)
      expect(Number(place)).toBeCloseTo(is, 5)
  })

  it("are told of a KPI's difference between arms, and of no other metric's", () => {
    const found = crossed(["a", "b"]) ?? []
    expect(found.map(({ metric, arm, against }) => [metric, arm, against])).toEqual([
      ["profit", "a", null],
      ["profit", "b", null],
      ["share", "b", "a"]
    ])
  })

  it("of a count lie between two whole numbers, on a logarithmic axis straight in the logarithm, and of time in seconds", () => {
    const at = (along: readonly string[], profitAt: (written: string) => number, of: typeof axis) =>
      crossed(["a"], [of], { places: along, profitAt })?.map(({ between, at: where }) => [between, where])
    const count = axisOf("fakers", Param.count(2, { source: "T", domain: [0, 4] }), [0, 4])
    expect(at(["0", "2", "3", "4"], (written) => Number(written) - 2.415, count)).toEqual([[["2", "3"], "2.4"]])
    const tax = axisOf("tax", Param.ratio(0.1, { source: "T", domain: [0, 1] }), [0.001, 1])
    expect(tax.scale).toBe("log")
    // From -1 to 2 between 0.01 and 1: a third of two magnitudes above 0.01.
    const [[, where] = []] = at(["0.01", "1"], (written) => (written === "1" ? 1.985 : -1.015), tax) ?? []
    expect(Number(where)).toBeCloseTo(0.01 * 100 ** (1 / 3), 4)
    const wait = axisOf("wait", Param.duration("1 day", { source: "T" }), [86_400, 777_600])
    expect(at(["1 day", "9 days"], (written) => (written === "1 day" ? -1.015 : 2.985), wait)).toEqual([
      [["1 day", "9 days"], "3 days"]
    ])
  })

  it("are told where points have no run, of those that have", () => {
    const profitAt = (written: string) => (written === "0.6" ? Number.NaN : 0.4 - 2.5 * Number(written))
    expect(crossed(["a"], [axis], { ...AT_FEES, profitAt })).toMatchObject([{ between: ["0", "0.2"], n: 2 }])
  })

  it("are none over two Params, or along a choice", () => {
    expect(crossed(["a"], [axis, axis])).toBeNull()
    const choice = axisOf("by", Param.choice("x", ["x", "y"], { source: "T" }), ["x", "y"])
    expect(crossed(["a"], [choice])).toBeNull()
  })
})
