/**
 * One operator with many identities. Each epoch it contributes from `k` of them, sees what the
 * epoch paid, and climbs its own total profit: on in the direction that paid, in doubling steps
 * until the first loss; after it, back by half a step whenever a step lost.
 */
import { Behaviour, HOUR, type Intent, Trait, wholeUnits } from "mesocosm"

export const identityFarm = Behaviour.make("identity-farm", {
  needs: { pool: "IRewardPool", token: "IERC20", vault: "IStakeVault" },
  traits: {
    epoch: Trait.constant(604_800, { unit: "seconds" }),
    /** In the first epoch; in every epoch when it does not adapt. */
    identities: Trait.constant(1, { unit: "identities" }),
    most: Trait.constant(500, { unit: "identities" }),
    adapts: Trait.constant(true, { unit: "yes or no" }),
    claimEvery: Trait.constant(4, { unit: "epochs" }),
    /** What one identity costs off chain. */
    cost: Trait.constant(0n, { unit: "numeraire per identity and epoch" }),
    /** What each identity must stake first; 0 where entry is open. */
    stake: Trait.constant(0n, { unit: "tokens" }),
    /** What the capital in a stake would earn elsewhere. */
    capitalRate: Trait.constant(0, { unit: "share per epoch" })
  },
  init: ({ traits }) => ({
    epochs: 0,
    k: Math.min(traits.identities, traits.most),
    step: 1,
    narrowing: false,
    /** Identities that have staked: the first so many. */
    staked: 0,
    /** The epoch before: its k and what it earned. */
    before: { k: 0, profit: 0n }
  }),
  wake: ({ traits, now, state }) => state.epochs * traits.epoch + HOUR - now,
  *act({ world, self, traits, state, market }) {
    let { k, step, narrowing, before, staked } = state
    if (state.epochs > 0) {
      const reward = market.worth(yield* world.pool.read.lastReward())
      const capital = (market.worth(traits.stake) * BigInt(Math.round(traits.capitalRate * 1e12))) / 1_000_000_000_000n
      const profit = BigInt(k) * (reward - traits.cost - capital - self.gasCost("contribute"))
      const paid = profit > before.profit
      const upward = k >= before.k
      before = { k, profit }
      if (traits.adapts) {
        narrowing ||= !paid
        step = narrowing ? (paid ? step : Math.max(1, Math.floor(step / 2))) : step * 2
        k = Math.max(0, Math.min(traits.most, paid === upward ? k + step : k - step))
      }
    }
    const epochs = state.epochs + 1
    const intents: Intent[] = []
    if (traits.stake > 0n && k > staked) {
      intents.push(world.token.tx.approve(world.vault.address, traits.stake * BigInt(k - staked)))
      for (; staked < k; staked++) intents.push(world.vault.tx.stakeFor(self.identity(staked)))
    }
    if (epochs % traits.claimEvery === 0) {
      for (const as of self.identities) {
        if ((yield* world.pool.read.claimable(as)) > 0n) intents.push({ ...world.pool.tx.claim(), as })
      }
    }
    for (let nth = 0; nth < k; nth++) intents.push({ ...world.pool.tx.contribute(self.data()), as: self.identity(nth) })
    self.spend("identities", traits.cost * BigInt(k))
    return { intents, state: { epochs, k, step, narrowing, staked, before } }
  },
  gauges: {
    /** Identities in the current epoch. */
    identities: (state) => state.k,
    /** What the last finished epoch earned, in the numeraire. */
    profit: (state) => wholeUnits(state.before.profit)
  }
})
