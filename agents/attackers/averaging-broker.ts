/**
 * Buys cheap noisy answers, averages them, and sells the mean as a better one: for each order of an answer of variance
 * one, m answers of variance m. It offers only what pays: a price below the seller's and above what m answers cost.
 */
import { Behaviour, type Intent, ONE, Trait, WEEK } from "mesocosm"

const UNLIMITED = 2n ** 255n

export const averagingBroker = Behaviour.make("averaging-broker", {
  needs: { usd: "IERC20", posted: "IPostedPrice", noise: "INoisePricing" },
  watches: { posted: ["Sold"] },
  traits: {
    copies: Trait.constant(4, { unit: "answers averaged" }),
    /** What it asks of what the seller asks. */
    asks: Trait.constant(0.9, { unit: "share of the seller's price" }),
    /** Whether it offers even at a loss. */
    stubborn: Trait.constant(false, { unit: "whether it trades at a loss" })
  },
  deviations: {
    "averages two": { copies: 2 },
    "averages eight": { copies: 8 },
    "asks a fifth less": { asks: 0.72 },
    "trades at a loss": { stubborn: true }
  },
  init: () => ({ week: 0, orders: 0, squares: 0 }),
  wake: ({ state, now }) => (state.week === 0 ? 0 : Math.max(0, state.week * WEEK - now)),
  *act({ world, self, traits, state, draw, events }) {
    const { usd, posted, noise } = world
    const copies = BigInt(traits.copies)
    if (state.week === 0) {
      const one = yield* noise.read.priceOf(ONE)
      const parts = copies * (yield* noise.read.priceOf(copies * ONE))
      const asked = (one * BigInt(Math.round(traits.asks * 1e6))) / 1_000_000n
      const intents: Intent[] = [usd.tx.approve(noise.address, UNLIMITED)]
      if (asked > parts || traits.stubborn) intents.push(posted.tx.list(self.data(), asked, self.address))
      return { intents, state: { ...state, week: 1 } }
    }
    const intents: Intent[] = []
    let { squares } = state
    for (const _ of events) {
      let sum = 0
      for (let i = 0; i < traits.copies; i++) {
        intents.push(noise.tx.buy(copies * ONE, UNLIMITED))
        sum += draw.normal({ mean: 0, sd: Math.sqrt(traits.copies) })
      }
      squares += (sum / traits.copies) * (sum / traits.copies)
    }
    if (events.length > 0) return { intents, state: { ...state, orders: state.orders + events.length, squares } }
    const due = yield* posted.read.creditOf(self.address)
    if (due > 0n) intents.push(posted.tx.withdraw(self.address))
    return { intents, state: { ...state, week: state.week + 1 } }
  },
  gauges: {
    orders: (state) => state.orders,
    /** Sum of the squared errors of the answers it sold. */
    squares: (state) => state.squares
  }
})
