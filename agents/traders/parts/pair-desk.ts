/**
 * What the learning traders share: how they see the pair, which actions they have, and what an action was worth.
 *
 * The state of the market they learn over is a context: the part of the week, the price against its moving average,
 * and the lots held. An action sells, holds or buys one lot, from none to a limit of lots; what is not affordable is
 * not offered. The reward of a decision is the change, until the next one, of what selling all it has beyond its
 * endowment would fetch, less the gas of the decision: summed over a run it is the ledger's profit.
 */
import { type Asking, type Contract, type Draw, type Intent, ONE, Trait, WEEK, wholeUnits } from "mesocosm"

/** The contracts a desk trades with. */
export const NEEDS = {
  token: "IERC20",
  usd: "IERC20",
  router: "IPairRouter",
  pair: "IConstantProductPair"
} as const

/** Traits of every desk; how often it decides is its own. */
export const DESK_TRAITS = {
  lot: Trait.constant(50_000n * ONE, { unit: "tokens" }),
  limit: Trait.constant(4, { unit: "lots beyond its endowment" }),
  /** A price this far from its moving average is low or high. */
  band: Trait.constant(0.05, { unit: "share" }),
  policy: Trait.oneOf(["learnt", "lot", "holds"], { unit: "how it chooses" }),
  epsilon: Trait.constant(0.5, { unit: "share of decisions by lot where it never was" }),
  learns: Trait.constant(true, { unit: "yes or no" })
} as const

/** How a desk is trained and judged. */
export const DESK_LEARNS = {
  frozen: { epsilon: 0, learns: false },
  against: {
    "no trade": { policy: "holds", learns: false },
    /** Gode and Sunder (1993): any action that its purse allows, with equal chance. */
    "zero intelligence": { policy: "lot", learns: false }
  }
} as const

/** Sell a lot, hold, buy a lot. */
export const ACTIONS = 3
const HOLD = 1

const UNLIMITED = 2n ** 255n

/** Levels of the price against its average: below the band, in it, above it. */
const LEVELS = 3

/** Weight of the latest price in the moving average. */
const RECENT = 0.125

/** What an agent holds, in base units. */
interface Holdings {
  readonly tokens: bigint
  readonly usd: bigint
}

/** What a desk keeps: plain data. Values and visits stand at context · ACTIONS + action. */
export interface DeskState {
  /** What each action is worth in each context, in the numeraire. */
  readonly values: readonly number[]
  /** How often each was tried. */
  readonly visits: readonly number[]
  /** Moving average of the price; 0 before the first look. */
  readonly average: number
  /** What it held at first; null before the first look. */
  readonly base: Holdings | null
  /** The decision whose reward is to come. */
  readonly last: { readonly cell: number; readonly wealth: number; readonly gas: number } | null
  readonly trades: number
}

/** Traits a desk reads. */
export interface DeskTraits {
  /** Decisions in a week. */
  readonly slots: number
  /** Tokens traded at once, in base units. */
  readonly lot: bigint
  /** Most lots held beyond the endowment. */
  readonly limit: number
  /** Share by which the price must leave its average to count as high or low. */
  readonly band: number
  /** `learnt`: by its table; `lot`: any affordable action with equal chance; `holds`: never trades. */
  readonly policy: "learnt" | "lot" | "holds"
  /** Share of decisions by lot in a context never met; falls with visits n as 10 / (10 + n). */
  readonly epsilon: number
}

interface View {
  readonly world: {
    readonly token: Contract<"IERC20">
    readonly usd: Contract<"IERC20">
    readonly router: Contract<"IPairRouter">
    readonly pair: Contract<"IConstantProductPair">
  }
  readonly self: { readonly address: `0x${string}`; gasCost(fn: string): bigint }
  readonly traits: DeskTraits
  readonly market: {
    worth(amount: bigint, token?: { readonly address: `0x${string}` }): bigint
    fetches(amount: bigint, token?: { readonly address: `0x${string}` }): bigint
  }
  readonly now: number
  readonly state: DeskState
}

/** What a desk sees when it decides. */
export interface Sight {
  readonly context: number
  /** Affordable actions, in order. */
  readonly actions: readonly number[]
  /** What all it holds beyond its endowment would fetch, in the numeraire. */
  readonly wealth: number
  readonly average: number
  readonly base: Holdings
  /** Base units of the token to sell or to buy, and of dollars that buying takes. */
  readonly sells: bigint
  readonly buys: bigint
  readonly costs: bigint
}

/** A desk that has learnt nothing yet. */
export function emptyDesk({ slots, limit }: Pick<DeskTraits, "slots" | "limit">): DeskState {
  const cells = slots * LEVELS * (limit + 1) * ACTIONS
  return {
    values: new Array<number>(cells).fill(0),
    visits: new Array<number>(cells).fill(0),
    average: 0,
    base: null,
    last: null,
    trades: 0
  }
}

/** What a desk takes into its next run: what it learnt, and nothing it holds. */
export function carried({ values, visits }: DeskState): DeskState {
  return { values, visits, average: 0, base: null, last: null, trades: 0 }
}

/** Seconds until the next part of the week begins. */
export function untilNextSlot(now: number, slots: number): number {
  const every = WEEK / slots
  return (Math.floor(now / every) + 1) * every - now
}

/** Looks at the market and at what it holds. */
export function* look({ world, self, traits, market, now, state }: View): Asking<Sight> {
  const tokens = yield* world.token.read.balanceOf(self.address)
  const usd = yield* world.usd.read.balanceOf(self.address)
  const [reserve0, reserve1] = yield* world.pair.read.getReserves()
  const first = (yield* world.pair.read.token0()) === world.token.address
  const [reserve, reserveUsd] = first ? [reserve0, reserve1] : [reserve1, reserve0]
  const base = state.base ?? { tokens, usd }
  const price = wholeUnits(market.worth(ONE, world.token))
  const average = state.average === 0 ? price : state.average + RECENT * (price - state.average)
  // Trades land a little beside what was meant, so the position is the nearest number of lots, and the next trade mends it.
  const lots = nearest(tokens - base.tokens, traits.lot)
  const position = Math.max(0, Math.min(traits.limit, lots))
  const due = base.tokens - tokens + BigInt(lots) * traits.lot
  const sells = traits.lot - due
  const buys = traits.lot + due
  // What a constant-product pair with a fee of 0.3 % asks for exactly so much, rounded up.
  const costs = buys < reserve ? (buys * reserveUsd * 1000n) / ((reserve - buys) * 997n) + 1n : UNLIMITED
  const actions: number[] = []
  if (position > 0 && tokens >= sells) actions.push(0)
  actions.push(HOLD)
  if (position < traits.limit && usd >= costs) actions.push(2)
  const slot = Math.floor((now % WEEK) / (WEEK / traits.slots))
  const level = price < average * (1 - traits.band) ? 0 : price > average * (1 + traits.band) ? 2 : 1
  const context = (slot * LEVELS + level) * (traits.limit + 1) + position
  const wealth = wholeUnits(usd - base.usd + market.fetches(tokens - base.tokens, world.token))
  return { context, actions, wealth, average, base, sells, buys, costs }
}

/** The whole number nearest to amount / lot. */
function nearest(amount: bigint, lot: bigint): number {
  const doubled = 2n * amount + (amount < 0n ? -lot : lot)
  return Number(doubled / (2n * lot))
}

/** The affordable action of the greatest value; holding where none is greater. */
export function greedy(values: readonly number[], { context, actions }: Pick<Sight, "context" | "actions">): number {
  let best = HOLD
  for (const action of actions) {
    if ((values[context * ACTIONS + action] ?? 0) > (values[context * ACTIONS + best] ?? 0)) best = action
  }
  return best
}

/** Chooses by policy: two draws each time, whatever comes of them. */
export function choose(
  traits: DeskTraits,
  state: Pick<DeskState, "values" | "visits">,
  sight: Sight,
  draw: Draw
): number {
  const whim = draw.uniform()
  const any = draw.pick(sight.actions)
  if (traits.policy === "holds") return HOLD
  if (traits.policy === "lot") return any
  let met = 0
  for (let action = 0; action < ACTIONS; action++) met += state.visits[sight.context * ACTIONS + action] ?? 0
  return whim < (traits.epsilon * 10) / (10 + met) ? any : greedy(state.values, sight)
}

/** The reward of the last decision, now that its outcome is seen, in the numeraire. */
export function rewardOf(last: NonNullable<DeskState["last"]>, sight: Sight): number {
  return sight.wealth - last.wealth - last.gas
}

/** The values and visits after a cell was seen to be worth `target`: a step of 1 / visits towards it, at least `least`. */
export function updated(
  state: DeskState,
  cell: number,
  target: number,
  least: number
): Pick<DeskState, "values" | "visits"> {
  const values = [...state.values]
  const visits = [...state.visits]
  const n = (visits[cell] ?? 0) + 1
  const before = values[cell] ?? 0
  visits[cell] = n
  values[cell] = before + Math.max(least, 1 / n) * (target - before)
  return { values, visits }
}

/** The Intents of an action and the state that waits for its reward. */
export function carryOut(
  { world, self }: Pick<View, "world" | "self">,
  state: DeskState,
  sight: Sight,
  action: number
): { readonly intents: readonly Intent[]; readonly state: DeskState } {
  const last = { cell: sight.context * ACTIONS + action, wealth: sight.wealth, gas: 0 }
  const seen = { ...state, average: sight.average, base: sight.base, last }
  if (action === HOLD) return { intents: [], state: seen }
  const { router, pair, token, usd } = world
  const intents: Intent[] =
    state.trades > 0 ? [] : [token.tx.approve(router.address, UNLIMITED), usd.tx.approve(router.address, UNLIMITED)]
  const fn = action === 0 ? "sell" : "buy"
  intents.push(
    action === 0
      ? router.tx.sell(pair.address, token.address, sight.sells, 0n)
      : router.tx.buy(pair.address, token.address, sight.costs, 0n)
  )
  return {
    intents,
    state: { ...seen, trades: state.trades + 1, last: { ...last, gas: wholeUnits(self.gasCost(fn)) } }
  }
}
