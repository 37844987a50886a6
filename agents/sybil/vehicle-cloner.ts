/**
 * One operator with cloned vehicles: each its own identity, its own registration and stake, and no
 * car behind it. Each week it works out which number of clones pays best against what the others
 * did last week, at what selling the reward would really fetch, and runs that many. A clone that
 * does not pay is left idle; where it ties up a stake, it is retired and the stake taken back.
 */
import { Behaviour, HOUR, type Intent, Trait, WEEK, wholeUnits } from "mesocosm"

const UNLIMITED = 2n ** 255n

/** What stands behind an identity of its: the nth clone is identity n + 1. */
interface Clone {
  /** Null before it is registered, and after it is retired. */
  readonly vehicle: bigint | null
  /** Week in which it was registered. */
  readonly since: number
}

export const vehicleCloner = Behaviour.make("vehicle-cloner", {
  needs: {
    rewards: "IWeeklyRewards",
    token: "IERC20",
    vault: "IIdentityVault",
    router: "IPairRouter",
    pair: "IConstantProductPair"
  },
  traits: {
    /** When in the week it works. */
    hour: Trait.constant(0.5, { unit: "share of a week" }),
    most: Trait.constant(300, { unit: "clones" }),
    /** New clones in one week. */
    pace: Trait.constant(20, { unit: "clones per week" }),
    /** Runs this multiple of what it works out: 1, save for the deviations it is tested against. */
    scale: Trait.constant(1, { unit: "multiple" }),
    claimEvery: Trait.constant(1, { unit: "weeks" }),
    /** Stops after so many weeks. */
    exit: Trait.constant(1e9, { unit: "weeks" }),
    /** What a clone costs a week: a key, an address, a generator of data. */
    cost: Trait.constant(0n, { unit: "numeraire per clone and week" }),
    stake: Trait.constant(0n, { unit: "tokens" }),
    capitalRate: Trait.constant(0, { unit: "share per week" }),
    /** Points it reckons a clone has. */
    points: Trait.constant(6000, { unit: "points" })
  },
  deviations: {
    "a fifth fewer clones": { scale: 0.8 },
    "a fifth more clones": { scale: 1.2 },
    "claims every second week": { claimEvery: 2 },
    "claims every eighth week": { claimEvery: 8 },
    "leaves half-way": { exit: 13 },
    "stays idle": { most: 0 }
  },
  init: () => ({
    week: 0,
    k: 0,
    /** Clones it connected last week. */
    connected: 0,
    clones: [] as Clone[],
    /** What one clone was worth last week, as it reckoned, in the numeraire. */
    worth: 0
  }),
  wake: ({ traits, now, state }) => state.week * WEEK + HOUR + Math.floor(traits.hour * (WEEK - 6 * HOUR)) - now,
  *act({ world, self, traits, state, market }) {
    const week = state.week + 1
    const number = state.week === 0 ? 0n : BigInt(state.week - 1)
    const limit = yield* world.rewards.read.weekLimit(BigInt(state.week))
    const all = state.week === 0 ? 0n : yield* world.rewards.read.pointsOf(number)
    const weight = BigInt(traits.points)
    const mine = BigInt(state.connected) * weight
    const others = all > mine ? all - mine : 0n
    // The best answer to the others' last week, at what the sale would fetch.
    const capital =
      (market.worth(traits.stake, world.token) * BigInt(Math.round(traits.capitalRate * 1e12))) / 1_000_000_000_000n
    const gas = self.gasCost("connect") + (self.gasCost("claim") + self.gasCost("transfer")) / BigInt(traits.claimEvery)
    const each = traits.cost + capital + gas
    let best = 0
    let most = 0n
    if (state.week > 0 && state.week < traits.exit && others > 0n) {
      for (let k = 1; k <= traits.most; k++) {
        const points = BigInt(k) * weight
        const profit = market.fetches((limit * points) / (others + points), world.token) - BigInt(k) * each
        if (profit > most) {
          most = profit
          best = k
        }
      }
    }
    const wanted = Math.min(traits.most, Math.floor(best * traits.scale))
    const clones = [...state.clones]
    // Registers the missing ones among the first `wanted`, no more than it can make in a week.
    let k = 0
    for (let made = 0; k < wanted; k++) if ((clones[k]?.vehicle ?? null) === null && ++made > traits.pace) break
    const intents: Intent[] = []
    if (state.week === 0) intents.push(world.token.tx.approve(world.router.address, UNLIMITED))
    for (let nth = 0; nth < k; nth++) {
      if ((clones[nth]?.vehicle ?? null) !== null) continue
      const as = self.identity(nth + 1)
      if (traits.stake > 0n) {
        intents.push(world.token.tx.transfer(as, traits.stake), {
          ...world.token.tx.approve(world.vault.address, traits.stake),
          as
        })
      }
      intents.push({ ...world.rewards.tx.register(0n), as, truth: { cloned: true } })
      clones[nth] = { vehicle: null, since: week }
    }
    let sold = 0n
    let connected = 0
    for (const [nth, { vehicle, since }] of state.clones.entries()) {
      if (vehicle === null) continue
      const as = self.identity(nth + 1)
      // A stake is locked for a week.
      const retires = nth >= k && traits.stake > 0n && week > since + 1
      if (nth < k) {
        intents.push({ ...world.rewards.tx.connect(vehicle), as, truth: { cloned: true } })
        self.spend("clones", traits.cost)
        connected++
      }
      if (retires || week % traits.claimEvery === 0) {
        const due = yield* world.rewards.read.claimable(vehicle)
        if (due > 0n) {
          intents.push(
            { ...world.rewards.tx.claim(vehicle), as },
            { ...world.token.tx.transfer(self.address, due), as }
          )
          sold += due
        }
      }
      if (retires) {
        intents.push(
          { ...world.rewards.tx.retire(vehicle), as },
          { ...world.token.tx.transfer(self.address, traits.stake), as }
        )
      }
    }
    if (sold > 0n) intents.push(world.router.tx.sell(world.pair.address, world.token.address, sold, 0n))
    const points = weight + others
    const worth = points === 0n ? 0 : wholeUnits(market.worth((limit * weight) / points, world.token))
    return { intents, state: { week, k, connected, clones, worth } }
  },
  settle: ({ self, state, receipts }) => {
    const clones = [...state.clones]
    for (const { as, events } of receipts) {
      const nth = self.identities.indexOf(as) - 1
      const clone = clones[nth]
      if (clone === undefined) continue
      for (const { event, args } of events) {
        if (event === "Registered") clones[nth] = { ...clone, vehicle: args["vehicle"] as bigint }
        if (event === "Retired") clones[nth] = { ...clone, vehicle: null }
      }
    }
    return { ...state, clones }
  },
  gauges: {
    /** Clones it runs this week. */
    clones: (state) => state.k,
    /** What one clone's weekly reward is worth, in the numeraire. */
    worth: (state) => state.worth
  }
})
