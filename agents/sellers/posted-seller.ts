/** Posts one price for its data and leaves it there; asks for its money once a week. */
import { amountOf, Behaviour, HOUR, Trait, WEEK } from "mesocosm"

export const postedSeller = Behaviour.make("posted-seller", {
  needs: { posted: "IPostedPrice" },
  traits: {
    price: Trait.constant(0.5, { unit: "numeraire per copy" }),
    /** Values of buyers are taken to lie between nothing and this. */
    top: Trait.constant(1, { unit: "numeraire per copy" })
  },
  deviations: { "a fifth cheaper": { price: 0.4 }, "a fifth dearer": { price: 0.6 }, "free of charge": { price: 0 } },
  init: () => ({ week: 0, days: 0, near: 0 }),
  wake: ({ state, now }) => (state.week === 0 ? 0 : state.week * WEEK - HOUR - now),
  *act({ world, self, traits, state }) {
    const next = { ...state, week: state.week + 1, days: state.week * 7 }
    const near = Math.abs(traits.price / traits.top - 0.5) <= 0.1 ? next.days : 0
    if (state.week === 0) {
      return {
        intents: [world.posted.tx.list(self.data(), amountOf(traits.price), self.address)],
        state: { ...next, near }
      }
    }
    const due = yield* world.posted.read.creditOf(self.address)
    return { intents: due > 0n ? [world.posted.tx.withdraw(self.address)] : [], state: { ...next, near } }
  },
  gauges: {
    days: (state) => state.days,
    /** Days on which its price was within a tenth of the top from half of it. */
    near: (state) => state.near
  }
})
