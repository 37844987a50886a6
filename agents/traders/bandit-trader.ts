/**
 * Learns by trial what an action is worth where it stands, and looks no further than the next decision: a contextual
 * ε-greedy bandit with sample means (Sutton and Barto 2018, 2.4) over the contexts of the pair desk.
 */
import { Behaviour, ONE, Trait } from "mesocosm"
import {
  carried,
  carryOut,
  choose,
  emptyDesk,
  look,
  NEEDS,
  rewardOf,
  untilNextSlot,
  updated
} from "./parts/pair-desk.ts"

export const banditTrader = Behaviour.make("bandit-trader", {
  needs: NEEDS,
  traits: {
    slots: Trait.constant(4, { unit: "decisions per week" }),
    lot: Trait.constant(50_000n * ONE, { unit: "tokens" }),
    limit: Trait.constant(4, { unit: "lots beyond its endowment" }),
    /** A price this far from its moving average is low or high. */
    band: Trait.constant(0.05, { unit: "share" }),
    policy: Trait.oneOf(["learnt", "lot", "holds"], { unit: "how it chooses" }),
    epsilon: Trait.constant(0.5, { unit: "share of decisions by lot where it never was" }),
    learns: Trait.constant(true, { unit: "yes or no" })
  },
  init: ({ traits }) => emptyDesk(traits),
  learns: {
    carries: (state) => carried(state),
    frozen: { epsilon: 0, learns: false },
    against: {
      "no trade": { policy: "holds", learns: false },
      /** Gode and Sunder (1993): any action that its purse allows, with equal chance. */
      "zero intelligence": { policy: "lot", learns: false }
    }
  },
  wake: ({ traits, now }) => untilNextSlot(now, traits.slots),
  *act(at) {
    const { traits, draw } = at
    const sight = yield* look(at)
    let { state } = at
    const { last } = state
    if (last !== null && traits.learns) {
      state = { ...state, ...updated(state, last.cell, rewardOf(last, sight), 0) }
    }
    return carryOut(at, state, sight, choose(traits, state, sight, draw))
  },
  gauges: { trades: (state) => state.trades }
})
