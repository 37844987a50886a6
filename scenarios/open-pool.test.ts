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

  // √(1000 · 100 / 2) − 100; with a stake of 50, c is 2 + 50 · 0.1 · 7 / 365, and √(1000 · 10 / 2.0959) − 10 = 59.07.
  it.each([
    ["baseline", {}, [123.607, null]],
    ["baseline", { honest: "10", stake: "50" }, [59.074, null]],
    ["baseline", { strategy: "fixed" }, [null, null]],
    ["baseline", { operators: "2" }, [null, null]],
    ["honest", {}, [null, null]],
    ["sybil-with-stake", {}, [0, null]],
    ["free-entry", {}, [null, 500]]
  ] as const)("%s with %j has theory beside it where theory says something", (arm, set, expected) => {
    const { values } = resolve(openPool, { arm, seed: 7, set })
    const said = openPool.charts
      .filter(({ theory }) => theory !== undefined)
      .map(({ theory }) => theory?.value({ params: values }) ?? null)
    expect(said.map((value) => (value === null ? null : Math.round(value * 1000) / 1000))).toEqual(expected)
  })

  it("has golden digests of every arm", () => {
    expect(Object.keys(golden["open-pool"])).toEqual(Object.keys(openPool.arms))
  })
})
