/**
 * Wants one copy a day where a copy costs one token of a bonding curve: buys the token if it costs no more than the copy
 * is worth, and hands it to the publisher, who is the seller of offer 0, for the copy.
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

export const curveBuyer = Behaviour.make("curve-buyer", {
  needs: { usd: "IERC20", posted: "IPostedPrice", curve: "IBondingCurve" },
  traits: { ...PRICE_TAKER_TRAITS },
  deviations: PRICE_TAKER_DEVIATIONS,
  init: ({ traits, draw }: Beginning) => ({ ...newBuying(draw, traits.top), today: 0 }),
  wake: ({ state, now }) => until(state.day, state.want.first, 2, 21, now),
  *act({ world, traits, state, draw }) {
    const { value } = state.want
    const next = { ...nextDay(state, draw, traits.top), today: value }
    const intents: Intent[] = state.day === 0 ? [world.usd.tx.approve(world.curve.address, UNLIMITED)] : []
    const cost = yield* world.curve.read.depositFor(ONE)
    // Others may buy before it in the block: it pays what the token costs then, up to what the copy is worth.
    if (cost <= amountOf(value * traits.upTo)) {
      const publisher = yield* world.posted.read.sellerOf(0n)
      intents.push(world.curve.tx.buyExact(ONE, amountOf(value * traits.upTo)), world.curve.tx.transfer(publisher, ONE))
    }
    return { intents, state: next }
  },
  settle: ({ state, receipts }) => {
    const events = receipts.flatMap(({ ok, events }) => (ok ? events : []))
    const bought = events.find(({ event }) => event === "Bought")
    if (bought === undefined) return state
    const paid = wholeUnits(bought.args["deposit"] as bigint)
    return { ...state, bought: state.bought + 1, value: state.value + state.today, paid: state.paid + paid }
  },
  gauges: BUYER_GAUGES,
  enjoys: ({ value }) => value
})
