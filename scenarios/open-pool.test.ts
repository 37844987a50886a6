/** open-pool on the reference chain: each arm keeps its checks and has its golden digests. Its theory: known-answers/o30-*. */
import { describe, expect, it } from "vitest"
import { ArtifactStore } from "../sim/chain/artifact/ArtifactStore.ts"
import { execute } from "../sim/experiment/Execute.ts"
import { resolve } from "../sim/run/RunSpec.ts"
import golden from "./golden.json" with { type: "json" }
import openPool from "./open-pool.ts"

const artifacts = ArtifactStore.open(new URL("..", import.meta.url).pathname)

describe("open-pool", { timeout: 180_000 }, () => {
  it.each(Object.entries(golden["open-pool"]))(
    "%s keeps its checks and has its golden digests",
    async (arm, digests) => {
      const resolved = resolve(openPool, { arm, seed: 7 })
      const { manifest, error } = await execute({ scenario: openPool, resolved, chain: "hardhat", artifacts })
      expect(error).toBeUndefined()
      expect(manifest.checks.map(({ claim, held }) => [claim, held])).toEqual(
        openPool.checks.map(({ claim }) => [claim, true])
      )
      expect(manifest.digest).toMatchObject(digests)
    }
  )

  it("has golden digests of every arm", () => {
    expect(Object.keys(golden["open-pool"])).toEqual(Object.keys(openPool.arms))
  })
})
