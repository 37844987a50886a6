/**
 * Wants one answer of noise with variance one a day: from the seller of noisy answers, or from whoever offers one for
 * less (offer 0 at a posted price), if that is no more than the answer is worth to it.
 */
import { amountOf, Behaviour, type Intent, ONE, wholeUnits } from "mesocosm"
import {
  type Beginning,
  BUYER_GAUGES,
  newBuying,
  nextDay,
  PRICE_TAKER_DEVIATIONS,
  PRICE_TAKER_TRAITS,
  until
} from "./parts/wants.ts"

const UNLIMITED = 2n ** 255n

export const noiseBuyer = Behaviour.make("noise-buyer", {
  needs: { usd: "IERC20", posted: "IPostedPrice", noise: "INoisePricing" },
  traits: { ...PRICE_TAKER_TRAITS },
  deviations: PRICE_TAKER_DEVIATIONS,
  init: ({ traits, draw }: Beginning) => ({ ...newBuying(draw, traits.top), today: 0 }),
  wake: ({ state, now }) => until(state.day, state.want.first, 2, 21, now),
  *act({ world, traits, state, draw }) {
    const { usd, posted, noise } = world
    const { value } = state.want
    const next = { ...nextDay(state, draw, traits.top), today: value }
    const intents: Intent[] =
      state.day === 0 ? [usd.tx.approve(noise.address, UNLIMITED), usd.tx.approve(posted.address, UNLIMITED)] : []
    const worth = amountOf(value * traits.upTo)
    const price = yield* noise.read.priceOf(ONE)
    const offered = (yield* posted.read.isOpen(0n)) ? yield* posted.read.priceOf(0n) : price
    if (offered < price && offered <= worth) intents.push(posted.tx.buy(0n, worth))
    else if (price <= worth) intents.push(noise.tx.buy(ONE, worth))
    return { intents, state: next }
  },
  settle: ({ state, receipts }) => {
    const events = receipts.flatMap(({ ok, events }) => (ok ? events : []))
    const got = events.find(({ event }) => event === "Sold" || event === "Answered")
    if (got === undefined) return state
    const paid = wholeUnits((got.args["paid"] ?? got.args["price"]) as bigint)
    return { ...state, bought: state.bought + 1, value: state.value + state.today, paid: state.paid + paid }
  },
  gauges: BUYER_GAUGES,
  enjoys: ({ value }) => value
})
