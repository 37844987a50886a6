/** Contributes once an epoch, at an hour of its own, and claims every few epochs. */
import { Behaviour, HOUR, Trait } from "mesocosm"

export const contributor = Behaviour.make("contributor", {
  needs: { pool: "IRewardPool", token: "IERC20", vault: "IStakeVault" },
  traits: {
    epoch: Trait.constant(604_800, { unit: "seconds" }),
    /** Probability of contributing in an epoch. */
    presence: Trait.constant(1, { unit: "probability" }),
    /** Place of its contribution in the epoch. */
    hour: Trait.uniform({ low: 0, high: 1, unit: "share of an epoch" }),
    claimEvery: Trait.constant(4, { unit: "epochs" }),
    /** What taking part for an epoch costs off chain. */
    cost: Trait.constant(0n, { unit: "numeraire per epoch" }),
    /** What it must stake first; 0 where entry is open. */
    stake: Trait.constant(0n, { unit: "tokens" })
  },
  init: () => ({ epochs: 0, contributed: 0 }),
  // Leaves the last two hours of an epoch free, so that a contribution lands in the epoch it was meant for.
  wake: ({ traits, now, state }) =>
    state.epochs * traits.epoch + HOUR + Math.floor(traits.hour * (traits.epoch - 3 * HOUR)) - now,
  *act({ world, self, traits, state, draw }) {
    const epochs = state.epochs + 1
    // Drawn in every epoch, so that the stream does not depend on what the pool says.
    const present = draw.bernoulli(traits.presence)
    const due = epochs % traits.claimEvery === 0 ? yield* world.pool.read.claimable(self.address) : 0n
    const claims = due > 0n ? [world.pool.tx.claim()] : []
    if (!present) return { intents: claims, state: { ...state, epochs } }
    self.spend("taking part", traits.cost)
    const stakes =
      traits.stake > 0n && state.contributed === 0
        ? [world.token.tx.approve(world.vault.address, traits.stake), world.vault.tx.stakeFor(self.address)]
        : []
    return {
      intents: [...claims, ...stakes, world.pool.tx.contribute(self.data())],
      state: { epochs, contributed: state.contributed + 1 }
    }
  },
  gauges: { contributed: (state) => state.contributed }
})
