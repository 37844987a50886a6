/** data-market: its size, its checks, its arms on both chains, and what its parts do that no treatment is about. */

import { DAY } from "mesocosm"
import { beforeAll, describe, expect, it } from "vitest"
import { ArtifactStore } from "../sim/chain/artifact/ArtifactStore.ts"
import type { Contract } from "../sim/chain/Contracts.ts"
import { type Executed, execute } from "../sim/experiment/Execute.ts"
import { resolve } from "../sim/run/RunSpec.ts"
import type { MetricAt } from "../sim/scenario/Metric.ts"
import type { RuntimeMetric } from "../sim/scenario/Scenario.ts"
import dataMarket from "./data-market.ts"
import golden from "./golden.json" with { type: "json" }

const artifacts = ArtifactStore.open(new URL("..", import.meta.url).pathname)

function ran(
  chain: "hardhat" | "revm",
  arm = "baseline",
  set: { readonly [name: string]: string } = {}
): Promise<Executed> {
  return execute({ scenario: dataMarket, resolved: resolve(dataMarket, { arm, seed: 7, set }), chain, artifacts })
}

const last = ({ manifest }: Executed, metric: string): number =>
  manifest.metrics.find(({ name }) => name === metric)?.last?.number ?? Number.NaN

describe("data-market", { timeout: 300_000 }, () => {
  let baseline: Executed
  beforeAll(async () => {
    baseline = await ran("hardhat")
  }, 300_000)

  it("has at least 5,000 transactions, ends, keeps its checks, and has its golden digests on Hardhat", () => {
    const { manifest, error } = baseline
    expect(error).toBeUndefined()
    expect(manifest.counts.transactions).toBeGreaterThanOrEqual(5000)
    for (const { claim, held } of manifest.checks) expect([claim, held]).toEqual([claim, true])
    expect(manifest.digest).toMatchObject(golden["data-market"].baseline)
  })

  const others = Object.entries(golden["data-market"]).filter(([arm]) => arm !== "baseline")
  it.each(others)("%s has its golden digests on Hardhat", async (arm, digests) => {
    expect((await ran("hardhat", arm)).manifest.digest).toMatchObject(digests)
  })

  it("lives without fakes: most honest sellers stay, and nothing fake is sold", async () => {
    const honest = await ran("revm", "baseline", { fakers: "0", replicators: "0" })
    expect(last(honest, "inside")).toBeGreaterThan(10)
    expect(last(honest, "fakeSold")).toBe(0)
    expect(last(honest, "leakage")).toBe(0)
    expect(last(honest, "welfare")).toBeGreaterThan(last(baseline, "welfare"))
  })

  it("challenges nothing where nothing is staked, and mostly what is fake where it is", async () => {
    expect(last(baseline, "upheld")).toBe(0)
    const staked = await ran("revm", "listing-stake")
    expect(last(staked, "upheld")).toBeGreaterThan(20)
    const { population, identity, fn } = staked.recorder.columns("transactions")
    const whose = new Map((fn ?? []).map((_, row) => [identity?.[row], population?.[row]]))
    const { event, args } = staked.recorder.columns("events")
    const told = (name: string) =>
      (event ?? []).flatMap((each, row) =>
        each === name ? [JSON.parse(String(args?.[row])) as { readonly dataSet: string; readonly creator: string }] : []
      )
    const creators = new Map(told("DataSetRegistered").map(({ dataSet, creator }) => [dataSet, whose.get(creator)]))
    const guilty = told("Upheld").map(({ dataSet }) => creators.get(dataSet))
    expect(guilty.length).toBe(last(staked, "upheld"))
    expect(guilty.filter((population) => population === "sellers").length).toBeLessThan(guilty.length / 10)
  })

  it("books all that lies in the stakes as somebody's, but for what the treasury is owed", async () => {
    const populations = baseline.manifest.populations.map(({ name }) => name)
    const unbooked: RuntimeMetric = {
      name: "unbooked",
      unit: "money",
      every: 7 * DAY,
      says: undefined,
      matters: undefined,
      over: "last",
      *sample(at) {
        // What the engine gives every sample; its types are those of the scenario.
        const { world, ledger } = at as MetricAt<
          { stakes: Contract<"ListingStake">; usd: Contract<"DataToken"> },
          never,
          unknown
        >
        const { stakes, usd } = world
        const { treasury } = yield* stakes.read.config()
        const lies = (yield* usd.read.balanceOf(stakes.address)) - (yield* stakes.read.owedTo(treasury))
        return populations.reduce((left, name) => left - ledger.locked(name as never, "stakes", "usd"), lies)
      }
    }
    const scenario = { ...dataMarket, metrics: [...dataMarket.metrics, unbooked] }
    const resolved = resolve(scenario, {
      arm: "stake-and-quality",
      seed: 7,
      set: { slash: "0.7", arbiterError: "0.3" }
    })
    const { recorder, error } = await execute({ scenario, resolved, chain: "revm", artifacts })
    expect(error).toBeUndefined()
    const { metric, value } = recorder.columns("metrics")
    const left = (metric ?? []).flatMap((name, row) => (name === "unbooked" ? [value?.[row]] : []))
    expect(left.length).toBeGreaterThan(150)
    expect(new Set(left)).toEqual(new Set(["0"]))
    const { event } = recorder.columns("events")
    for (const verdict of ["Upheld", "Dismissed"])
      expect((event ?? []).filter((each) => each === verdict).length).toBeGreaterThan(10)
  })

  it("pays rewards out of the pool that the arm names, and less of them to fakes where quality is scored", async () => {
    const pool = ({ manifest }: Executed) => manifest.contracts.find(({ key }) => key === "pool")?.name
    const scored = await ran("revm", "quality-rewards")
    expect([pool(baseline), pool(scored)]).toEqual(["ContributionPool", "QualityPool"])
    expect(last(scored, "leakage")).toBeLessThan(last(baseline, "leakage") / 2)
  })

  it("earns the same fees, to the rounding, whichever side pays them, of what is sold", async () => {
    const other = await ran("revm", "buyer-fee")
    expect(last(other, "fees") / last(other, "turnover")).toBeCloseTo(0.05, 9)
    expect(last(baseline, "fees") / last(baseline, "turnover")).toBeCloseTo(0.05, 9)
  })
})
