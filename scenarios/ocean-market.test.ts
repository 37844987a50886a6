/** ocean-market on both chains: its size, and when washing pays. */
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { ArtifactStore } from "../sim/chain/artifact/ArtifactStore.ts"
import { mesocosm } from "../sim/cli/fixtures/Command.ts"
import { type Executed, execute } from "../sim/experiment/Execute.ts"
import { resolve } from "../sim/run/RunSpec.ts"
import type { Analysis } from "../sim/store/Analysis.ts"
import golden from "./golden.json" with { type: "json" }
import oceanMarket from "./ocean-market.ts"

const artifacts = ArtifactStore.open(new URL("..", import.meta.url).pathname)
const ARMS = ["baseline", "multiplier-1", "multiplier-0.1", "at-fee", "always-at-fee"] as const
/** OCEAN that three washers buy of themselves in 23 weeks. */
const WASHED = 3 * 2000 * 7 * 23

function ran(chain: "hardhat" | "revm", arm: string, set: { readonly [name: string]: string } = {}): Promise<Executed> {
  return execute({ scenario: oceanMarket, resolved: resolve(oceanMarket, { arm, seed: 7, set }), chain, artifacts })
}

const last = ({ manifest }: Executed, metric: string): number =>
  manifest.metrics.find(({ name }) => name === metric)?.last?.number ?? Number.NaN

describe("ocean-market", { timeout: 300_000 }, () => {
  const runs = new Map<string, Executed>()
  const of = (arm: (typeof ARMS)[number]): Executed => runs.get(arm) as Executed
  beforeAll(async () => {
    for (const arm of ARMS) runs.set(arm, await ran("revm", arm))
  }, 300_000)

  it.each(ARMS)("%s ends, keeps its checks, has 5,000 transactions and its golden digests", (arm) => {
    const { manifest, error } = of(arm)
    expect(error).toBeUndefined()
    for (const { claim, held } of manifest.checks) expect([claim, held]).toEqual([claim, true])
    expect(manifest.counts.transactions).toBeGreaterThanOrEqual(5000)
    expect(manifest.digest).toMatchObject(golden["ocean-market"][arm])
  })

  it.each(ARMS)("%s has its golden digests on Hardhat", async (arm) => {
    expect((await ran("hardhat", arm)).manifest.digest).toMatchObject(golden["ocean-market"][arm])
  })

  // (m - f) V, of ASSUMPTIONS.md; gas of three washers is below 20 OCEAN.
  it.each([
    ["multiplier-1", 1],
    ["multiplier-0.1", 0.1],
    ["always-at-fee", 0.001]
  ] as const)("%s pays the multiplier less the fee, and gas", (arm, multiplier) => {
    const gas = (multiplier - 0.001) * WASHED - last(of(arm), "washProfit")
    expect(gas).toBeGreaterThan(0)
    expect(gas).toBeLessThan(20)
  })

  it("breaks even, as a sweep finds it, within a twentieth of the closed form", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "mesocosm-ocean-"))
    const set = ["--set", "multiplier=fixed", "--set", "washing=always"]
    const swept = ["sweep", "ocean-market", "--vary", "fixed=0.0008,0.0012", ...set, "--seeds", "2"]
    const { code, stdout } = await mesocosm(cwd, [...swept, "--audit", "0", "--json", "--quiet"])
    expect(code).toBe(0)
    const { analysis } = JSON.parse(stdout) as { readonly analysis: Analysis }
    const found = analysis.crossings?.filter(({ metric }) => metric === "washProfit") ?? []
    expect(found.map(({ rises, between }) => ({ rises, between }))).toEqual([
      { rises: true, between: ["0.0008", "0.0012"] }
    ])
    // The fee of each purchase in base token, without gas.
    expect(Math.abs(Number(found[0]?.at) - 0.001)).toBeLessThan(0.001 / 20)
  })

  it("loses what is washed below the fee, and washes nothing where it need not", async () => {
    const below = await ran("revm", "always-at-fee", { fixed: "0.0005" })
    expect(last(below, "washProfit")).toBeLessThan(-0.0005 * WASHED)
    expect(last(of("at-fee"), "washed")).toBe(0)
  })

  it("sees volume fall when the published multiplier reaches the fee, at DF29", () => {
    expect(last(of("baseline"), "fall")).toBeLessThan(0.1)
    expect(last(of("multiplier-1"), "fall")).toBeGreaterThan(0.9)
  })
})
