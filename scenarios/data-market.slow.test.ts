/** Every arm of data-market on Hardhat: the digests are those that revm gave. */
import { describe, expect, it } from "vitest"
import { ArtifactStore } from "../sim/chain/artifact/ArtifactStore.ts"
import { execute } from "../sim/experiment/Execute.ts"
import { resolve } from "../sim/run/RunSpec.ts"
import dataMarket from "./data-market.ts"
import golden from "./golden.json" with { type: "json" }

const artifacts = ArtifactStore.open(new URL("..", import.meta.url).pathname)

describe("data-market on Hardhat", { timeout: 600_000 }, () => {
  it.each(Object.entries(golden["data-market"]))("%s has its golden digests", async (arm, digests) => {
    const resolved = resolve(dataMarket, { arm, seed: 7, set: {} })
    const { manifest } = await execute({ scenario: dataMarket, resolved, chain: "hardhat", artifacts })
    expect(manifest.digest).toMatchObject(digests)
  })
})
