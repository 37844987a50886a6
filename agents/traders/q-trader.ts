/**
 * Learns what an action is worth with all that follows from it: tabular Q-learning (Watkins 1989; Sutton and Barto
 * 2018, 6.5), ε-greedy, over the contexts of the pair desk.
 */
import { Behaviour, Trait } from "mesocosm"
import {
  ACTIONS,
  carried,
  carryOut,
  choose,
  DESK_LEARNS,
  DESK_TRAITS,
  emptyDesk,
  greedy,
  look,
  NEEDS,
  rewardOf,
  untilNextSlot,
  updated
} from "./parts/pair-desk.ts"

export const qTrader = Behaviour.make("q-trader", {
  needs: NEEDS,
  traits: {
    slots: Trait.constant(8, { unit: "decisions per week" }),
    ...DESK_TRAITS,
    /** What the next decision's worth counts in this one's. */
    discount: Trait.constant(0.95, { unit: "per decision" }),
    /** Least step towards what was seen: old experience fades. */
    rate: Trait.constant(0.05, { unit: "share" })
  },
  init: ({ traits }) => emptyDesk(traits),
  learns: { carries: (state) => carried(state), ...DESK_LEARNS },
  wake: ({ traits, now }) => untilNextSlot(now, traits.slots),
  *act(at) {
    const { traits, draw } = at
    const sight = yield* look(at)
    let { state } = at
    const { last } = state
    if (last !== null && traits.learns) {
      const next = state.values[sight.context * ACTIONS + greedy(state.values, sight)] ?? 0
      state = { ...state, ...updated(state, last.cell, rewardOf(last, sight) + traits.discount * next, traits.rate) }
    }
    return carryOut(at, state, sight, choose(traits, state, sight, draw))
  },
  gauges: { trades: (state) => state.trades }
})
