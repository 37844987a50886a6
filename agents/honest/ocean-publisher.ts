/** Prices its data set on Ocean's contracts, stakes on it, and once a week fetches sales and rewards. */
import { amountOf, Behaviour, type Intent, Trait, WEEK } from "mesocosm"
import { type Asset, asks, assetOf, claims, collects, OCEAN, stakes } from "../parts/ocean.ts"

export const oceanPublisher = Behaviour.make("ocean-publisher", {
  needs: OCEAN,
  traits: {
    price: Trait.lognormal({ median: 50, sigma: 0.5, unit: "OCEAN per datatoken" }),
    /** Times that it asks. */
    scale: Trait.constant(1, { unit: "multiple of the price" }),
    stake: Trait.constant(0n, { unit: "tokens" }),
    hour: Trait.uniform({ low: 0.05, high: 0.5, unit: "share of a week" }),
    /** The week, from the beginning of the run, in which it takes its stake back. */
    until: Trait.constant(25, { unit: "weeks" })
  },
  deviations: { "asks half": { scale: 0.5 }, "asks twice": { scale: 2 }, "stakes nothing": { stake: 0n } },
  init: () => ({ turn: 0, asset: null as Asset | null }),
  wake: ({ traits, state, now }) => {
    if (state.turn > traits.until + 1) return null
    if (state.turn === 0) return Math.floor(traits.hour * 0.1 * WEEK)
    return Math.max(1, Math.floor((state.turn - 1 + traits.hour) * WEEK) - now)
  },
  *act({ world, self, traits, state }) {
    const asset = state.asset ?? (yield* assetOf(world, self.address))
    const next = { turn: state.turn + 1, asset }
    if (asset === null) return { intents: [], state: next }
    const intents: Intent[] = []
    if (state.turn === 0) {
      intents.push(asks(world, asset, amountOf(traits.price * traits.scale)))
      if (traits.stake > 0n) intents.push(...(yield* stakes(world, asset, traits.stake)))
      return { intents, state: next }
    }
    intents.push(...(yield* collects(world, asset)), ...(yield* claims(world, asset, self.address)))
    if (state.turn === traits.until + 1 && traits.stake > 0n) {
      intents.push(world.farm.tx.unstake(BigInt(asset.datatoken), traits.stake))
    }
    return { intents, state: next }
  }
})
