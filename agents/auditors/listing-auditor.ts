/**
 * Lives on rewards for challenges: buys data sets it has not seen, as long as what it expects to win pays for them,
 * tries them against what it can observe itself, compares them with what it has seen before, and challenges what
 * informs nobody or what is somebody else's. Fetches what it won when it comes next.
 */
import { Behaviour, DAY, type Hex, type Intent, Trait, wholeUnits } from "mesocosm"
import { distance, informedness, phenomenonOf, signalsOf, someOf } from "../parts/signals.ts"

const UNLIMITED = 2n ** 255n

/** A data set it has seen in this edition. */
interface Seen {
  readonly id: bigint
  readonly locator: Hex
}

export const listingAuditor = Behaviour.make("listing-auditor", {
  needs: { registry: "IDataSetRegistry", stakes: "IListingStake", market: "IDataMarket", usd: "IERC20" },
  senses: ["phenomenon"],
  traits: {
    base: Trait.constant(0.7, { unit: "probability" }),
    every: Trait.constant(7 * DAY, { unit: "seconds" }),
    hour: Trait.uniform({ low: 0, high: 1, unit: "share of every" }),
    /** Challenges what it finds less informative. */
    threshold: Trait.constant(0.25, { unit: "informedness" }),
    /** It observes a share of 1 / 2^halvings of the signals itself. */
    halvings: Trait.constant(2, { unit: "halvings" }),
    same: Trait.constant(26, { unit: "signals" }),
    /** What an upheld challenge earns it; a data set it buys must be likely enough to be fake. */
    reward: Trait.constant(0n, { unit: "numeraire per challenge" }),
    /** How likely it takes that to be, before it has seen any; counts as four. */
    suspicion: Trait.constant(0.3, { unit: "probability" }),
    tries: Trait.constant(4, { unit: "offers per visit" })
  },
  deviations: {
    "looks at nothing": { tries: 0 },
    "challenges the worst alone": { threshold: 0.1 },
    "challenges the doubtful too": { threshold: 0.4 },
    "takes fewer for fake at first": { suspicion: 0.15 },
    "comes half as often": { every: 14 * DAY }
  },
  init: () => ({
    visits: 0,
    seed: 0,
    from: 0,
    known: 0,
    seen: [] as readonly Seen[],
    pending: null as bigint | null,
    checked: 0,
    found: 0,
    challenged: 0
  }),
  wake: ({ traits, state, now }) =>
    Math.max(1, state.visits * traits.every + Math.floor(traits.hour * traits.every) - now),
  *act({ world, self, traits, state, draw, environment }) {
    const count = Number(yield* world.registry.read.dataSets())
    const fresh = environment.phenomenon !== state.seed
    const from = fresh ? state.known : state.from
    let { seen, checked, found, challenged } = state
    const intents: Intent[] =
      state.visits === 0
        ? [world.usd.tx.approve(world.market.address, UNLIMITED), world.usd.tx.approve(world.stakes.address, UNLIMITED)]
        : []
    // Bonds that came back, and what was won.
    if ((yield* world.stakes.read.owedTo(self.address)) > 0n) intents.push(world.stakes.tx.withdraw())
    const among = someOf(traits.halvings, draw)
    if (state.pending !== null) {
      const id = state.pending
      const { locator } = yield* world.registry.read.dataSet(id)
      const content = signalsOf(locator)
      const original = seen.find((other) => other.id < id && distance(signalsOf(other.locator), content) < traits.same)
      const informs = informedness(content, phenomenonOf(state.seed, traits.base), among)
      checked += 1
      if (original !== undefined || informs < traits.threshold) {
        found += 1
        challenged += 1
        // The evidence: the number of the original plus one, or nothing where nothing is informed.
        const reason: Hex = `0x${(original === undefined ? 0n : original.id + 1n).toString(16).padStart(64, "0")}`
        intents.push(world.stakes.tx.challenge(id, reason))
      }
      seen = [...seen, { id, locator }]
    }
    if (fresh) seen = []
    const likely = (traits.suspicion * 4 + found) / (4 + checked)
    let pending: bigint | null = null
    for (let nth = 0; nth < traits.tries; nth++) {
      const whim = draw.uniform()
      if (pending !== null || count <= from || traits.reward === 0n) continue
      const id = BigInt(from + Math.floor(whim * (count - from)))
      if (seen.some((other) => other.id === id)) continue
      const [total] = yield* world.market.read.quote(id)
      if (total === 0n || likely * wholeUnits(traits.reward) < wholeUnits(total)) continue
      pending = id
      intents.push(world.market.tx.buy(id, total))
    }
    return {
      intents,
      state: {
        visits: state.visits + 1,
        seed: environment.phenomenon,
        from,
        known: count,
        seen,
        pending,
        checked,
        found,
        challenged
      }
    }
  },
  settle: ({ state, receipts }) => {
    const refused = receipts.some(({ ok, intent }) => intent.fn === "buy" && !ok)
    return { ...state, pending: refused ? null : state.pending }
  },
  gauges: {
    checked: (state) => state.checked,
    challenged: (state) => state.challenged
  }
})
