/**
 * Goes and looks, once an edition, and sells what it saw: registers the data set, stakes for it, offers it and
 * contributes it to the reward pool. Raises its price when many bought and lowers it when few did, never below what it
 * wants for a sale; gives up for good when editions keep bringing less than it wants to earn.
 */
import { amountOf, Behaviour, DAY, HOUR, type Intent, Trait, wholeUnits } from "mesocosm"
import { observed, phenomenonOf, SIGNALS } from "../parts/signals.ts"
import { closes, type Listing, listingOf, numbered, offers, PLACES, reclaims, registers } from "../parts/stall.ts"

export const dataSeller = Behaviour.make("data-seller", {
  needs: PLACES,
  senses: ["phenomenon"],
  traits: {
    /** How long what it sees stays so. */
    edition: Trait.constant(7_862_400, { unit: "seconds" }),
    /** How often a signal is so in the end. */
    base: Trait.constant(0.7, { unit: "probability" }),
    accuracy: Trait.uniform({ low: 0.75, high: 0.92, unit: "probability" }),
    /** What collecting an edition costs it. */
    cost: Trait.lognormal({ median: 400, sigma: 0.5, unit: "numeraire per edition" }),
    /** The least it sells a copy for. */
    reservation: Trait.lognormal({ median: 10, sigma: 0.3, unit: "numeraire per sale" }),
    /** Its first price. */
    price: Trait.lognormal({ median: 40, sigma: 0.3, unit: "numeraire per sale" }),
    /** Times that it opens at. */
    opens: Trait.constant(1, { unit: "multiple of its first price" }),
    /** From so many sales on it raises its price. */
    target: Trait.constant(12, { unit: "sales per edition" }),
    step: Trait.constant(0.15, { unit: "share of the price" }),
    royaltyBps: Trait.constant(500, { unit: "basis points" }),
    stake: Trait.constant(0n, { unit: "numeraire" }),
    patience: Trait.constant(2, { unit: "editions at a loss" }),
    hour: Trait.uniform({ low: 0, high: 1, unit: "share of its time to collect" })
  },
  deviations: {
    "opens a fifth dearer": { opens: 1.2 },
    "opens a fifth cheaper": { opens: 0.8 },
    "never changes its price": { step: 0 },
    "leaves after the first edition": { patience: 0 },
    "gives up at the first loss": { patience: 1 },
    "never gives up": { patience: 1e6 }
  },
  init: ({ traits }) => ({
    edition: 0,
    phase: "collect" as "collect" | "offer" | "close",
    price: traits.price * traits.opens,
    listings: [] as readonly Listing[],
    /** Those of the edition before, whose stakes are still out. */
    past: [] as readonly Listing[],
    below: 0,
    sold: 0,
    left: false
  }),
  wake: ({ traits, state, now, blockEvery }) => {
    if (state.left && state.past.length === 0) return null
    const begins = state.edition * traits.edition
    if (state.phase === "offer") return blockEvery
    if (state.phase === "close") return begins + traits.edition - 4 * DAY + Math.floor(traits.hour * DAY) - now
    return Math.max(HOUR, begins + HOUR + Math.floor(traits.hour * traits.edition * 0.08) - now)
  },
  *act({ world, self, traits, state, draw, environment, market, now, blockEvery }) {
    const terms = {
      price: amountOf(state.price),
      duration: traits.edition,
      records: SIGNALS,
      royaltyBps: traits.royaltyBps,
      stake: traits.stake
    }
    if (state.phase === "collect") {
      const back = yield* reclaims(world, state.past, now)
      const intents: Intent[] = [...back.intents]
      const seen = observed(phenomenonOf(environment.phenomenon, traits.base), traits.accuracy, draw)
      const listing = listingOf(self.address, self.data(), seen)
      if (state.left) return { intents, state: { ...state, past: back.left } }
      self.spend("collecting", amountOf(traits.cost))
      intents.push(registers(world, listing, terms, { fake: false, kind: "honest" }))
      return { intents, state: { ...state, phase: "offer" as const, listings: [listing], past: back.left } }
    }
    if (state.phase === "offer") {
      const intents = state.listings.flatMap((listing) => offers(world, listing, terms))
      return { intents, state: { ...state, phase: "close" as const } }
    }
    let earned = 0
    let sold = 0
    const back = yield* reclaims(world, state.past, now)
    const intents: Intent[] = [...back.intents]
    for (const listing of state.listings) {
      const takings = yield* closes(world, listing)
      intents.push(...takings.intents)
      earned += wholeUnits(takings.sales) + wholeUnits(market.worth(takings.reward, world.token))
      sold += takings.sold
    }
    const below = earned < traits.cost ? state.below + 1 : 0
    const price =
      sold >= traits.target
        ? state.price * (1 + traits.step)
        : Math.max(traits.reservation, state.price * (1 - traits.step))
    return {
      intents,
      state: {
        ...state,
        edition: state.edition + 1,
        phase: "collect" as const,
        price,
        listings: [],
        past: [...back.left, ...state.listings.map((listing) => ({ ...listing, closedAt: now + blockEvery }))],
        below,
        sold: state.sold + sold,
        left: below >= traits.patience
      }
    }
  },
  settle: ({ state, receipts }) => ({ ...state, listings: numbered(state.listings, receipts) }),
  gauges: {
    /** Sellers that have not given up. */
    inside: (state) => (state.left ? 0 : 1),
    /** Sales of closed editions. */
    sold: (state) => state.sold,
    price: (state) => (state.left ? 0 : state.price)
  }
})
