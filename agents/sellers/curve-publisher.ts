/** Publishes data that a token of a bonding curve buys: names itself as offer 0, and each night sells what it was handed. */
import { Behaviour, DAY, HOUR } from "mesocosm"

/** Asked of whoever would buy at the posted price: more than anybody has, since the curve is the price. */
const NOT_FOR_SALE = 2n ** 200n

export const curvePublisher = Behaviour.make("curve-publisher", {
  needs: { posted: "IPostedPrice", curve: "IBondingCurve" },
  traits: {},
  init: () => ({ day: 0, days: 0 }),
  wake: ({ state, now }) => (state.day === 0 ? 0 : (state.day - 1) * DAY + 22 * HOUR - now),
  *act({ world, self, state }) {
    const next = { day: state.day + 1, days: state.day }
    if (state.day === 0) {
      return { intents: [world.posted.tx.list(self.data(), NOT_FOR_SALE, self.address)], state: next }
    }
    const held = yield* world.curve.read.balanceOf(self.address)
    return { intents: held > 0n ? [world.curve.tx.sell(held, 0n)] : [], state: next }
  },
  gauges: {
    days: (state) => state.days,
    /** It posts no price. */
    near: () => 0
  }
})
