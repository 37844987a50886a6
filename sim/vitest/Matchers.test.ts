import fc from "fast-check"
import { Param, Scenario } from "mesocosm"
import { describe, expect, it } from "vitest"
import openPool from "../../scenarios/open-pool.ts"
import { baselineOf, Runs } from "../experiment/gate/Record.ts"
import { DAY, type Duration, seconds } from "../kernel/Duration.ts"
import { changesOf, experiment, type Found, findTurn } from "./index.ts"
import { toKeep } from "./Matchers.ts"

const SMALL = { arrivals: "random", strategy: "fixed", honest: "8" }
const failing = (act: () => void): string => {
  try {
    act()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error("it did not fail")
}

/** A baseline of the runs themselves. */
function recorded(found: Found) {
  const runs = new Runs()
  for (const [at, record] of found.records.entries()) {
    const task = { arm: found.arm, seed: record.seed, set: found.set, hash: record.hash }
    runs.add({ task, record, manifest: found.manifests[at], error: undefined })
  }
  const { scenario, set, seeds, arm } = found
  return baselineOf(runs, { scenario, arms: [arm], set, seeds, named: "open-pool", mesocosm: "0.0.0" })
}

describe("the matchers", () => {
  it("keep a budget that is kept with confidence, and say of a broken one what shows it", async () => {
    const found = await experiment(openPool, { seeds: 6, set: { ...SMALL, identities: "4" } })
    // Four of about twelve.
    expect(found).toKeep("sybilShare", { below: 0.5, above: 0.2 })
    const said = failing(() => expect(found).toKeep("sybilShare", { below: 0.3 }))
    expect(said).toContain("expected sybilShare to be below 0.3, with 95 %")
    expect(said).toContain("certainly not below 0.3")
    expect(said).toMatch(/mesocosm run open-pool --arm baseline --seed \d --set arrivals=random/)
    const mean = found.values("sybilShare").reduce((sum, value) => sum + value, 0) / 6
    expect(failing(() => expect(found).toKeep("sybilShare", { below: mean + 1e-6 }))).toContain(
      "is not shown; more seeds"
    )
    expect(failing(() => expect(found).toKeep("sybilShar", { below: 1 }))).toContain('no metric "sybilShar"')
    expect(failing(() => expect(found).toKeep("sybilShare", {}))).toContain("a budget needs a bound")
  })

  it("name the seed that shows the bound which is broken, where there are two", async () => {
    const found = await experiment(openPool, { seeds: 3, set: SMALL })
    const apart: Found = { ...found, values: () => [0.1, 0.9, 0.5] }
    const [first, second] = found.seeds
    expect(failing(() => expect(apart).toKeep("sybilShare", { below: 5, above: 0.45 }))).toContain(
      `seed ${first} shows`
    )
    expect(failing(() => expect(apart).toKeep("sybilShare", { below: 0.5, above: -5 }))).toContain(
      `seed ${second} shows`
    )
  })

  it("find where something turns along a duration", async () => {
    const lag = Scenario.make("lag", {
      horizon: "1 year",
      block: { every: "1 day" },
      params: { lag: Param.duration("2 days", { source: "T1", domain: ["1 day", "1 week"] }) },
      *setup() {
        return {}
      },
      populations: () => ({}),
      metrics: {}
    })
    const turn = await findTurn(lag, { param: "lag" }, async ({ lag: value }) => seconds(value as Duration) > 3 * DAY)
    expect(Math.abs(seconds(turn.at as Duration) - 3 * DAY)).toBeLessThan(0.02 * 3 * DAY)
    expect(seconds(turn.not as Duration)).toBeLessThanOrEqual(3 * DAY)
  })

  it("keep no budget for what is rare because two runs did not show it", () => {
    const of = (values: readonly number[]): Found =>
      ({
        scenario: { id: "it" },
        arm: "baseline",
        set: {},
        seeds: values.map((_, nth) => nth),
        values: () => values
        // What the matcher reads of runs.
      }) as unknown as Found
    const zeros = (n: number) => new Array<number>(n).fill(0)
    expect(toKeep(of(zeros(2)), "bankrupt", { below: 0.1 }).pass).toBe(false)
    expect(toKeep(of(zeros(2)), "bankrupt", { below: 0.58 }).pass).toBe(true)
    expect(toKeep(of(zeros(52)), "bankrupt", { below: 0.05 }).pass).toBe(true)
    expect(toKeep(of([2.5, 2.5]), "price", { below: 2.6 }).pass).toBe(true)
  })

  it("find runs the same as their own record, and others not", async () => {
    const found = await experiment(openPool, { seeds: 6, set: SMALL })
    const baseline = recorded(found)
    expect(found).toBeSameAs(baseline)
    const other = await experiment(openPool, { seeds: 6, set: { ...SMALL, identities: "4" } })
    expect(failing(() => expect(other).toBeSameAs(baseline))).toMatch(/sybilShare: 0\.\d+ → 0\.\d+, by 0\.\d+/)
    // Its own KPIs on fresh seeds differ by chance alone, but six seeds do not show that they are the same.
    const fresh = await experiment(openPool, { seeds: 6, seed: 100, set: SMALL })
    expect(failing(() => expect(fresh).toBeSameAs(baseline))).toContain("not paired")
    expect(() => expect(found).toBeSameAs({ ...baseline, scenario: "other" })).toThrow("and not of open-pool")
  })

  it("find the stake that keeps the operator out, within 5 % of the closed form", async () => {
    // An identity earns at most R/N − c = 8 a week; a stake costs s × 10 % × 7/365 (known answer o30-stake-bound).
    const closed = (8 * 365) / (0.1 * 7)
    const turn = await findTurn(openPool, { param: "stake", from: "500", to: "20000", within: 0.02 }, async (stake) => {
      const found = await experiment(openPool, { arm: "sybil-with-stake", seeds: 1, seed: 7, set: stake })
      return (found.values("identities")[0] as number) === 0
    })
    expect(Number.parseFloat(turn.at) / closed).toBeGreaterThan(0.95)
    expect(Number.parseFloat(turn.at) / closed).toBeLessThan(1.05)
  }, 120_000)

  it("have fast-check find the smallest change of a Param that breaks a budget", async () => {
    const changes = changesOf<fc.Arbitrary<{ readonly [param: string]: string }>>(fc as never, openPool, {
      param: "identities",
      from: "0",
      to: "40"
    })
    const property = fc.asyncProperty(changes, async (set) => {
      const found = await experiment(openPool, { seeds: 1, set: { strategy: "fixed", honest: "20", ...set } })
      return (found.values("sybilShare")[0] as number) <= 0.2
    })
    const { failed, counterexample } = await fc.check(property, { seed: 3, numRuns: 20 })
    expect(failed).toBe(true)
    // Of 20 honest and k identities the operator has k / (20 + k), more than a fifth from 6 on.
    expect(counterexample?.[0]).toEqual({ identities: "6" })
  }, 120_000)
})
