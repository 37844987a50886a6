import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Stream } from "../../kernel/Stream.ts"
import { type ArmRuns, BASELINE_SCHEMA, type Baseline, baselineText, parseBaseline } from "./Baseline.ts"
import { changesBetween } from "./Changes.ts"
import { judgeRuns } from "./Judge.ts"

const runs = (values: readonly (number | null)[], over: Partial<ArmRuns> = {}): ArmRuns => ({
  params: { stake: "5 tokens" },
  contracts: { pool: "Pool 0x01" },
  populations: { honest: "contributor × 20; cost 2" },
  values: { share: values },
  digests: values.map((value) => `0x${String(value)}`),
  profits: { farm: 10, honest: 5 },
  broken: {},
  failed: {},
  ...over
})

const baseline = (values: readonly (number | null)[], from = 1): Baseline => ({
  schema: BASELINE_SCHEMA,
  scenario: "open-pool",
  named: "open-pool",
  mesocosm: "0.1.0",
  set: {},
  seeds: { from, count: values.length },
  kpis: { share: { unit: "ratio", by: 0.02, better: "lower" } },
  code: { setup: "0x01" },
  arms: { baseline: runs(values) }
})

const seeds = (from: number, count: number): readonly number[] => Array.from({ length: count }, (_, nth) => from + nth)
const noise = (name: string, count: number, mean: number, sd: number): readonly number[] => {
  const stream = Stream.open(name)
  // A sum of twelve is near enough to normal.
  return Array.from({ length: count }, () => {
    let sum = -6
    for (let n = 0; n < 12; n++) sum += stream.double()
    return mean + sd * sum
  })
}

describe("a baseline", () => {
  it("comes back from its text as it was, and its lists stand on few lines", () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: 2 }),
        (values) => {
          const plain = values.map((value) => (value === 0 ? 0 : value))
          const recorded = baseline(plain)
          expect(parseBaseline(baselineText(recorded), "it.json")).toEqual(recorded)
        }
      )
    )
    expect(baselineText(baseline([1, 2, 3]))).toContain('"share": [1, 2, 3]')
  })

  it("is refused where it is not whole, with what to do", () => {
    const whole = baselineText(baseline([1, 2]))
    for (const [text, words] of [
      ["{", "no JSON"],
      ["null", "no baseline"],
      [whole.replace('"schema": 1', '"schema": 9'), "schema 9"],
      [whole.replace('"kpis"', '"kpi"'), "lacks a part"],
      [whole.replace('"kpis"', '"numeraire": 5, "kpis"'), "lacks a part"],
      [whole.replace('"share": [1, 2]', '"share": [1]'), "2 values of every KPI"]
    ] as const) {
      expect(() => parseBaseline(text, "it.json")).toThrow(words)
    }
  })
})

describe("judging", () => {
  const before = noise("before", 40, 0.3, 0.05)

  it("passes runs that left the recorded digests, whatever they vary", () => {
    const recorded = baseline(before)
    const judged = judgeRuns(recorded, { seeds: seeds(1, 40), arms: recorded.arms })
    expect(judged).toMatchObject({ says: "passes", paired: true, arms: [{ identical: true }] })
  })

  it("pairs on the recorded seeds, and so sees a harm of a tenth of what the seeds vary by", () => {
    const now = before.map((value, at) => value + 0.03 + (at % 2 === 0 ? 0.001 : -0.001))
    const judged = judgeRuns(baseline(before), { seeds: seeds(1, 40), arms: { baseline: runs(now) } })
    expect(judged.says).toBe("fails")
    expect(judged.kpis[0]?.effect?.n).toBe(40)
    const better = before.map((value, at) => value - 0.2 - (at % 2) / 1000)
    expect(judgeRuns(baseline(before), { seeds: seeds(1, 40), arms: { baseline: runs(better) } }).says).toBe("passes")
    const small = before.map((value, at) => value + 0.01 + (at % 2) / 1000)
    expect(judgeRuns(baseline(before), { seeds: seeds(1, 40), arms: { baseline: runs(small) } }).says).toBe("passes")
  })

  it("does not pair on other seeds, and is undecided where chance may hide the harm", () => {
    const fresh = { seeds: seeds(100, 40), arms: { baseline: runs(noise("fresh", 40, 0.3, 0.05)) } }
    const wide = baseline(noise("wide", 40, 0.3, 0.2))
    expect(judgeRuns(wide, fresh)).toMatchObject({ says: "undecided", paired: false })
    const worse = { seeds: seeds(100, 40), arms: { baseline: runs(noise("worse", 40, 0.4, 0.05)) } }
    const judged = judgeRuns(baseline(before), worse)
    expect(judged.says).toBe("fails")
    expect(judged.kpis[0]?.worst?.seed).toBe(100 + worstOf(worse.arms.baseline.values["share"] ?? []))
  })

  it("fails where a run failed or a claim broke that did not before, and not where they did", () => {
    const broken = runs(before, { broken: { "it pays": [3] }, failed: { 5: "out of gas" } })
    expect(judgeRuns(baseline(before), { seeds: seeds(1, 40), arms: { baseline: broken } })).toMatchObject({
      says: "fails",
      arms: [{ failed: [{ seed: 5 }], broken: [{ claim: "it pays" }] }]
    })
    const known: Baseline = { ...baseline(before), arms: { baseline: broken } }
    expect(judgeRuns(known, { seeds: seeds(1, 40), arms: { baseline: broken } }).says).toBe("passes")
  })

  it("sees that a claim breaks at more of the recorded seeds than it did", () => {
    const some = runs(before, { broken: { "it pays": [3] } })
    const known: Baseline = { ...baseline(before), arms: { baseline: some } }
    const more = runs(before, { broken: { "it pays": [3, 4, 9] } })
    expect(judgeRuns(known, { seeds: seeds(1, 40), arms: { baseline: more } })).toMatchObject({
      says: "fails",
      arms: [{ broken: [{ claim: "it pays", seeds: [4, 9] }] }]
    })
    expect(judgeRuns(known, { seeds: seeds(1, 40), arms: { baseline: some } }).says).toBe("passes")
  })

  it("sees that a metric is read in another way, though every digest is the recorded one", () => {
    const recorded = baseline(before)
    const other = runs(
      before.map((value, at) => value + 1 + at / 1000),
      { digests: recorded.arms["baseline"]?.digests ?? [] }
    )
    expect(judgeRuns(recorded, { seeds: seeds(1, 40), arms: { baseline: other } })).toMatchObject({
      says: "fails",
      arms: [{ identical: false }]
    })
  })

  it("names all populations, those first whose mean profit moved most", () => {
    const profits = (herd: number, curators: number, oracle: number) => ({ profits: { oracle, curators, herd } })
    const recorded = { ...baseline(before), arms: { baseline: runs(before, profits(-1353, -59, 0)) } }
    const now = runs(before, profits(-1672, -79, 0))
    const [arm] = judgeRuns(recorded, { seeds: seeds(1, 40), arms: { baseline: now } }).arms
    expect(arm?.moved.map(({ population }) => population)).toEqual(["herd", "curators", "oracle"])
  })

  it("calls nothing unchanged where nothing was run", () => {
    expect(judgeRuns(baseline(before), { seeds: [], arms: { baseline: runs([]) } })).toMatchObject({
      says: "undecided",
      arms: [{ identical: false }]
    })
  })

  it("leaves out pairs of which a run has no value, and says nothing of fewer than two", () => {
    const some = before.map((value, at) => (at < 3 ? value + 0.001 * at : null))
    const judged = judgeRuns(baseline(before), { seeds: seeds(1, 40), arms: { baseline: runs(some) } })
    expect(judged.kpis[0]?.effect?.n).toBe(3)
    const none = before.map(() => null)
    expect(judgeRuns(baseline(before), { seeds: seeds(1, 40), arms: { baseline: runs(none) } }).says).toBe("undecided")
  })
})

const worstOf = (values: readonly (number | null)[]): number =>
  values.indexOf(Math.max(...values.map((each) => each ?? 0)))

describe("changes", () => {
  it("are in what money is counted in, where that is known", () => {
    const of = (by: number, fee: string, numeraire?: string): Baseline => ({
      ...baseline([1, 2]),
      ...(numeraire === undefined ? {} : { numeraire }),
      kpis: { earned: { unit: "money", by, better: "higher" } },
      arms: { baseline: runs([1, 2], { params: { fee } }) }
    })
    const said = (before: Baseline, now: Baseline) => changesBetween(before, now).map((each) => [each.before, each.now])
    expect(said(of(5, "1 numeraire"), of(7, "2 numeraire", "USD"))).toEqual([
      ["1 USD", "2 USD"],
      ["higher is better, by 5 USD", "higher is better, by 7 USD"]
    ])
    expect(said(of(5, "1 numeraire"), of(7, "2 numeraire"))[1]?.[0]).toBe("higher is better, by 5 money")
    // A baseline that does not say what money is counted in is no other for it.
    expect(said(of(5, "1 numeraire"), of(5, "1 numeraire", "USD"))).toEqual([])
  })

  it("name the Param, the bytecode, the population, the function and the KPI, each once for all arms", () => {
    const before = baseline([1, 2])
    const arms = { baseline: runs([1, 2]), other: runs([1, 2]) }
    const now: Baseline = {
      ...before,
      code: { setup: "0x02", "metric share": "0x03" },
      kpis: { share: { unit: "ratio", by: 0.05, better: "lower" } },
      arms: {
        baseline: runs([1, 2], { params: { stake: "1 tokens" }, contracts: { pool: "Pool 0x02" } }),
        other: runs([1, 2], { params: { stake: "1 tokens" }, populations: { honest: "contributor × 21; cost 2" } })
      }
    }
    expect(changesBetween({ ...before, arms }, now)).toEqual([
      { what: "Param", name: "stake", before: "5 tokens", now: "1 tokens", arms: ["baseline", "other"] },
      { what: "bytecode", name: "pool", before: "Pool 0x01", now: "Pool 0x02", arms: ["baseline"] },
      {
        what: "population",
        name: "honest",
        before: "contributor × 20; cost 2",
        now: "contributor × 21; cost 2",
        arms: ["other"]
      },
      { what: "code", name: "setup", before: "0x01", now: "0x02", arms: undefined },
      { what: "code", name: "metric share", before: undefined, now: "0x03", arms: undefined },
      {
        what: "KPI",
        name: "share",
        before: "lower is better, by 0.02 ratio",
        now: "lower is better, by 0.05 ratio",
        arms: undefined
      }
    ])
  })
})
