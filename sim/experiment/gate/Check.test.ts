/** A check on seeds that were not recorded, by real runs of open-pool's random variant, of which `reward` varies a lot. */
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import openPool from "../../../scenarios/open-pool.ts"
import { LocalExecutor } from "../executors/LocalExecutor.ts"
import { ROOT } from "../fixtures/conducted.ts"
import { seedsOf } from "../Planning.ts"
import { cleared } from "./Again.ts"
import type { Baseline } from "./Baseline.ts"
import { type CheckAsked, check } from "./Check.ts"
import { judgeRuns } from "./Judge.ts"
import { baselineOf, Runs } from "./Record.ts"

const SET = { arrivals: "random", strategy: "fixed", identities: "5", honest: "20" }
const MADE = { scenario: openPool, chain: "revm", mesocosm: "0.0.0" } as const
/** Of the first 60, four in a row whose reward is high, and six whose reward is low. */
const LUCKY = { from: 8, count: 4 }
const POOR = [12, 35, 42, 43, 47, 49]
const executor = new LocalExecutor(pathToFileURL(join(ROOT, "scenarios", "open-pool.ts")).href, {
  chain: "revm",
  root: ROOT
})
let baseline: Baseline

beforeAll(async () => {
  const runs = new Runs()
  const asked = { ...MADE, arms: ["baseline"], set: SET, seeds: seedsOf(LUCKY) }
  await runs.make({ ...asked, executor })
  baseline = baselineOf(runs, { ...asked, named: "open-pool" })
}, 60_000)

afterAll(() => executor.close())

const checked = (over: Partial<CheckAsked>) => check({ ...MADE, executor, baseline, ...over })
const reward = ({ kpis }: Awaited<ReturnType<typeof check>>) => kpis.find(({ kpi }) => kpi === "reward")

describe("a check on other seeds", { timeout: 60_000 }, () => {
  it("passes where nothing changed and two recorded runs come again, though its seeds decide nothing", async () => {
    const found = await checked({ seeds: [21, 24, 25, 27] })
    expect(found).toMatchObject({ says: "passes", paired: false, changes: [], again: { says: "same", differing: [] } })
    expect(reward(found)).toMatchObject({ says: "passes", onItsSeeds: "undecided" })
    expect(found.again?.seeds).toHaveLength(2)
    expect((await checked({ seeds: [21, 24, 25, 27] })).again).toEqual(found.again)
  })

  it("takes no bad luck for harm where nothing changed and all recorded runs come again", async () => {
    const found = await checked({ seeds: POOR })
    expect(found).toMatchObject({ says: "passes", again: { says: "same", seeds: seedsOf(LUCKY) } })
    expect(reward(found)).toMatchObject({ says: "passes", onItsSeeds: "fails" })
  })

  it("lets what its seeds say stand where something is known to have changed", async () => {
    const code = { ...baseline.code, setup: "0x01" }
    expect(await checked({ baseline: { ...baseline, code }, seeds: POOR })).toMatchObject({
      says: "fails",
      again: undefined
    })
    expect(await checked({ baseline: { ...baseline, code }, seeds: [21, 24, 25, 27] })).toMatchObject({
      says: "undecided",
      again: undefined
    })
  })

  it("passes nothing where a recorded run does not come again, and names it", async () => {
    const { arms } = baseline
    const recorded = arms["baseline"] as (typeof arms)[string]
    const digests = recorded.digests.map((digest, at) => (at === 2 ? "0x0000000000000000" : digest))
    const other = { ...baseline, arms: { baseline: { ...recorded, digests } } }
    expect(await checked({ baseline: other, seeds: POOR })).toMatchObject({
      says: "fails",
      changes: [],
      again: { says: "differ", differing: [{ arm: "baseline", seed: 10 }] }
    })
    const all = { ...baseline, arms: { baseline: { ...recorded, digests: digests.map(() => "0x0000000000000000") } } }
    const found = await checked({ baseline: all, seeds: [21, 24, 25, 27] })
    expect(found).toMatchObject({ says: "undecided", again: { says: "differ" } })
    expect(found.again?.differing).toHaveLength(2)
  })

  it("asks no recorded run where its seeds are the recorded ones: these were asked already", async () => {
    const recorded = baseline.arms["baseline"] as Baseline["arms"][string]
    const values = { ...recorded.values, reward: [70, 71, 72, 73] }
    const digests = recorded.digests.map(() => "0x0000000000000000")
    const richer = { ...baseline, arms: { baseline: { ...recorded, values, digests } } }
    expect(await checked({ baseline: richer })).toMatchObject({ says: "fails", paired: true, again: undefined })
  })

  it("lets a claim that is broken on its seeds stand", () => {
    const recorded = baseline.arms["baseline"] as Baseline["arms"][string]
    const arms = { baseline: { ...recorded, broken: { "it pays": [24] } } }
    const judged = judgeRuns(baseline, { seeds: [21, 24, 25, 27], arms })
    expect(cleared(judged)).toMatchObject({ says: "fails" })
    expect(cleared({ ...judged, arms: [] })).toMatchObject({ says: "passes" })
  })

  it("passes nothing where time is up before the recorded runs came again", async () => {
    const ends = new AbortController()
    const onRun = (done: number, planned: number) => {
      if (done === planned) ends.abort()
    }
    expect(await checked({ seeds: [21, 24, 25, 27], signal: ends.signal, onRun })).toMatchObject({
      says: "undecided",
      cutShort: false,
      again: { says: "unfinished" }
    })
  })

  it("stops at the first look at which the recorded runs came again, until decided", async () => {
    const seeds = Array.from({ length: 40 }, (_, at) => 100 + at)
    const found = await checked({ seeds, untilDecided: true })
    expect(found).toMatchObject({ says: "passes", again: { says: "same" } })
    expect(found.looks).toHaveLength(1)
  })
})
