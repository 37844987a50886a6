/** Whether the agents of ocean-market could have done better: what README.md says of them, on five seeds. */
import { beforeAll, describe, expect, it } from "vitest"
import { ArtifactStore } from "../sim/chain/artifact/ArtifactStore.ts"
import { type Exploitability, exploitability } from "../sim/experiment/Exploitability.ts"
import oceanMarket from "./ocean-market.ts"

const artifacts = ArtifactStore.open(new URL("..", import.meta.url).pathname)

describe("in ocean-market", () => {
  let found: readonly Exploitability[] = []
  const of = (population: string): Exploitability =>
    found.find((each) => each.population === population) as Exploitability
  const gain = (population: string, deviation: string) =>
    of(population).deviations.find((each) => each.deviation === deviation)?.gain

  beforeAll(async () => {
    const track = { scenario: oceanMarket, arm: "baseline", chain: "revm" as const, artifacts }
    found = await exploitability(track, [1, 2, 3, 4, 5])
  }, 1_800_000)

  it("everybody who could do otherwise is raced", () => {
    expect(found.map(({ population }) => population)).toEqual(["publishers", "curators", "buyers", "washers"])
  })

  it("a washer answers to the multiplier, and earns with what it washes", () => {
    expect(of("washers").own.low).toBeGreaterThan(0)
    expect(gain("washers", "washes always")?.high).toBeLessThan(0)
    expect(gain("washers", "washes for half")?.high).toBeLessThan(0)
    expect(gain("washers", "stops after two weeks")?.high).toBeLessThan(0)
    // OM6 is a Param, and no optimum: what leaks is the least there could be.
    expect(gain("washers", "washes for twice")?.low).toBeGreaterThan(0)
  })

  it("a buyer that pays up to the worth regrets nothing, and counts what data are worth to it", () => {
    expect(of("buyers").regret).toBe(0)
    expect(of("buyers").own.mean).toBeGreaterThan(0)
  })

  it("a curator earns with its stake", () => {
    expect(gain("curators", "stakes nothing")?.high).toBeLessThan(0)
  })
})
