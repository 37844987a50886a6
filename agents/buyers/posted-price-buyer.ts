/** Wants one copy a day, and buys it at the posted price if that is no more than the copy is worth to it. */
import { amountOf, Behaviour, type Intent, wholeUnits } from "mesocosm"
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

export const postedPriceBuyer = Behaviour.make("posted-price-buyer", {
  needs: { usd: "IERC20", posted: "IPostedPrice" },
  traits: { ...PRICE_TAKER_TRAITS },
  deviations: PRICE_TAKER_DEVIATIONS,
  init: ({ traits, draw }: Beginning) => ({ ...newBuying(draw, traits.top), today: 0 }),
  wake: ({ state, now }) => until(state.day, state.want.first, 2, 21, now),
  *act({ world, traits, state, draw }) {
    const { value } = state.want
    const next = { ...nextDay(state, draw, traits.top), today: value }
    const intents: Intent[] = state.day === 0 ? [world.usd.tx.approve(world.posted.address, UNLIMITED)] : []
    const worth = amountOf(value * traits.upTo)
    const open = yield* world.posted.read.isOpen(0n)
    if (open && (yield* world.posted.read.priceOf(0n)) <= worth) intents.push(world.posted.tx.buy(0n, worth))
    return { intents, state: next }
  },
  settle: ({ state, receipts }) => {
    const sold = receipts.flatMap(({ events }) => events).find(({ event }) => event === "Sold")
    if (sold === undefined) return state
    const paid = wholeUnits(sold.args["paid"] as bigint)
    return { ...state, bought: state.bought + 1, value: state.value + state.today, paid: state.paid + paid }
  },
  gauges: BUYER_GAUGES,
  enjoys: ({ value }) => value
})
