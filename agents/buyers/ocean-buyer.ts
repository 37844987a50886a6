/** Wants data now and then: looks at a data set drawn from all, and buys one datatoken if it costs no more than it is worth. */
import { amountOf, Behaviour, type Intent, Trait, WEEK } from "mesocosm"
import { consumes, OCEAN, UNLIMITED } from "../parts/ocean.ts"

export const oceanBuyer = Behaviour.make("ocean-buyer", {
  needs: OCEAN,
  traits: {
    wants: Trait.lognormal({ median: 2, sigma: 0.3, unit: "times a week" }),
    value: Trait.lognormal({ median: 100, sigma: 0.6, unit: "OCEAN per datatoken" })
  },
  init: () => ({ begun: false, bought: 0 }),
  wake: ({ traits, draw }) => Math.ceil(draw.exponential(WEEK / traits.wants)),
  *act({ world, self, traits, state, draw }) {
    const look = draw.uniform()
    const worth = amountOf(traits.value * (0.5 + draw.uniform()))
    const intents: Intent[] = state.begun ? [] : [world.ocean.tx.approve(world.exchange.address, UNLIMITED)]
    const ids = yield* world.exchange.read.getExchanges()
    const exchange = ids[Math.floor(look * ids.length)]
    if (exchange !== undefined) {
      const [, datatoken, , , , fixedRate] = yield* world.exchange.read.getExchange(exchange)
      const most = (fixedRate * 102n) / 100n
      if (most <= worth) intents.push(...consumes(world, { datatoken, exchange }, self.address, most))
    }
    return { intents, state: { ...state, begun: true } }
  },
  settle: ({ state, receipts }) => ({
    ...state,
    bought: state.bought + receipts.filter(({ ok, intent }) => ok && intent.fn === "startOrder").length
  }),
  gauges: { bought: (state) => state.bought }
})
