/** The known answers of the pro-rata pool with open entry, on chain: domain text and sources in ASSUMPTIONS.md. */
import { beforeAll, describe, expect, it } from "vitest"
import { ArtifactStore } from "../sim/chain/artifact/ArtifactStore.ts"
import { HardhatChain } from "../sim/chain/hardhat/HardhatChain.ts"
import { driveAsync } from "../sim/chain/Step.ts"
import { Run, type RunEnd } from "../sim/run/Run.ts"
import { resolve } from "../sim/run/RunSpec.ts"
import golden from "./golden.json" with { type: "json" }
import openPool from "./open-pool.ts"

const store = ArtifactStore.open(new URL("..", import.meta.url).pathname)

interface Ran {
  readonly run: Run
  readonly end: RunEnd
  /** Weekly samples of a metric in whole units, the first at week 0. */
  readonly weekly: (metric: string) => readonly number[]
}

async function ran(arm: string, seed: number, set: { readonly [name: string]: string } = {}): Promise<Ran> {
  const resolved = resolve(openPool, { arm, seed, set })
  const chain = await HardhatChain.open({ hardfork: resolved.spec.hardfork })
  const run = await driveAsync(Run.begin({ scenario: openPool, resolved, chain, artifacts: (name) => store.get(name) }))
  await driveAsync(run.continue())
  await chain.close()
  const { metric, number } = run.books.recorder.columns("metrics")
  return {
    run,
    end: run.end(),
    weekly: (wanted) => (number ?? []).filter((_, row) => metric?.[row] === wanted).map(Number)
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

function passes({ end }: Ran): void {
  for (const { claim, held } of end.checks) expect([claim, held]).toEqual([claim, true])
}

describe("open-pool", { timeout: 180_000 }, () => {
  describe("baseline: one operator that climbs its profit", () => {
    let baseline: Ran
    beforeAll(async () => {
      baseline = await ran("baseline", 7)
    }, 120_000)

    // O30: k* = √(1000 · 100 / 2) − 100 = 123.6 and profit 305.57, within 5 %.
    it("settles at k* = 123.6 identities and a profit of 305.57 a week", () => {
      const k = mean(baseline.weekly("identities").slice(-12))
      const profit = mean(baseline.weekly("operatorProfit").slice(-12))
      expect(Math.abs(k - 123.6)).toBeLessThan(0.05 * 123.6)
      expect(Math.abs(profit - 305.57)).toBeLessThan(0.05 * 305.57)
    })

    // O30: an honest identity's reward falls from 10 to 4.472.
    it("leaves an honest identity 4.47 a week", () => {
      expect(Math.abs(mean(baseline.weekly("reward").slice(-12)) - 4.472)).toBeLessThan(0.05 * 4.472)
    })

    it("keeps its checks and has its golden digest", () => {
      passes(baseline)
      expect(baseline.end.digests).toMatchObject(golden["open-pool"].baseline)
    })
  })

  it("honest: every identity earns R / N = 10 a week, to the last base unit", async () => {
    const honest = await ran("honest", 7)
    expect(new Set(honest.weekly("reward").slice(1))).toEqual(new Set([10]))
    for (const { data } of honest.run.agents) {
      const received = [...(honest.run.ledger.account(data.id)?.received.values() ?? [])].reduce(
        (sum, x) => sum + x,
        0n
      )
      // Claimed in weeks 4, 8, … 52, each for the weeks finished by then: 51 in all.
      expect(received).toBe(510n * 10n ** 18n)
    }
    passes(honest)
    expect(honest.end.digests).toMatchObject(golden["open-pool"].honest)
  })

  it("sybil-with-stake: at the stake of the closed form the operator's best number is 0", async () => {
    const staked = await ran("sybil-with-stake", 7)
    expect(staked.weekly("identities").at(-1)).toBe(0)
    expect(staked.weekly("reward").at(-1)).toBe(10)
    passes(staked)
    expect(staked.end.digests).toMatchObject(golden["open-pool"]["sybil-with-stake"])
  })

  it("sybil-with-stake: with a tenth less stake an identity pays again", async () => {
    const staked = await ran("sybil-with-stake", 7, { stake: "3754" })
    expect(mean(staked.weekly("identities").slice(-12))).toBeGreaterThan(0)
  })

  // O30: free entry ends at N = R / c = 500, within 5 %.
  it("free-entry: 500 of 1,000 take part in the end", async () => {
    const free = await ran("free-entry", 7)
    expect(Math.abs((free.weekly("inside").at(-1) ?? 0) - 500)).toBeLessThan(25)
    passes(free)
    expect(free.end.digests).toMatchObject(golden["open-pool"]["free-entry"])
  })

  // n contributors are there with probability Binomial(20, 0.8)(n), so the mean reward is Σ P(n) · 1000 / (n + 5).
  it("random arrivals: the mean reward is the finite sum, within four standard errors of 51 weeks", async () => {
    const random = await ran("baseline", 8, { arrivals: "random", strategy: "fixed", identities: "5", honest: "20" })
    let expected = 0
    let choose = 1
    for (let n = 0; n <= 20; n++) {
      expected += (choose * 0.8 ** n * 0.2 ** (20 - n) * 1000) / (n + 5)
      choose = (choose * (20 - n)) / (n + 1)
    }
    const rewards = random.weekly("reward").slice(2)
    const error = Math.sqrt(mean(rewards.map((reward) => (reward - mean(rewards)) ** 2)) / (rewards.length - 1))
    expect(rewards.length).toBeGreaterThanOrEqual(20)
    expect(Math.abs(mean(rewards) - expected)).toBeLessThan(4 * error)
    expect(error).toBeGreaterThan(0)
  })
})
