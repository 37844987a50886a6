import { Behaviour, Param, Population, Scenario } from "mesocosm"
import { describe, expect, it } from "vitest"
import { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import type { Digests } from "../run/Digest.ts"
import { pond } from "../run/fixtures/pond.ts"
import { resolve } from "../run/RunSpec.ts"
import { execute } from "./Execute.ts"
import deadly from "./fixtures/deadly.ts"
import { Warm } from "./Warm.ts"

const artifacts = ArtifactStore.open(new URL("../..", import.meta.url).pathname)

async function digests(
  scenario: Scenario.Scenario,
  seed: number,
  warm?: Warm,
  set: { readonly [name: string]: string } = {}
): Promise<Digests> {
  const { manifest, error } = await execute({
    scenario,
    resolved: resolve(scenario, { seed, set }),
    chain: "revm",
    artifacts,
    recording: "summary",
    ...(warm === undefined ? {} : { warm })
  })
  if (error !== undefined) throw error
  return manifest.digest
}

const idle = Behaviour.make("idle", {
  needs: {},
  traits: {},
  init: () => ({}),
  wake: () => 3600,
  act: function* () {
    return []
  }
})

/** Deploys Uniswap's factory, whose code holds bytes that look like PREVRANDAO. */
const doubtful = Scenario.make("doubtful", {
  horizon: "1 day",
  block: { every: "1 hour" },
  params: { none: Param.count(0, { source: "T" }) },
  *setup({ deploy, deployer }) {
    return { factory: yield* deploy("UniswapV2Factory", [deployer]) }
  },
  populations: () => ({ idle: Population.of(idle, { count: 1 }) }),
  metrics: { none: { unit: "count", every: "1 day", sample: () => 0n } }
})

describe("a warm start", { timeout: 60_000 }, () => {
  it("leaves every digest as it is, whatever ran before on the same chain", async () => {
    const warm = new Warm()
    const economy = pond("shuffled")
    for (const [seed, set] of [
      [1, {}],
      [2, {}],
      [3, { agents: "5" }],
      [4, { agents: "5" }],
      [2, {}]
    ] as const) {
      expect(await digests(economy, seed, warm, set)).toEqual(await digests(economy, seed, undefined, set))
    }
    // The second, the fourth, and the fifth, whose Params were kept beside the others.
    expect(warm.used).toBe(3)
    expect(await digests(deadly, 2, warm)).toEqual(await digests(deadly, 2))
    expect(await digests(deadly, 3, warm)).toEqual(await digests(deadly, 3))
    expect(warm.used).toBe(4)
  })

  it("is not made where a contract may ask for the seed", async () => {
    const warm = new Warm()
    for (const seed of [1, 2]) expect(await digests(doubtful, seed, warm)).toEqual(await digests(doubtful, seed))
    expect(warm.used).toBe(0)
  })
})
