/** Stakes once, claims what it has earned when that is worth many times the gas, and takes its stake back at the end. */
import { Behaviour, DAY, Trait } from "mesocosm"

export const staker = Behaviour.make("staker", {
  needs: { pool: "IStakingRewards", token: "IERC20" },
  traits: {
    stake: Trait.constant(0n, { unit: "tokens" }),
    /** How often it looks. */
    looks: Trait.lognormal({ median: 0.5, sigma: 0.3, unit: "times a day" }),
    /** Claims when what it earned is worth so many times the gas. */
    worthwhile: Trait.constant(10, { unit: "multiple of gas" }),
    /** When it takes its stake back. */
    until: Trait.constant(1e9, { unit: "days" })
  },
  init: () => ({ staked: false, claims: 0, left: false }),
  wake: ({ traits, state, draw }) => (state.left ? null : draw.exponential(DAY / traits.looks)),
  *act({ world, self, traits, state, market, now }) {
    if (!state.staked) {
      const intents = [world.token.tx.approve(world.pool.address, traits.stake), world.pool.tx.stake(traits.stake)]
      return { intents, state: { ...state, staked: true } }
    }
    const due = yield* world.pool.read.earned(self.address)
    if (now >= traits.until * DAY) {
      const all = yield* world.pool.read.balanceOf(self.address)
      return { intents: [world.pool.tx.getReward(), world.pool.tx.withdraw(all)], state: { ...state, left: true } }
    }
    const pays = market.worth(due, world.token) > BigInt(traits.worthwhile) * self.gasCost("getReward")
    return pays && due > 0n ? [world.pool.tx.getReward()] : []
  },
  settle: ({ state, receipts }) => ({
    ...state,
    claims: state.claims + receipts.filter(({ ok, intent }) => ok && intent.fn === "getReward").length
  }),
  gauges: { claims: (state) => state.claims }
})
