/** Looks: published boundaries, SciPy's joint normal distribution, and when a comparison goes on. */
import { describe, expect, it } from "vitest"
import { Stream } from "../kernel/Stream.ts"
import { boundaries } from "./Boundaries.ts"
import fixture from "./fixtures/sequential.json" with { type: "json" }
import { normalCdf, normalCritical } from "./Normal.ts"
import { lookAt, nominalLevels, sequentialPlan } from "./Sequential.ts"

const stream = Stream.open("sequential/test")
const shares = [0.2, 0.4, 0.6, 0.8, 1]

describe("boundaries", () => {
  it("are those published for five even looks", () => {
    // Lan and DeMets' Pocock type, as in Jennison and Turnbull (2000), chapter 7, and Reboussin et al. (2000).
    const pocock = boundaries(
      shares,
      shares.map((share) => 0.05 * Math.log(1 + (Math.E - 1) * share))
    )
    for (const [k, published] of [2.438, 2.4268, 2.4101, 2.3966, 2.3859].entries()) {
      expect(Math.abs((pocock[k] as number) - published)).toBeLessThan(0.0006)
    }
    // Their O'Brien–Fleming type, one side of it 0.025.
    const fleming = boundaries(
      shares,
      shares.map((share) => 4 * normalCdf(-normalCritical(0.025) / Math.sqrt(share)))
    )
    for (const [k, published] of [4.8769, 3.3569, 2.6803, 2.2898, 2.031].entries()) {
      expect(Math.abs((fleming[k] as number) - published)).toBeLessThan(0.0006)
    }
  })

  it("invert SciPy's joint normal distribution", () => {
    for (const [k, critical] of boundaries(fixture.looks, fixture.spent).entries()) {
      expect(critical).toBeCloseTo(fixture.critical[k] as number, 4)
    }
  })

  it("refuse looks and errors that do not rise", () => {
    expect(() => boundaries([1, 1], [0.01, 0.02])).toThrow(RangeError)
    expect(() => boundaries([1, 2], [0.02, 0.02])).toThrow(RangeError)
    expect(() => boundaries([1], [1])).toThrow(RangeError)
  })
})

describe("a plan", () => {
  it("looks ever more rarely, last at the most seeds", () => {
    expect(sequentialPlan({ maxSeeds: 100 }).looks).toEqual([10, 15, 23, 34, 51, 76, 100])
    expect(sequentialPlan({ maxSeeds: 8 }).looks).toEqual([8])
    expect(() => sequentialPlan({ maxSeeds: 1 })).toThrow(RangeError)
    expect(() => sequentialPlan({ maxSeeds: 100, growth: 1 })).toThrow(RangeError)
    expect(() => sequentialPlan({ maxSeeds: 100, level: 1 })).toThrow(RangeError)
  })

  it("with a single look asks for the plain level, and otherwise for a higher one that rises with the divisor", () => {
    expect(nominalLevels(sequentialPlan({ maxSeeds: 10 }))[0]).toBeCloseTo(0.95, 10)
    for (const spending of ["even", "obrien-fleming"] as const) {
      const plan = sequentialPlan({ maxSeeds: 200, spending })
      let before = nominalLevels(plan)
      for (const level of before) expect(level).toBeGreaterThan(0.95)
      for (const divisor of [2, 3, 5, 10]) {
        const levels = nominalLevels(plan, divisor)
        for (const [k, level] of levels.entries()) expect(level).toBeGreaterThan(before[k] as number)
        before = levels
      }
    }
  })
})

describe("a look", () => {
  const plan = sequentialPlan({ maxSeeds: 50 })
  const claim = (n: number, effect: number) => {
    const baseline = Array.from({ length: n }, (_, at) => (at * 7) % 5)
    const treatment = baseline.map((value, at) => value + effect + (((at * 13) % 7) - 3) / 10)
    return { name: "kpi", baseline, treatment, matters: { by: 1, better: "lower" } as const }
  }

  it("ends with a verdict, or goes on to the next, or is exhausted", () => {
    expect(lookAt(plan, 0, [claim(10, -3)], { stream })).toMatchObject({
      state: "decided",
      next: null,
      judgements: [{ verdict: "better" }]
    })
    const open = [claim(10, 1)]
    open[0]?.treatment.forEach((_, at, all) => {
      all[at] = (at % 2 === 0 ? 9 : -9) + (at % 3)
    })
    expect(lookAt(plan, 0, open, { stream })).toMatchObject({ state: "go on", n: 10, next: 15 })
    const last = claim(50, 0)
    last.treatment.forEach((_, at, all) => {
      all[at] = (at % 2 === 0 ? 9 : -9) + (at % 3)
    })
    expect(lookAt(plan, plan.looks.length - 1, [last], { stream })).toMatchObject({ state: "exhausted", next: null })
  })

  it("shows the interval at the look's own level, and refuses another number of pairs", () => {
    const { judgements } = lookAt(plan, 1, [claim(15, -3)], { stream })
    expect(judgements[0]?.effect.level).toBe(nominalLevels(plan)[1])
    expect(() => lookAt(plan, 1, [claim(14, -3)], { stream })).toThrow(RangeError)
    expect(() => lookAt(plan, 99, [claim(14, -3)], { stream })).toThrow(RangeError)
  })
})
