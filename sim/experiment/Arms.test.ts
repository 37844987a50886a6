/** No arm of a comparison is switched off by what is set or varied for all of them. */
import { describe, expect, it } from "vitest"
import type { MesocosmError } from "../Errors.ts"
import { differingArms } from "./Arms.ts"
import { compareDesign, overAssumed, sensitivityDesign, sweepDesign } from "./Designs.ts"
import planted from "./fixtures/planted.ts"

const choice = { arms: [], set: {}, seeds: { from: 1, count: 2 }, kpis: null, audit: 0 } as const
const arms = ["baseline", "treated"]

function refused(make: () => unknown): readonly unknown[] {
  try {
    make()
  } catch (error) {
    const { reason, message, fix, offending } = error as MesocosmError
    return [reason, message, fix, offending?.name, offending?.value]
  }
  return []
}

describe("a Param that an arm sets", () => {
  it("is not set over the arms of a comparison", () => {
    expect(refused(() => compareDesign(planted, { ...choice, arms, set: { treat: "0" } }))).toEqual([
      "Usage",
      "--set treat=0 goes over arm treated, which sets treat to 1 itself",
      "Leave out --set treat=0, change treat of the arm in the scenario's file, or leave the arm out: --arms baseline.",
      "--set",
      "treat=0"
    ])
    // Every arm is meant where none is named.
    expect(refused(() => compareDesign(planted, { ...choice, set: { treat: "1" } }))[0]).toBe("Usage")
  })

  it("is not varied over the arms of a sweep or of a sensitivity analysis", () => {
    const vary = [{ param: "treat", ends: ["0", "1"] as const }]
    const sweep = () => sweepDesign(planted, { ...choice, arms }, { vary, sampling: { method: "grid" } })
    const rank = () => sensitivityDesign(planted, { ...choice, arms }, { vary, method: "morris", base: 4 })
    for (const make of [sweep, rank]) {
      expect(refused(make)[1]).toBe("--vary treat goes over arm treated, which sets treat to 1 itself")
    }
  })

  it("may be set or varied where one arm stands alone", () => {
    expect(compareDesign(planted, { ...choice, arms: ["treated"], set: { treat: "0" } }).set).toEqual({ treat: "0" })
    const vary = [{ param: "treat", values: ["0", "1"] }]
    const sampling = { method: "grid" } as const
    expect(sweepDesign(planted, { ...choice, arms: ["treated"] }, { vary, sampling }).points).toHaveLength(2)
  })

  it("is not among the assumed ones that are sampled", () => {
    const assuming = { ...planted, arms: { ...planted.arms, treated: { treat: 1, y: 0.5 } } }
    const over = (of: readonly string[]) =>
      overAssumed(assuming, compareDesign(assuming, { ...choice, arms: of }), { points: 8, pairs: 2, refine: 2 })
    expect(over(arms).axes.map(({ param }) => param)).toEqual(["x", "z"])
    expect(over(["baseline", "placebo"]).axes.map(({ param }) => param)).toEqual(["x", "y", "z"])
    const screened = sensitivityDesign(assuming, { ...choice, arms }, { vary: [], method: "morris", base: 4 })
    expect(screened.axes.map(({ param }) => param)).toEqual(["x", "z"])
  })
})

describe("arms that are the same", () => {
  it("are refused by a person's command", () => {
    expect(refused(() => differingArms(planted, ["baseline", "treated", "placebo"], {})).slice(0, 2)).toEqual([
      "Usage",
      "--arms names baseline and placebo, which have the same Params: nothing can differ between them"
    ])
    expect(differingArms(planted, arms, { x: "2" })).toBeUndefined()
  })
})
