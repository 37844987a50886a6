/** The learning traders on a pair whose price swings by plan: they find when to buy and when to sell, and frozen they stay as they are. */
import { Behaviour, DAY, type Intent, ONE, Population, Scenario, Trait, WEEK } from "mesocosm"
import { describe, expect, it } from "vitest"
import { ArtifactStore } from "../../sim/chain/artifact/ArtifactStore.ts"
import { learning } from "../../sim/experiment/Learning.ts"
import { type Finish, race, type Track } from "../../sim/experiment/Race.ts"
import type { Different } from "../../sim/scenario/Population.ts"
import { banditTrader } from "./bandit-trader.ts"
import { ACTIONS, carried, type DeskState, emptyDesk, greedy, untilNextSlot } from "./parts/pair-desk.ts"
import { qTrader } from "./q-trader.ts"

/** Sells 100 tokens at the end of a week's first day and buys as many again three days later: a price of 1, then of 0.83. */
const tide = Behaviour.make("tide", {
  needs: { token: "IERC20", usd: "IERC20", router: "IPairRouter", pair: "IConstantProductPair" },
  traits: { lot: Trait.constant(100n * ONE, { unit: "tokens" }) },
  init: () => ({ turns: 0 }),
  wake: ({ now, state }) => Math.floor(state.turns / 2) * WEEK + (state.turns % 2 === 0 ? 1 : 4) * DAY - now,
  *act({ world, traits, state }) {
    const { token, usd, router, pair } = world
    const intents: Intent[] =
      state.turns > 0 ? [] : [token.tx.approve(router.address, 2n ** 255n), usd.tx.approve(router.address, 2n ** 255n)]
    if (state.turns % 2 === 0) intents.push(router.tx.sell(pair.address, token.address, traits.lot, 0n))
    else {
      const [reserve0, reserve1] = yield* pair.read.getReserves()
      const first = (yield* pair.read.token0()) === token.address
      const [tokens, dollars] = first ? [reserve0, reserve1] : [reserve1, reserve0]
      const pays = (traits.lot * dollars * 1000n) / ((tokens - traits.lot) * 997n) + 1n
      intents.push(router.tx.buy(pair.address, token.address, pays, 0n))
    }
    return { intents, state: { turns: state.turns + 1 } }
  }
})

const purse = { usd: 200n * ONE }
const small = { lot: 10n * ONE, limit: 1 }
/** Parts of 42 hours: who buys in the third sees the price rise before the fourth. A day is too short for a bandit to see it. */
const bandit = { ...small, slots: 4 }
const learner = { ...small, slots: 7 }

const harbour = Scenario.make("harbour", {
  horizon: "4 weeks",
  block: { every: "1 hour" },
  params: {},
  *setup({ deploy, send, deployer }) {
    const token = yield* deploy("DataToken", ["Fish", "FISH"])
    const usd = yield* deploy("DataToken", ["Dollar", "USD"])
    const router = yield* deploy("PairRouter", [])
    const pair = yield* deploy("ConstantProductPair", [token.address, usd.address])
    yield* send(token.tx.mint(deployer, 10_000n * ONE))
    yield* send(usd.tx.mint(deployer, 10_000n * ONE))
    yield* send(token.tx.transfer(pair.address, 1000n * ONE))
    yield* send(usd.tx.transfer(pair.address, 1000n * ONE))
    yield* send(pair.tx.mint(deployer))
    return { token, usd, router, pair }
  },
  populations: () => ({
    tides: Population.of(tide, { count: 1, holds: { token: 1000n * ONE, usd: 1000n * ONE } }),
    bandits: Population.of(banditTrader, { count: 1, traits: bandit, holds: purse }),
    qTraders: Population.of(qTrader, { count: 1, traits: learner, holds: purse })
  }),
  numeraire: () => ({
    name: "USD",
    ether: 0n,
    tokens: {
      usd: ONE,
      token: {
        *market({ world }) {
          const [reserve0, reserve1] = yield* world.pair.read.getReserves()
          const first = (yield* world.pair.read.token0()) === world.token.address
          return { token: first ? reserve0 : reserve1, numeraire: first ? reserve1 : reserve0, feeBps: 30n }
        }
      }
    }
  }),
  metrics: { supply: { unit: "tokens", every: "1 week", sample: ({ world }) => world.token.read.totalSupply() } }
})

const track: Track = {
  scenario: harbour,
  arm: "baseline",
  chain: "revm",
  artifacts: ArtifactStore.open(new URL("../..", import.meta.url).pathname)
}

describe("the learning traders", () => {
  it("beat no trade and zero intelligence where the price swings, by buying low and selling high", async () => {
    const seeds = (from: number, length: number): readonly number[] => Array.from({ length }, (_, at) => from + at)
    const learnt = await learning(track, { training: seeds(100, 25), heldOut: seeds(1, 4) })
    expect(learnt.map(({ behaviour, learns }) => [behaviour, learns])).toEqual([
      ["bandit-trader", true],
      ["q-trader", true]
    ])
    for (const { profit } of learnt) {
      // A lot bought at about 0.83 and sold at about 1, four times, of which fees leave more than three quarters.
      expect(profit.mean).toBeGreaterThan(4 * 10 * 0.17 * 0.75)
    }
  }, 120_000)

  it("stay as they are when they are frozen, and earn nothing when they hold", async () => {
    for (const [population, slots] of [
      ["bandits", 4],
      ["qTraders", 7]
    ] as const) {
      const subject = { population, place: 0 }
      const values = Array.from({ length: slots * 3 * 2 * ACTIONS }, (_, at) => (at * 7919) % 13)
      const state: DeskState = { ...emptyDesk({ slots, limit: 1 }), values }
      const traits = { epsilon: 0, learns: false }
      const ends = async (different: Different): Promise<Finish & { readonly state: DeskState }> => {
        const leg = { kind: "", variant: { subject, different }, subjects: [subject] }
        const [finish] = await race(track, leg, { seed: 1 })
        return finish as Finish & { readonly state: DeskState }
      }
      const end = await ends({ traits, state })
      expect(end.state.values).toEqual(values)
      expect(end.state.trades).toBeGreaterThan(0)
      const idle = await ends({ traits: { policy: "holds", learns: false }, state })
      expect([idle.profit, idle.state.trades]).toEqual([0, 0])
      expect((await ends({ traits: { policy: "lot", learns: false } })).state.trades).toBeGreaterThan(5)
    }
  })
})

describe("the desk", () => {
  const desk = emptyDesk({ slots: 2, limit: 1 })

  it("has a cell for each action in each context, and takes along only what it learnt", () => {
    expect(desk.values.length).toBe(2 * 3 * 2 * ACTIONS)
    const used: DeskState = { ...desk, average: 2, base: { tokens: 1n, usd: 2n }, trades: 4, values: [1, 2, 3] }
    expect(carried(used)).toEqual({ ...desk, values: [1, 2, 3] })
  })

  it("takes the best affordable action, and holds where none is better", () => {
    expect(greedy([0, 0, 0, 5, 1, 9], { context: 1, actions: [0, 1, 2] })).toBe(2)
    expect(greedy([0, 0, 0, 5, 1, 9], { context: 1, actions: [0, 1] })).toBe(0)
    expect(greedy([0, 0, 0, 1, 1, 1], { context: 1, actions: [0, 1, 2] })).toBe(1)
    expect(greedy([0, 0, 0], { context: 0, actions: [0, 1, 2] })).toBe(1)
  })

  it("decides where parts of the week begin", () => {
    expect(untilNextSlot(0, 4)).toBe(WEEK / 4)
    expect(untilNextSlot(WEEK / 4, 4)).toBe(WEEK / 4)
    expect(untilNextSlot(WEEK - 1, 4)).toBe(1)
  })
})
