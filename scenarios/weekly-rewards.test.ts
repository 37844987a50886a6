/** weekly-rewards on both chains: its size, its market, its arms, and the published pair in the place of ours. */
import { beforeAll, describe, expect, it } from "vitest"
import { ArtifactStore } from "../sim/chain/artifact/ArtifactStore.ts"
import { type Executed, execute } from "../sim/experiment/Execute.ts"
import { resolve } from "../sim/run/RunSpec.ts"
import golden from "./golden.json" with { type: "json" }
import weeklyRewards from "./weekly-rewards.ts"

const artifacts = ArtifactStore.open(new URL("..", import.meta.url).pathname)

function ran(
  chain: "hardhat" | "revm",
  arm = "baseline",
  set: { readonly [name: string]: string } = {}
): Promise<Executed> {
  return execute({ scenario: weeklyRewards, resolved: resolve(weeklyRewards, { arm, seed: 7, set }), chain, artifacts })
}

const last = ({ manifest }: Executed, metric: string): number =>
  manifest.metrics.find(({ name }) => name === metric)?.last?.number ?? Number.NaN

describe("weekly-rewards", { timeout: 300_000 }, () => {
  let baseline: Executed
  beforeAll(async () => {
    baseline = await ran("hardhat")
  }, 300_000)

  it("has at least 300 agents and 5,000 transactions, ends, keeps its checks, and has its golden digests on Hardhat", () => {
    const { manifest, error } = baseline
    expect(error).toBeUndefined()
    expect(manifest.populations.reduce((sum, { agents }) => sum + agents, 0)).toBeGreaterThanOrEqual(300)
    expect(manifest.counts.transactions).toBeGreaterThanOrEqual(5000)
    for (const { claim, held } of manifest.checks) expect([claim, held]).toEqual([claim, true])
    expect(manifest.digest).toMatchObject(golden["weekly-rewards"].baseline)
  })

  it.each(["identity-stake", "streaks-off"] as const)("%s has its golden digests on Hardhat", async (arm) => {
    expect((await ran("hardhat", arm)).manifest.digest).toMatchObject(golden["weekly-rewards"][arm])
  })

  it("forms a price on the pair: it moves, and what moves it are trades", () => {
    const { metric, number } = baseline.recorder.columns("metrics")
    const prices = (number ?? []).filter((_, row) => metric?.[row] === "price").map(Number)
    expect(Math.max(...prices) / Math.min(...prices)).toBeGreaterThan(1.2)
    const { event, contract } = baseline.recorder.columns("events")
    const swaps = (event ?? []).filter((name, row) => name === "Swap" && contract?.[row] === "pair").length
    expect(swaps).toBeGreaterThan(1000)
  })

  it("keeps fewer clones where a vehicle must be staked for", async () => {
    const staked = await ran("revm", "identity-stake")
    expect(last(staked, "clones")).toBeLessThan(last(baseline, "clones"))
    expect(last(staked, "sybilShare")).toBeLessThan(last(baseline, "sybilShare"))
  })

  it("ends the same, to the unit, on the published Uniswap v2 pair", async () => {
    const published = await ran("revm", "baseline", { pair: "uniswap-v2" })
    expect(published.manifest.contracts.find(({ key }) => key === "pair")?.name).toBe("UniswapV2Pair")
    for (const metric of ["price", "paid", "clones", "sybilShare", "inside", "falseConnections"]) {
      expect([metric, last(published, metric)]).toEqual([metric, last(baseline, metric)])
    }
  })
})
