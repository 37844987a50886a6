/**
 * Collects one data set an edition, honestly, and lists it several times over, a little changed, each time under another
 * identity: where a pool pays for each contribution, a replica earns as much as what it replicates.
 */
import { amountOf, Behaviour, DAY, HOUR, type Intent, Trait, wholeUnits } from "mesocosm"
import { observed, phenomenonOf, SIGNALS } from "../parts/signals.ts"
import { closes, type Listing, listingOf, numbered, offers, PLACES, reclaims, registers } from "../parts/stall.ts"

export const replicator = Behaviour.make("replicator", {
  needs: PLACES,
  senses: ["phenomenon"],
  traits: {
    edition: Trait.constant(7_862_400, { unit: "seconds" }),
    base: Trait.constant(0.7, { unit: "probability" }),
    accuracy: Trait.uniform({ low: 0.75, high: 0.92, unit: "probability" }),
    cost: Trait.lognormal({ median: 400, sigma: 0.5, unit: "numeraire per edition" }),
    price: Trait.lognormal({ median: 40, sigma: 0.3, unit: "numeraire per sale" }),
    /** Data sets in its first edition, the original among them. */
    replicas: Trait.constant(2, { unit: "data sets per edition" }),
    most: Trait.constant(5, { unit: "data sets per edition" }),
    fidelity: Trait.constant(0.96, { unit: "probability" }),
    /** What a replica costs: a key, a change of format. */
    replicaCost: Trait.constant(5, { unit: "numeraire per replica" }),
    royaltyBps: Trait.constant(500, { unit: "basis points" }),
    stake: Trait.constant(0n, { unit: "numeraire" }),
    hour: Trait.uniform({ low: 0, high: 1, unit: "share of its time to collect" })
  },
  deviations: { "sells the original alone": { replicas: 1, most: 1 }, "always the most": { replicas: 5 } },
  init: ({ traits }) => ({
    edition: 0,
    phase: "collect" as "collect" | "offer" | "close",
    replicas: traits.replicas,
    used: 0,
    listings: [] as readonly Listing[],
    past: [] as readonly Listing[],
    originals: 0,
    sold: 0
  }),
  wake: ({ traits, state, now, blockEvery }) => {
    const begins = state.edition * traits.edition
    if (state.phase === "offer") return blockEvery
    if (state.phase === "close") return begins + traits.edition - 4 * DAY + Math.floor(traits.hour * DAY) - now
    return Math.max(HOUR, begins + HOUR + Math.floor(traits.hour * traits.edition * 0.08) - now)
  },
  *act({ world, self, traits, state, draw, environment, market, now, blockEvery }) {
    const terms = {
      price: amountOf(traits.price),
      duration: traits.edition,
      records: SIGNALS,
      royaltyBps: traits.royaltyBps,
      stake: traits.stake
    }
    if (state.phase === "collect") {
      const back = yield* reclaims(world, state.past, now)
      const intents: Intent[] = [...back.intents]
      const original = observed(phenomenonOf(environment.phenomenon, traits.base), traits.accuracy, draw)
      self.spend("collecting", amountOf(traits.cost))
      const listings: Listing[] = []
      for (let nth = 0; nth < state.replicas; nth++) {
        // The original is sold by its first identity; each replica by a fresh one.
        const signals = nth === 0 ? original : observed(original, traits.fidelity, draw)
        const listing = listingOf(self.identity(nth === 0 ? 0 : state.used + nth), self.data(), signals)
        listings.push(listing)
        if (nth > 0) {
          self.spend("replicas", amountOf(traits.replicaCost))
          if (traits.stake > 0n) intents.push(world.usd.tx.transfer(listing.as, traits.stake))
        }
        intents.push(registers(world, listing, terms, { fake: nth > 0, kind: nth > 0 ? "replica" : "honest" }))
      }
      const used = state.used + state.replicas - 1
      return { intents, state: { ...state, phase: "offer" as const, used, listings, past: back.left } }
    }
    if (state.phase === "offer") {
      const intents = state.listings.flatMap((listing) => offers(world, listing, terms))
      return { intents, state: { ...state, phase: "close" as const } }
    }
    let originals = 0
    let sold = 0
    const back = yield* reclaims(world, state.past, now)
    const intents: Intent[] = [...back.intents]
    // What the replicas alone brought.
    let extra = 0
    for (const [nth, listing] of state.listings.entries()) {
      const takings = yield* closes(world, listing)
      intents.push(...takings.intents)
      if (nth === 0) originals += takings.sold
      if (nth === 0) continue
      sold += takings.sold
      extra += wholeUnits(takings.sales) + wholeUnits(market.worth(takings.reward, world.token)) - traits.replicaCost
      if (listing.id !== null && (yield* world.stakes.read.isBarred(listing.id))) extra -= wholeUnits(traits.stake)
    }
    // With none it tries one more now and then.
    const step = state.listings.length > 1 ? (extra > 0 ? 1 : -1) : draw.bernoulli(0.3) ? 1 : 0
    return {
      intents,
      state: {
        ...state,
        edition: state.edition + 1,
        phase: "collect" as const,
        replicas: Math.max(1, Math.min(traits.most, state.replicas + step)),
        listings: [],
        past: [...back.left, ...state.listings.map((listing) => ({ ...listing, closedAt: now + blockEvery }))],
        originals: state.originals + originals,
        sold: state.sold + sold
      }
    }
  },
  settle: ({ state, receipts }) => ({ ...state, listings: numbered(state.listings, receipts) }),
  gauges: {
    /** Replicas beside the original, this edition. */
    replicas: (state) => Math.max(0, state.listings.length - 1),
    /** Sales of originals, and of replicas, in closed editions. */
    originals: (state) => state.originals,
    sold: (state) => state.sold
  }
})
