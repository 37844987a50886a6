/**
 * Owns one vehicle: registers it, connects it most weeks, claims now and then and sells part of it,
 * and leaves for good when what it earned of late stays below what it wants.
 */
import { Behaviour, HOUR, type Intent, Trait, WEEK, wholeUnits } from "mesocosm"

/** Allowance for the router, given once. */
const UNLIMITED = 2n ** 255n

export const vehicleOwner = Behaviour.make("vehicle-owner", {
  needs: {
    rewards: "IWeeklyRewards",
    token: "IERC20",
    vault: "IIdentityVault",
    router: "IPairRouter",
    pair: "IConstantProductPair"
  },
  traits: {
    /** Which kind of device: 0 earns more points than 1. */
    kind: Trait.uniform({ low: 0, high: 2, unit: "kind, rounded down" }),
    hour: Trait.uniform({ low: 0, high: 1, unit: "share of a week" }),
    missing: Trait.constant(0.08, { unit: "probability of missing a week" }),
    claimEvery: Trait.constant(4, { unit: "weeks" }),
    /** Which of those weeks is its own. */
    phase: Trait.uniform({ low: 0, high: 1, unit: "share of claimEvery" }),
    /** Share of what it claims that it sells: bills to pay. */
    sells: Trait.uniform({ low: 0.3, high: 1, unit: "share of claims" }),
    cost: Trait.constant(0n, { unit: "numeraire per week" }),
    /** What it wants to earn, net of cost, to stay. */
    reservation: Trait.lognormal({ median: 1.5, sigma: 0.7, unit: "numeraire per week" }),
    patience: Trait.constant(4, { unit: "weeks below the reservation" }),
    stake: Trait.constant(0n, { unit: "tokens" })
  },
  init: () => ({
    week: 0,
    vehicle: null as bigint | null,
    /** Owed and paid so far, in base units: what it looks back on. */
    earned: 0n,
    claimed: 0n,
    /** Net earnings of a week, averaged with weight a quarter on the last, in the numeraire. */
    trailing: 0,
    below: 0,
    left: false
  }),
  wake: ({ traits, now, state }) => {
    if (state.left) return null
    // A fresh vehicle connects in the week it was registered; then once a week, at an hour of its own.
    if (state.week === 0 && state.vehicle !== null) return 2 * HOUR
    return state.week * WEEK + HOUR + Math.floor(traits.hour * (WEEK - 6 * HOUR)) - now
  },
  *act({ world, self, traits, state, draw, market }) {
    const missing = draw.bernoulli(traits.missing)
    if (state.vehicle === null) {
      const { stake } = traits
      const intents: Intent[] = [world.token.tx.approve(world.router.address, UNLIMITED)]
      if (stake > 0n) intents.push(world.token.tx.approve(world.vault.address, stake))
      intents.push(world.rewards.tx.register(BigInt(Math.floor(traits.kind))))
      return intents
    }
    const { vehicle } = state
    const week = state.week + 1
    const due = yield* world.rewards.read.claimable(vehicle)
    const earned = state.claimed + due
    const net = wholeUnits(market.worth(earned - state.earned, world.token) - traits.cost)
    const trailing = 0.75 * state.trailing + 0.25 * net
    const below = week > 4 && trailing < traits.reservation ? state.below + 1 : 0
    const left = below >= traits.patience
    const intents: Intent[] = []
    const claims = due > 0n && (left || (week + Math.floor(traits.phase * traits.claimEvery)) % traits.claimEvery === 0)
    if (claims) {
      const part = left ? due : (due * BigInt(Math.floor(traits.sells * 1000))) / 1000n
      intents.push(
        world.rewards.tx.claim(vehicle),
        world.router.tx.sell(world.pair.address, world.token.address, part, 0n)
      )
    }
    if (left) intents.push(world.rewards.tx.retire(vehicle))
    else if (!missing) {
      self.spend("connecting", traits.cost)
      intents.push(world.rewards.tx.connect(vehicle))
    }
    return {
      intents,
      state: { ...state, week, earned, claimed: claims ? state.claimed + due : state.claimed, trailing, below, left }
    }
  },
  settle: ({ state, receipts }) => {
    const registered = receipts.flatMap(({ events }) => events).find(({ event }) => event === "Registered")
    if (registered !== undefined) return { ...state, vehicle: registered.args["vehicle"] as bigint }
    // Who cannot register stays outside.
    return state.vehicle === null ? { ...state, left: true } : state
  },
  gauges: {
    /** Owners who have not left. */
    inside: (state) => (state.left ? 0 : 1),
    trailing: (state) => state.trailing
  }
})
