/** Sells one copy to each group of bidders each day, by sealed bids: opens at midnight, settles in the evening. */
import { amountOf, Behaviour, DAY, HOUR, type Intent, Trait } from "mesocosm"

export const auctioneer = Behaviour.make("auctioneer", {
  needs: { house: "ISealedBidAuction" },
  traits: {
    auctions: Trait.constant(1, { unit: "auctions per day" }),
    rule: Trait.oneOf(["second-price", "first-price"], { unit: "what the winner pays" }),
    reserve: Trait.constant(0, { unit: "numeraire" }),
    bond: Trait.constant(0n, { unit: "usd" })
  },
  deviations: { "a reserve of a half": { reserve: 0.5 }, "a reserve of nine tenths": { reserve: 0.9 } },
  init: () => ({ day: 0, open: false, days: 0 }),
  wake: ({ state, now }) => state.day * DAY + (state.open ? 18 * HOUR : 0) - now,
  *act({ world, self, traits, state }) {
    const { house } = world
    const intents: Intent[] = []
    if (!state.open) {
      const rule = traits.rule === "first-price" ? 0 : 1
      const reserve = amountOf(traits.reserve)
      for (let i = 0; i < traits.auctions; i++) {
        intents.push(house.tx.open(self.data(), rule, reserve, traits.bond, BigInt(8 * HOUR), BigInt(8 * HOUR)))
      }
      return { intents, state: { ...state, open: true } }
    }
    for (let i = 0; i < traits.auctions; i++) intents.push(house.tx.settle(BigInt(state.day * traits.auctions + i)))
    const due = state.day % 7 === 6 ? yield* house.read.creditOf(self.address) : 0n
    if (due > 0n) intents.push(house.tx.withdraw(self.address))
    return { intents, state: { day: state.day + 1, open: false, days: state.days + 1 } }
  },
  gauges: {
    days: (state) => state.days,
    /** It posts no price. */
    near: () => 0
  }
})
