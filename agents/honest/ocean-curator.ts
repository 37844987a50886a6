/** Stakes on data that it would buy itself: the first it looks at that cost no more than such data are worth. */
import { amountOf, Behaviour, type Intent, Trait, WEEK } from "mesocosm"
import { type Asset, claims, OCEAN, stakes } from "../parts/ocean.ts"

export const oceanCurator = Behaviour.make("ocean-curator", {
  needs: OCEAN,
  traits: {
    stake: Trait.constant(0n, { unit: "tokens" }),
    top: Trait.lognormal({ median: 150, sigma: 0.3, unit: "OCEAN per datatoken" }),
    hour: Trait.uniform({ low: 0.2, high: 0.9, unit: "share of a week" }),
    until: Trait.constant(25, { unit: "weeks" })
  },
  deviations: {
    "stakes nothing": { stake: 0n },
    "takes dear data for good": { top: 5000 },
    "leaves half-way": { until: 13 }
  },
  init: () => ({ week: 0, asset: null as Asset | null }),
  wake: ({ traits, state, now }) =>
    state.week > traits.until ? null : Math.max(1, Math.floor((state.week + traits.hour) * WEEK) - now),
  *act({ world, self, traits, state, draw }) {
    const look = draw.uniform()
    const next = { ...state, week: state.week + 1 }
    if (state.asset === null) {
      const ids = yield* world.exchange.read.getExchanges()
      for (let n = 0; n < ids.length; n++) {
        const exchange = ids[(Math.floor(look * ids.length) + n) % ids.length]
        if (exchange === undefined) continue
        const [, datatoken, , , , fixedRate] = yield* world.exchange.read.getExchange(exchange)
        if (fixedRate > amountOf(traits.top)) continue
        const asset = { datatoken, exchange }
        const intents = traits.stake > 0n ? yield* stakes(world, asset, traits.stake) : []
        return { intents, state: { ...next, asset } }
      }
      return { intents: [], state: next }
    }
    const intents: Intent[] = yield* claims(world, state.asset, self.address)
    if (state.week === traits.until && traits.stake > 0n) {
      intents.push(world.farm.tx.unstake(BigInt(state.asset.datatoken), traits.stake))
    }
    return { intents, state: next }
  }
})
