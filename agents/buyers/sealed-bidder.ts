/**
 * Wants one copy a day and bids for it in the sealed-bid auction of its group: commits in the morning, reveals in the
 * afternoon, looks at the outcome in the evening. It bids a share of what the copy is worth to it: all of it, which no
 * other bid beats at the second price (Vickrey 1961), or (n - 1) / n, the equilibrium among n at the first price.
 */
import { amountOf, Behaviour, type Hex, type Intent, Trait, wholeUnits } from "mesocosm"
import { type Beginning, BUYER_GAUGES, BUYER_TRAITS, newBuying, nextDay, until } from "./parts/wants.ts"

const UNLIMITED = 2n ** 255n

export const sealedBidder = Behaviour.make("sealed-bidder", {
  needs: { usd: "IERC20", house: "ISealedBidAuction" },
  traits: {
    ...BUYER_TRAITS,
    /** Of the value it bids. */
    bids: Trait.constant(1, { unit: "share of the value" }),
    group: Trait.constant(5, { unit: "bidders per auction" }),
    auctions: Trait.constant(1, { unit: "auctions per day" })
  },
  deviations: {
    "bids its value": { bids: 1 },
    "bids nine tenths of it": { bids: 0.9 },
    "bids seven tenths of it": { bids: 0.7 },
    "bids a fifth more than it": { bids: 1.2 }
  },
  init: ({ traits, draw }: Beginning) => ({
    ...newBuying(draw, traits.top),
    phase: "commit" as "commit" | "reveal" | "look",
    salt: "0x" as Hex,
    bid: 0n
  }),
  wake: ({ state, now }) => {
    const { day, want } = state
    if (state.phase === "commit") return until(day, want.first, 2, 7, now)
    return state.phase === "reveal" ? until(day, want.second, 9, 15, now) : until(day, 0, 21, 22, now)
  },
  *act({ world, self, traits, state, draw }) {
    const index = Number(self.id.slice(self.id.indexOf("/") + 1))
    const auction = BigInt(state.day * traits.auctions + Math.floor(index / traits.group))
    if (state.phase === "commit") {
      const bid = amountOf(state.want.value * traits.bids)
      const salt = self.data()
      const intents: Intent[] = state.day === 0 ? [world.usd.tx.approve(world.house.address, UNLIMITED)] : []
      const hidden = yield* world.house.read.commitmentOf(auction, self.address, bid, salt)
      if (bid > 0n) intents.push(world.house.tx.commit(auction, hidden))
      return { intents, state: { ...state, phase: "reveal" as const, salt, bid } }
    }
    if (state.phase === "reveal") {
      const intents = state.bid > 0n ? [world.house.tx.reveal(auction, state.bid, state.salt)] : []
      return { intents, state: { ...state, phase: "look" as const } }
    }
    const won = (yield* world.house.read.leaderOf(auction)) === self.address
    const price = won ? wholeUnits(yield* world.house.read.priceOf(auction)) : 0
    const next = { ...nextDay(state, draw, traits.top), phase: "commit" as const }
    const got = won
      ? { bought: state.bought + 1, value: state.value + state.want.value, paid: state.paid + price }
      : { bought: state.bought, value: state.value, paid: state.paid }
    // Bonds and lost bids are credited: once a week it asks for them.
    const asks = next.day % 7 === 0 && (yield* world.house.read.creditOf(self.address)) > 0n
    return { intents: asks ? [world.house.tx.withdraw(self.address)] : [], state: { ...next, ...got } }
  },
  gauges: BUYER_GAUGES,
  enjoys: ({ value }) => value
})
