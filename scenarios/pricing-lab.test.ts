/** pricing-lab on both chains: its size, what theory says of each arm, and who games what. */
import { beforeAll, describe, expect, it } from "vitest"
import { ArtifactStore } from "../sim/chain/artifact/ArtifactStore.ts"
import { type Executed, execute } from "../sim/experiment/Execute.ts"
import { resolve } from "../sim/run/RunSpec.ts"
import golden from "./golden.json" with { type: "json" }
import pricingLab from "./pricing-lab.ts"

const artifacts = ArtifactStore.open(new URL("..", import.meta.url).pathname)
const ARMS = [
  "baseline",
  "dynamic",
  "second-price",
  "second-price-reserve",
  "first-price",
  "curve",
  "noise",
  "noise-square"
] as const

function ran(
  chain: "hardhat" | "revm",
  arm = "baseline",
  set: { readonly [name: string]: string } = {}
): Promise<Executed> {
  return execute({ scenario: pricingLab, resolved: resolve(pricingLab, { arm, seed: 7, set }), chain, artifacts })
}

const last = ({ manifest }: Executed, metric: string): number =>
  manifest.metrics.find(({ name }) => name === metric)?.last?.number ?? Number.NaN

describe("pricing-lab", { timeout: 300_000 }, () => {
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
    expect(manifest.digest).toMatchObject(golden["pricing-lab"][arm])
  })

  it.each(ARMS)("%s has its golden digests on Hardhat", async (arm) => {
    expect((await ran("hardhat", arm)).manifest.digest).toMatchObject(golden["pricing-lab"][arm])
  })

  // Theory of ASSUMPTIONS.md. 10,920 draws of p or nothing have a standard error of .0024, 2,184 auctions of .0008 per bidder.
  it.each([
    ["baseline", 0.25, 0.01],
    ["noise", 0.25, 0.01],
    ["second-price", 2 / 15, 0.0033],
    ["first-price", 2 / 15, 0.0033],
    ["second-price-reserve", 0.134375, 0.0033],
    ["noise-square", 0.06875, 0.0025]
  ] as const)("%s earns what theory says per buyer and day", (arm, expected, tolerance) => {
    expect(Math.abs(last(of(arm), "perBuyer") - expected)).toBeLessThan(tolerance)
  })

  it("has the same buyers in every arm", () => {
    expect(last(of("noise"), "welfare")).toBe(last(of("baseline"), "welfare"))
    expect(last(of("first-price"), "welfare")).toBe(last(of("second-price"), "welfare"))
  })

  it("lets a broker gain on c/v² and nothing on c/v, where trading all the same loses", () => {
    expect(last(of("noise-square"), "arbitrage")).toBeGreaterThan(1000)
    expect(last(of("noise"), "arbitrage")).toBeLessThanOrEqual(0)
    expect(last(of("noise"), "brokered")).toBe(0)
  })

  it("sells a mean of four answers that is as good as one of variance one", () => {
    const orders = last(of("noise-square"), "brokered")
    // Squares of standard normals have mean 1 and variance 2.
    expect(Math.abs(last(of("noise-square"), "brokerError") - 1)).toBeLessThan(4 * Math.sqrt(2 / orders))
  })

  it("learns the price from the first guess onwards", () => {
    expect(last(of("dynamic"), "found")).toBeGreaterThan(0.5)
    expect(last(of("dynamic"), "perBuyer")).toBeGreaterThan(0.2)
    // A lot over the grid would earn the mean of p (1 - p) over 21 prices: .1583.
    expect(last(of("dynamic"), "perBuyer")).toBeGreaterThan(0.1583 + 0.03)
  })
})
