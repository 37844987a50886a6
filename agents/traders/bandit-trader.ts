/**
 * Learns by trial what an action is worth where it stands, and looks no further than the next decision: a contextual
 * ε-greedy bandit with sample means (Sutton and Barto 2018, 2.4) over the contexts of the pair desk.
 */
import { Behaviour, Trait } from "mesocosm"
import {
  carried,
  carryOut,
  choose,
  DESK_LEARNS,
  DESK_TRAITS,
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
    ...DESK_TRAITS
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
      state = { ...state, ...updated(state, last.cell, rewardOf(last, sight), 0) }
    }
    return carryOut(at, state, sight, choose(traits, state, sight, draw))
  },
  gauges: { trades: (state) => state.trades }
})
