/** Whole experiments of an economy whose answer is known: the effect, what does not differ, and where a verdict flips. */
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { ArmComparison } from "../store/Analysis.ts"
import { compareDesign, designHash, overAssumed, sensitivityDesign, sweepDesign, untilDecided } from "./Designs.ts"
import { conducted } from "./fixtures/conducted.ts"
import planted, { FLIP } from "./fixtures/planted.ts"
import { readAxis } from "./Points.ts"
import { rounds } from "./Rounds.ts"

const file = join(import.meta.dirname, "fixtures", "planted.ts")
const choice = { arms: ["baseline", "treated"], set: {}, seeds: { from: 1, count: 40 }, kpis: null, audit: 0 }
const kpi = (comparison: ArmComparison | undefined, name: string) => comparison?.kpis.find((each) => each.name === name)

describe("a plan", { timeout: 120_000 }, () => {
  it("may have more runs than a call can have arguments", () => {
    const design = compareDesign(planted, { ...choice, seeds: { from: 1, count: 65_000 } })
    const [round] = rounds(planted, design, designHash(design), () => undefined)
    expect(round?.rows.length).toBe(130_000)
  })
})

describe("a comparison", { timeout: 120_000 }, () => {
  it("finds the effect, and says of identical arms that they are the same, by exactly 0", async () => {
    const design = compareDesign(planted, { ...choice, arms: ["baseline", "treated", "placebo"] })
    const { analysis } = await conducted(planted, file, design)
    const [treated, placebo] = analysis.comparisons
    const outcome = kpi(treated, "outcome")
    // The mean of the noise that the treated arm has of its own has a standard error of 0.5/√40 = 0.079.
    expect(outcome?.verdict).toBe("better")
    expect(outcome?.effect.effect).toBeGreaterThan(FLIP - 1 - 0.32)
    expect(outcome?.effect.effect).toBeLessThan(FLIP - 1 + 0.32)
    expect(outcome?.effect.correlation).toBeGreaterThan(0.9)
    const unpaired = outcome?.effect.unpaired
    const width = (outcome?.effect.high ?? 0) - (outcome?.effect.low ?? 0)
    expect(width).toBeLessThan(((unpaired?.high ?? 0) - (unpaired?.low ?? 0)) / 2)
    for (const { effect, verdict } of placebo?.kpis ?? []) {
      expect([effect.effect, effect.low, effect.high, verdict]).toEqual([0, 0, 0, "same"])
    }
    expect(placebo?.kpis.map(({ name }) => name)).toEqual(["outcome", "unchanged"])
    expect(placebo?.others.map(({ name }) => name)).toEqual(["undeclared"])
  })

  it("adds seeds only until all is decided", async () => {
    const base = compareDesign(planted, { ...choice, kpis: ["outcome"] })
    const clear = await conducted(planted, file, untilDecided(planted, base, 400))
    expect(clear.analysis.sequential).toMatchObject({ stoppedAt: 10, decided: true })
    // Close to the smallest effect of interest it takes more.
    const close = compareDesign(planted, { ...choice, kpis: ["outcome"], set: { x: "3.5" } })
    const { analysis } = await conducted(planted, file, untilDecided(planted, close, 100))
    expect(analysis.sequential?.stoppedAt).toBeGreaterThan(10)
    expect(kpi(analysis.comparisons[0], "outcome")?.effect.level).toBeGreaterThan(0.95)
  })

  it("over the assumptions finds the one that flips the verdict, and where", async () => {
    const base = compareDesign(planted, { ...choice, kpis: ["outcome"] })
    const design = overAssumed(planted, base, { points: 64, pairs: 8, refine: 16 })
    const { assumptions } = (await conducted(planted, file, design)).analysis
    const [claim] = assumptions?.claims ?? []
    expect(claim?.says).toBe("treated raises outcome")
    // It holds where x < 3.7 of the range from 0 to 10.
    expect(claim?.share.low).toBeLessThan(FLIP / 10)
    expect(claim?.share.high).toBeGreaterThan(FLIP / 10)
    expect(claim?.flip).toMatchObject({ name: "x", holds: "below", clear: true })
    expect(Math.abs(Number(claim?.flip?.written.at) - FLIP)).toBeLessThan(0.05 * 10)
    expect(Number(claim?.flip?.written.low)).toBeLessThan(FLIP)
    expect(Number(claim?.flip?.written.high)).toBeGreaterThan(FLIP)
    expect(assumptions?.refined).toBe(16)
  })
})

describe("points", { timeout: 120_000 }, () => {
  it("of a sweep are compared each", async () => {
    const vary = [readAxis("x=1..7/3"), readAxis("z=5,50")]
    const design = sweepDesign(planted, { ...choice, kpis: ["outcome"] }, { vary, sampling: { method: "grid" } })
    const { sweep } = (await conducted(planted, file, { ...design, seeds: { from: 1, count: 20 } })).analysis
    expect(sweep?.map(({ set }) => [set["x"], set["z"]])).toEqual([
      ["1", "5"],
      ["1", "50"],
      ["4", "5"],
      ["4", "50"],
      ["7", "5"],
      ["7", "50"]
    ])
    expect(sweep?.map(({ comparisons }) => comparisons[0]?.kpis[0]?.verdict)).toEqual([
      "better",
      "better",
      "worse",
      "worse",
      "worse",
      "worse"
    ])
  })

  it("of a sensitivity analysis rank the Params by what they do", async () => {
    for (const method of ["morris", "saltelli"] as const) {
      const asked = { vary: [], method, base: method === "morris" ? 10 : 32 }
      const design = sensitivityDesign(planted, { ...choice, kpis: ["outcome"], seeds: { from: 1, count: 1 } }, asked)
      const { sensitivity } = (await conducted(planted, file, design)).analysis
      const of = (against: string | null, param: string): number => {
        const output = sensitivity?.find((each) => each.against === against)
        const index = output?.indices?.find((each) => each.param === param)
        return index === undefined ? Number.NaN : index.method === "morris" ? index.muStar : index.total
      }
      // The outcome is z and noise; the effect is FLIP − x and noise.
      expect(of(null, "z")).toBeGreaterThan(10 * of(null, "x"))
      expect(of("baseline", "x")).toBeGreaterThan(10 * of("baseline", "z"))
      if (method === "morris") expect(of("baseline", "x")).toBeCloseTo(10, 1)
    }
  })
})
