/** Wants data now and then: looks at a data set drawn from all, and buys one datatoken if it costs no more than it is worth. */
import { amountOf, Behaviour, type Intent, Trait, WEEK } from "mesocosm"
import { consumes, OCEAN, UNLIMITED } from "../parts/ocean.ts"

export const oceanBuyer = Behaviour.make("ocean-buyer", {
  needs: OCEAN,
  traits: {
    wants: Trait.lognormal({ median: 2, sigma: 0.3, unit: "times a week" }),
    value: Trait.lognormal({ median: 100, sigma: 0.6, unit: "OCEAN per datatoken" }),
    /** What it pays at most. */
    upTo: Trait.constant(1, { unit: "share of the worth" })
  },
  deviations: { "pays half the worth at most": { upTo: 0.5 }, "pays a fifth more than the worth": { upTo: 1.2 } },
  init: () => ({ begun: false, bought: 0, value: 0, looksAt: 0 }),
  wake: ({ traits, draw }) => Math.ceil(draw.exponential(WEEK / traits.wants)),
  *act({ world, self, traits, state, draw }) {
    const look = draw.uniform()
    const looksAt = traits.value * (0.5 + draw.uniform())
    const worth = amountOf(looksAt * traits.upTo)
    const intents: Intent[] = state.begun ? [] : [world.ocean.tx.approve(world.exchange.address, UNLIMITED)]
    const ids = yield* world.exchange.read.getExchanges()
    const exchange = ids[Math.floor(look * ids.length)]
    if (exchange !== undefined) {
      const [, datatoken, , , , fixedRate] = yield* world.exchange.read.getExchange(exchange)
      const most = (fixedRate * 102n) / 100n
      if (most <= worth) intents.push(...consumes(world, { datatoken, exchange }, self.address, most))
    }
    return { intents, state: { ...state, begun: true, looksAt } }
  },
  settle: ({ state, receipts }) => {
    const got = receipts.filter(({ ok, intent }) => ok && intent.fn === "startOrder").length
    return { ...state, bought: state.bought + got, value: state.value + got * state.looksAt }
  },
  gauges: {
    bought: (state) => state.bought,
    /** What data were worth to it so far, in OCEAN. */
    value: (state) => state.value
  },
  enjoys: ({ value }) => value
})
