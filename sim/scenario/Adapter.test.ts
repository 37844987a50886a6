import {
  adapt,
  type Contract,
  type Hex,
  type Intent,
  ONE,
  Param,
  Population,
  Scenario,
  SENDER,
  type Step
} from "mesocosm"
import { describe, expect, it } from "vitest"
import { staker } from "../../agents/honest/staker.ts"
import { driveAsync } from "../chain/Step.ts"
import { open, ran } from "../run/fixtures/harness.ts"
import { Run } from "../run/Run.ts"

const MEMO: Hex = `0x${"00".repeat(32)}`

/** The stranger's contract is a test's, so it is not in the registry: its names are checked at set-up. */
type Garden = Contract<"StakeVault">
type Loose = { readonly [fn: string]: (...args: readonly unknown[]) => never }
const tx = (garden: Garden): Loose => garden.tx as unknown as Loose

function garden(map: (contract: Garden) => Contract<"IStakingRewards">): Scenario.Scenario {
  return Scenario.make("garden", {
    horizon: "8 weeks",
    block: { every: "1 hour" },
    params: { agents: Param.count(5, { source: "T" }) },
    gas: () => ({ price: 1_000_000n }),
    *setup({ deploy, send, deployer, params }) {
      const token = yield* deploy("DataToken", ["Data", "DATA"])
      const bare = yield* (deploy as unknown as (name: string, args: readonly unknown[]) => Step<Garden>)(
        "YieldGarden",
        [token.address, token.address, ONE / 1000n]
      )
      yield* send(token.tx.mint(deployer, 1_000_000n * ONE))
      yield* send(token.tx.transfer(bare.address, 100_000n * ONE))
      return { token, pool: map(bare), agents: params.agents }
    },
    populations: ({ params }) => ({
      stakers: Population.of(staker, {
        count: params.agents,
        traits: { stake: 100n * ONE, until: 40 },
        holds: { token: 100n * ONE }
      })
    }),
    numeraire: () => ({ name: "USD", ether: 3000n * ONE, tokens: { token: ONE } }),
    metrics: {
      claims: { unit: "count", every: "1 week", sample: ({ gauge }) => BigInt(gauge("stakers", "claims")) },
      profit: { unit: "money", every: "1 week", sample: ({ ledger }) => ledger.profit("stakers") }
    }
  })
}

/** Verb to function and argument expressions. */
const mapped = (contract: Garden): Contract<"IStakingRewards"> =>
  adapt("IStakingRewards", contract, {
    read: { earned: "ripeFor" as never, balanceOf: "bedOf" as never },
    tx: {
      stake: (at, amount) => tx(at)["plant"]?.(MEMO, amount) as unknown as Intent,
      withdraw: "uproot" as never,
      getReward: (at) => tx(at)["harvest"]?.(SENDER) as unknown as Intent
    },
    events: { RewardPaid: "Harvested" as never }
  })

describe("a stranger's contract behind an adapter", () => {
  it("serves an existing behaviour, under the stranger's own names on chain", async () => {
    const run = await ran(garden(mapped))
    const { fn, status, population } = run.books.recorder.columns("transactions")
    const used = new Map<unknown, number>()
    for (const [row, name] of (fn ?? []).entries()) {
      if (population?.[row] !== "stakers") continue
      expect([name, status?.[row]]).toEqual([name, "ok"])
      used.set(name, (used.get(name) ?? 0) + 1)
    }
    expect([...used.keys()].sort()).toEqual(["approve", "harvest", "plant", "uproot"])
    expect(used.get("plant")).toBe(5)
    expect(used.get("uproot")).toBe(5)
    // The behaviour finds its own verb in its receipts: it counted its claims.
    expect(run.end().now["claims"]).toBe(BigInt(used.get("harvest") ?? 0))
    expect(run.end().now["profit"]).toBeGreaterThan(0n)
  })

  it("goes on from a saved state: the adapter is made anew", async () => {
    const scenario = garden(mapped)
    const options = await open(scenario)
    const run = await driveAsync(Run.begin(options))
    await driveAsync(run.continue(400))
    const state = run.save()
    await driveAsync(run.continue())
    await options.chain.close()
    const again = await open(scenario)
    const resumed = await driveAsync(Run.resume(again, state))
    await driveAsync(resumed.continue())
    expect(resumed.end().digests).toEqual(run.end().digests)
    await again.chain.close()
  })

  it("is refused at set-up when the map names what is not there, and when a verb is missing", async () => {
    const wrong = garden((contract) => adapt("IStakingRewards", contract, { tx: { stake: "plnt" as never } }))
    await expect(ran(wrong)).rejects.toMatchObject({
      _tag: "ScenarioError",
      reason: "WorldLacks",
      offending: { name: "stake", value: "plnt" }
    })
    const partial = garden((contract) => adapt("IStakingRewards", contract, { tx: { withdraw: "uproot" as never } }))
    await expect(ran(partial)).rejects.toMatchObject({
      _tag: "ScenarioError",
      reason: "WorldLacks",
      message: expect.stringMatching(/whose action map has no \w+\(/)
    })
  })

  it("is refused at set-up when a named function takes other arguments, and when a verb is none of the interface", async () => {
    const whole = (contract: Garden, more: object): Contract<"IStakingRewards"> => {
      const acts = {
        stake: (at: Garden, amount: bigint) => tx(at)["plant"]?.(MEMO, amount),
        withdraw: "uproot",
        getReward: (at: Garden) => tx(at)["harvest"]?.(SENDER)
      }
      const map = { read: { earned: "ripeFor", balanceOf: "bedOf" }, tx: { ...acts, ...more } }
      return adapt("IStakingRewards", contract, map as never)
    }
    await expect(ran(garden((contract) => whole(contract, { stake: "plant" })))).rejects.toMatchObject({
      reason: "WorldLacks",
      message: expect.stringContaining("which takes (bytes32,uint256) and would be given (uint256)"),
      fix: expect.stringContaining("stake: (at, …) => at.tx.plant(…)")
    })
    await expect(ran(garden((contract) => whole(contract, { withdrow: "uproot" })))).rejects.toMatchObject({
      reason: "WorldLacks",
      offending: { name: "withdrow" },
      fix: "Did you mean withdraw?"
    })
    // Functions are tried: a name that is not there, too few arguments, one of another kind, and no Intent at all.
    for (const [stake, says, fix] of [
      [
        (at: Garden) => tx(at)["plnt"]?.(MEMO, 1n),
        "calls YieldGarden.plnt, which YieldGarden does not have",
        "Did you mean plant?"
      ],
      [(at: Garden) => tx(at)["plant"]?.(MEMO), "with (string), which takes (bytes32, uint256)", "what it takes"],
      [(at: Garden) => tx(at)["plant"]?.(1n, 1n), "with (bigint, bigint), which takes", "what it takes"],
      [(at: Garden) => tx(at)["plant"]?.(MEMO, 1n, 1n), "with (string, bigint, bigint), which takes", "what it takes"],
      // biome-ignore lint/style/noNonNullAssertion: what a scenario file that no compiler has seen does
      [(at: Garden) => tx(at)["plnt"]!(MEMO, 1n), "calls YieldGarden.plnt", "Did you mean plant?"],
      [(at: Garden) => void at, "answers with no Intent", "Return what is to be sent"]
    ] as const) {
      await expect(ran(garden((contract) => whole(contract, { stake })))).rejects.toMatchObject({
        _tag: "ScenarioError",
        reason: "WorldLacks",
        message: expect.stringContaining(says),
        fix: expect.stringContaining(fix),
        offending: { name: "stake" }
      })
    }
    // What a stand-in may be to blame for is left for when it is used.
    const picky = (at: Garden, amount: bigint) => {
      if (amount < 10n) throw new RangeError("too little")
      return tx(at)["plant"]?.(MEMO, amount)
    }
    await ran(garden((contract) => whole(contract, { stake: picky })))
  })
})
