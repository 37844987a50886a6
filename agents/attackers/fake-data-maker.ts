/**
 * Sells data sets that it never collected, each edition under fresh identities, so that no reputation follows it:
 * constant, noise, noise that matches the frequencies, or a slightly changed copy of one that it bought. It says it has
 * more records than it has. More of them while they pay, fewer when they do not.
 */
import { amountOf, Behaviour, DAY, HOUR, type Intent, Trait, wholeUnits } from "mesocosm"
import { guessed, observed, SIGNALS, type Signals, signalsOf } from "../parts/signals.ts"
import { closes, type Listing, listingOf, numbered, offers, PLACES, reclaims, registers } from "../parts/stall.ts"

const UNLIMITED = 2n ** 255n

export const fakeDataMaker = Behaviour.make("fake-data-maker", {
  needs: PLACES,
  traits: {
    kind: Trait.oneOf(["constant", "noise", "marginals", "copy"], { unit: "kind of fake" }),
    edition: Trait.constant(7_862_400, { unit: "seconds" }),
    /** How often a signal is so in the end: what `marginals` matches. */
    base: Trait.constant(0.7, { unit: "probability" }),
    /** What making one fake costs. */
    cost: Trait.constant(5, { unit: "numeraire per data set" }),
    price: Trait.lognormal({ median: 30, sigma: 0.3, unit: "numeraire per sale" }),
    /** Data sets in its first edition. */
    sets: Trait.constant(2, { unit: "data sets per edition" }),
    most: Trait.constant(4, { unit: "data sets per edition" }),
    /** Says it has so many times the records it has. */
    claims: Trait.constant(4, { unit: "multiple" }),
    /** Which signals of a copy it keeps. */
    fidelity: Trait.constant(0.96, { unit: "probability" }),
    /** Editions it stays out once it makes nothing. */
    rest: Trait.constant(2, { unit: "editions" }),
    royaltyBps: Trait.constant(500, { unit: "basis points" }),
    stake: Trait.constant(0n, { unit: "numeraire" }),
    hour: Trait.uniform({ low: 0, high: 1, unit: "share of its time to make" })
  },
  deviations: {
    "claims no more than it has": { claims: 1 },
    "one data set": { most: 1 },
    "stays away": { most: 0 }
  },
  init: ({ traits }) => ({
    edition: 0,
    phase: "buy" as "buy" | "make" | "offer" | "close",
    sets: Math.min(traits.sets, traits.most),
    resting: 0,
    /** Identities used so far. */
    used: 0,
    /** The data set it bought to copy. */
    model: null as bigint | null,
    listings: [] as readonly Listing[],
    past: [] as readonly Listing[],
    sold: 0
  }),
  wake: ({ traits, state, now, blockEvery }) => {
    const begins = state.edition * traits.edition
    if (state.phase === "make" || state.phase === "offer") return blockEvery
    if (state.phase === "close") return begins + traits.edition - 4 * DAY + Math.floor(traits.hour * DAY) - now
    // After the honest have listed: there is something to copy.
    return Math.max(HOUR, begins + Math.floor((0.1 + traits.hour * 0.05) * traits.edition) - now)
  },
  *act({ world, self, traits, state, draw, market, now, blockEvery }) {
    const terms = {
      price: amountOf(traits.price),
      duration: traits.edition,
      records: SIGNALS * traits.claims,
      royaltyBps: traits.royaltyBps,
      stake: traits.stake
    }
    if (state.phase === "buy") {
      const back = yield* reclaims(world, state.past, now)
      const intents: Intent[] = [...back.intents]
      const known = Number(yield* world.registry.read.dataSets())
      // One of the last twenty registered.
      const model = known === 0 ? null : BigInt(Math.max(0, known - 1 - draw.integer(0, 19)))
      if (traits.kind !== "copy" || state.sets === 0 || model === null) {
        return { intents, state: { ...state, past: back.left, model: null, phase: "make" as const } }
      }
      intents.push(world.usd.tx.approve(world.market.address, UNLIMITED), world.market.tx.buy(model, UNLIMITED))
      return { intents, state: { ...state, past: back.left, model, phase: "make" as const } }
    }
    if (state.phase === "make") {
      const listings: Listing[] = []
      const intents: Intent[] = []
      const bought = state.model === null ? null : signalsOf((yield* world.registry.read.dataSet(state.model)).locator)
      for (let nth = 0; nth < state.sets; nth++) {
        const signals = faked(bought)
        const listing = listingOf(self.identity(state.used + nth + 1), self.data(), signals)
        if (traits.kind === "copy" && bought === null) continue
        listings.push(listing)
        if (traits.stake > 0n) intents.push(world.usd.tx.transfer(listing.as, traits.stake))
        intents.push(registers(world, listing, terms, { fake: true, kind: traits.kind }))
        self.spend("faking", amountOf(traits.cost))
      }
      return { intents, state: { ...state, used: state.used + state.sets, listings, phase: "offer" as const } }
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
      // A stake that is not there any more was lost.
      if (listing.id !== null && (yield* world.stakes.read.isBarred(listing.id))) earned -= wholeUnits(traits.stake)
      sold += takings.sold
    }
    const pays = earned > traits.cost * state.listings.length
    const resting = state.sets > 0 ? 0 : state.resting + 1
    const again = state.sets === 0 && resting >= traits.rest ? 1 : 0
    const sets = Math.min(traits.most, state.sets === 0 ? again : pays ? state.sets + 1 : state.sets - 1)
    return {
      intents,
      state: {
        ...state,
        edition: state.edition + 1,
        phase: "buy" as const,
        sets,
        resting,
        listings: [],
        past: [...back.left, ...state.listings.map((listing) => ({ ...listing, closedAt: now + blockEvery }))],
        sold: state.sold + sold
      }
    }

    function faked(model: Signals | null): Signals {
      if (traits.kind === "copy" && model !== null) return observed(model, traits.fidelity, draw)
      if (traits.kind === "noise") return guessed(0.5, draw)
      return guessed(traits.kind === "constant" ? 1 : traits.base, draw)
    }
  },
  settle: ({ state, receipts }) => {
    // Without the purchase there is nothing to copy.
    const refused = receipts.some(({ ok, intent }) => intent.fn === "buy" && !ok)
    return { ...state, model: refused ? null : state.model, listings: numbered(state.listings, receipts) }
  },
  gauges: {
    /** Data sets it makes this edition. */
    sets: (state) => state.listings.length,
    /** Sales of closed editions. */
    sold: (state) => state.sold
  }
})
