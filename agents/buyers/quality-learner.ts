/**
 * Buys data for its own use, and learns from use whom to buy from. It looks at a few offers, buys where what it expects
 * of the seller is worth more than the price, and sees afterwards, in some of the signals, whether they came true. What
 * it finds with sellers it did not know is what it expects of the next one that it does not know.
 *
 * It reads the content of what it has bought and of nothing else.
 */
import { Behaviour, DAY, type Hex, type Intent, Trait, wholeUnits } from "mesocosm"
import { distance, hexOf, informedness, phenomenonOf, signalsOf, someOf } from "../parts/signals.ts"

const UNLIMITED = 2n ** 255n

/** What it knows of a seller: how often it bought there, and the sum of what it found. */
interface Known {
  readonly bought: number
  readonly sum: number
}

/** A purchase that it has not used yet. */
interface Purchase {
  readonly id: bigint
  readonly seller: string
  /** What was so when it bought. */
  readonly seed: number
}

export const qualityLearner = Behaviour.make("quality-learner", {
  needs: { registry: "IDataSetRegistry", market: "IDataMarket", usd: "IERC20" },
  senses: ["phenomenon"],
  traits: {
    base: Trait.constant(0.7, { unit: "probability" }),
    every: Trait.constant(28 * DAY, { unit: "seconds" }),
    hour: Trait.uniform({ low: 0, high: 1, unit: "share of every" }),
    /** What data that call every signal rightly are worth to it. */
    value: Trait.lognormal({ median: 100, sigma: 0.6, unit: "numeraire per data set" }),
    /** What the next data set of an edition is worth, beside the one before. */
    saturation: Trait.constant(0.8, { unit: "multiple" }),
    /** What it has for data. */
    budget: Trait.lognormal({ median: 250, sigma: 0.5, unit: "numeraire per edition" }),
    looks: Trait.constant(5, { unit: "offers per visit" }),
    most: Trait.constant(2, { unit: "purchases per visit" }),
    /** What it expects of sellers before it has bought anything, and for how many purchases that counts. */
    trust: Trait.constant(0.5, { unit: "informedness" }),
    weight: Trait.constant(3, { unit: "purchases" }),
    /** It sees a share of 1 / 2^halvings of the signals come true. */
    halvings: Trait.constant(2, { unit: "halvings" }),
    /** Two data sets that differ in fewer signals are the same to it. */
    same: Trait.constant(26, { unit: "signals" })
  },
  deviations: {
    "buys nothing": { most: 0 },
    "trusts no stranger": { trust: 0 },
    "takes strangers for perfect": { trust: 1 },
    "forgets whom it knows": { weight: 1e6 },
    "looks at twice as many": { looks: 10 },
    "buys one at a time": { most: 1 }
  },
  init: () => ({
    visits: 0,
    seed: 0,
    /** Data sets registered before this edition. */
    from: 0,
    known: 0,
    sellers: {} as { readonly [seller: string]: Known },
    strangers: { bought: 0, sum: 0 } as Known,
    pending: [] as readonly Purchase[],
    /** Contents it holds of this edition. */
    held: [] as readonly Hex[],
    spent: 0,
    /** All it got out of data, and all it paid, in the numeraire. */
    value: 0,
    paid: 0,
    bought: 0,
    active: false
  }),
  wake: ({ traits, state, now }) =>
    Math.max(1, state.visits * traits.every + Math.floor(traits.hour * traits.every) - now),
  *act({ world, traits, state, draw, environment }) {
    let { sellers, strangers, held, value } = state
    const { seed } = state
    for (const purchase of state.pending) {
      const content = signalsOf((yield* world.registry.read.dataSet(purchase.id)).locator)
      const is = phenomenonOf(purchase.seed, traits.base)
      const among = someOf(traits.halvings, draw)
      const twice = held.some((other) => distance(signalsOf(other), content) < traits.same)
      // What it has already is of no use to it, whoever had it first.
      const found = twice ? 0 : Math.max(0, informedness(content, is, among))
      const worth = traits.value * power(traits.saturation, held.length)
      if (!twice) {
        value += worth * Math.max(0, informedness(content, is))
        held = [...held, hexOf(content)]
      }
      const before = sellers[purchase.seller]
      if (before === undefined) strangers = { bought: strangers.bought + 1, sum: strangers.sum + found }
      sellers = {
        ...sellers,
        [purchase.seller]: { bought: (before?.bought ?? 0) + 1, sum: (before?.sum ?? 0) + found }
      }
    }
    const count = Number(yield* world.registry.read.dataSets())
    const fresh = environment.phenomenon !== seed
    const from = fresh ? state.known : state.from
    if (fresh) held = []
    let spent = fresh ? 0 : state.spent
    const stranger = (traits.trust * traits.weight + strangers.sum) / (traits.weight + strangers.bought)
    const offers: { id: bigint; seller: string; total: bigint; gain: number }[] = []
    for (let look = 0; look < traits.looks; look++) {
      const whim = draw.uniform()
      if (count <= from) continue
      const id = BigInt(from + Math.floor(whim * (count - from)))
      if (offers.some((offer) => offer.id === id)) continue
      const { seller } = yield* world.market.read.offerOf(id)
      const [total] = yield* world.market.read.quote(id)
      if (total === 0n) continue
      const known = sellers[seller]
      const expects =
        known === undefined ? stranger : (stranger * traits.weight + known.sum) / (traits.weight + known.bought)
      offers.push({ id, seller, total, gain: traits.value * expects * power(traits.saturation, held.length) })
    }
    offers.sort((one, other) => other.gain - wholeUnits(other.total) - (one.gain - wholeUnits(one.total)))
    const pending: Purchase[] = []
    const intents: Intent[] = state.visits === 0 ? [world.usd.tx.approve(world.market.address, UNLIMITED)] : []
    for (const { id, seller, total, gain } of offers) {
      const cost = wholeUnits(total)
      const now = gain * power(traits.saturation, pending.length)
      if (pending.length >= traits.most || now <= cost || spent + cost > traits.budget) continue
      intents.push(world.market.tx.buy(id, total))
      pending.push({ id, seller, seed: environment.phenomenon })
      spent += cost
    }
    return {
      intents,
      state: {
        ...state,
        visits: state.visits + 1,
        seed: environment.phenomenon,
        from,
        known: count,
        sellers,
        strangers,
        pending,
        held,
        spent,
        value,
        active: pending.length > 0
      }
    }
  },
  settle: ({ state, receipts }) => {
    const bought = receipts.filter(({ ok, intent }) => ok && intent.fn === "buy")
    const ids = new Set(bought.map(({ intent }) => intent.args[0]))
    const paid = bought
      .flatMap(({ events }) => events)
      .filter(({ event }) => event === "Sold")
      .reduce((sum, { args }) => sum + wholeUnits((args["price"] as bigint) + (args["buyerFee"] as bigint)), 0)
    return {
      ...state,
      pending: state.pending.filter(({ id }) => ids.has(id)),
      bought: state.bought + bought.length,
      paid: state.paid + paid
    }
  },
  gauges: {
    /** What data were worth to it so far, in the numeraire. */
    value: (state) => state.value,
    paid: (state) => state.paid,
    bought: (state) => state.bought,
    /** Whether it bought at its last visit. */
    active: (state) => (state.active ? 1 : 0),
    /** What it expects of a seller that it does not know. */
    trust: (state) => (state.strangers.bought === 0 ? 0 : state.strangers.sum / state.strangers.bought)
  },
  enjoys: ({ value }) => value
})

function power(base: number, times: number): number {
  let product = 1
  for (let nth = 0; nth < times; nth++) product *= base
  return product
}
