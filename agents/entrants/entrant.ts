/**
 * Stands outside or takes part, and follows the last reward against its cost: each epoch it enters
 * (or leaves) with a probability proportional to the gain (or loss) per unit of cost.
 */
import { Behaviour, HOUR, Trait, wholeUnits } from "mesocosm"

export const entrant = Behaviour.make("entrant", {
  needs: { pool: "IRewardPool" },
  traits: {
    epoch: Trait.constant(604_800, { unit: "seconds" }),
    /** Probability of taking part in the first epoch. */
    early: Trait.constant(0.2, { unit: "probability" }),
    /** How fast it follows: probability per unit of relative gain. */
    eagerness: Trait.constant(0.4, { unit: "per epoch" }),
    hour: Trait.uniform({ low: 0, high: 1, unit: "share of an epoch" }),
    claimEvery: Trait.constant(8, { unit: "epochs" }),
    cost: Trait.constant(0n, { unit: "numeraire per epoch" })
  },
  init: ({ traits, draw }) => ({ epochs: 0, inside: draw.bernoulli(traits.early) }),
  wake: ({ traits, now, state }) =>
    state.epochs * traits.epoch + HOUR + Math.floor(traits.hour * (traits.epoch - 3 * HOUR)) - now,
  *act({ world, self, traits, state, draw, market }) {
    let { inside } = state
    const epochs = state.epochs + 1
    const whim = draw.uniform()
    if (state.epochs > 0) {
      const reward = wholeUnits(market.worth(yield* world.pool.read.lastReward()))
      const gain = reward / wholeUnits(traits.cost + self.gasCost("contribute")) - 1
      if (inside ? whim < -gain * traits.eagerness : whim < gain * traits.eagerness) inside = !inside
    }
    const due = epochs % traits.claimEvery === 0 ? yield* world.pool.read.claimable(self.address) : 0n
    const claims = due > 0n ? [world.pool.tx.claim()] : []
    if (inside) self.spend("taking part", traits.cost)
    return {
      intents: inside ? [...claims, world.pool.tx.contribute(self.data())] : claims,
      state: { epochs, inside }
    }
  },
  gauges: { inside: (state) => (state.inside ? 1 : 0) }
})
