/**
 * Stakes on data of its own that nobody wants, and buys them from itself: the price comes back, the fee does not,
 * and the farm pays for the volume. It washes while the week's multiplier exceeds the fee, or always.
 */
import { amountOf, Behaviour, DAY, type Intent, Trait, WEEK } from "mesocosm"
import { type Asset, asks, assetOf, claims, collects, consumes, OCEAN, stakes, UNLIMITED } from "../parts/ocean.ts"

export const washConsumer = Behaviour.make("wash-consumer", {
  needs: { ...OCEAN, router: "FactoryRouter" },
  traits: {
    /** What it asks of itself. */
    price: Trait.constant(2000, { unit: "OCEAN per datatoken" }),
    /** Times that. */
    scale: Trait.constant(1, { unit: "multiple of the price" }),
    stake: Trait.constant(0n, { unit: "tokens" }),
    /** 1: buys whether or not it pays. */
    always: Trait.constant(0, { unit: "yes or no" }),
    hour: Trait.uniform({ low: 0.05, high: 0.9, unit: "share of a day" }),
    until: Trait.constant(25, { unit: "weeks" })
  },
  deviations: {
    "washes always": { always: 1 },
    "washes for half": { scale: 0.5 },
    "washes for twice": { scale: 2 },
    "stops after two weeks": { until: 2 }
  },
  init: () => ({ day: 0, asset: null as Asset | null, orders: 0, volume: 0 }),
  wake: ({ traits, state, now }) =>
    state.day > traits.until * 7 + 1 ? null : Math.max(1, Math.floor((state.day + traits.hour) * DAY) - now),
  *act({ world, self, traits, state }) {
    const asset = state.asset ?? (yield* assetOf(world, self.address))
    const next = { ...state, day: state.day + 1, asset }
    const price = amountOf(traits.price * traits.scale)
    if (asset === null) return { intents: [], state: next }
    const intents: Intent[] = []
    if (state.day === 0) {
      intents.push(asks(world, asset, price), world.ocean.tx.approve(world.exchange.address, UNLIMITED))
    }
    if (state.day === 0 && traits.stake > 0n) intents.push(...(yield* stakes(world, asset, traits.stake)))
    intents.push(...(yield* collects(world, asset)))
    // A stake of this week counts from the next on, and what is bought in the last cannot be claimed.
    if (state.day * DAY >= WEEK && state.day < (traits.until - 1) * 7) {
      const fee = yield* world.router.read.getOPCFee(world.ocean.address)
      const pays = yield* world.farm.read.multiplier(yield* world.farm.read.currentWeek())
      if (traits.always === 1 || pays > fee) intents.push(...consumes(world, asset, self.address, price * 2n))
    }
    if (state.day % 7 === 1) intents.push(...(yield* claims(world, asset, self.address)))
    if (state.day === traits.until * 7 + 1 && traits.stake > 0n) {
      intents.push(world.farm.tx.unstake(BigInt(asset.datatoken), traits.stake))
    }
    return { intents, state: next }
  },
  settle: ({ state, receipts, traits }) => {
    const orders = receipts.filter(({ ok, intent }) => ok && intent.fn === "startOrder").length
    return { ...state, orders: state.orders + orders, volume: state.volume + orders * traits.price * traits.scale }
  },
  gauges: {
    orders: (state) => state.orders,
    /** Prices of what it bought from itself, OCEAN. */
    volume: (state) => state.volume
  }
})
