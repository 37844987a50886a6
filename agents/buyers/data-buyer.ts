/** Buys data: to be let in, it must buy the token for what it spends on data, and burn it. */
import { amountOf, Behaviour, HOUR, type Intent, Trait, WEEK } from "mesocosm"

const UNLIMITED = 2n ** 255n

export const dataBuyer = Behaviour.make("data-buyer", {
  needs: { token: "IBurnableToken", usd: "IERC20", router: "IPairRouter", pair: "IConstantProductPair" },
  senses: ["demand"],
  traits: {
    /** Its part of all demand. */
    part: Trait.constant(0.1, { unit: "share of demand" }),
    hour: Trait.uniform({ low: 0.55, high: 0.95, unit: "share of a week" })
  },
  init: () => ({ week: 0, burnt: 0n }),
  wake: ({ traits, now, state }) => state.week * WEEK + Math.floor(traits.hour * (WEEK - 2 * HOUR)) - now,
  *act({ world, traits, state, environment }) {
    const spends = amountOf(environment.demand * traits.part)
    const gets = yield* world.router.read.quote(world.pair.address, world.usd.address, spends)
    const intents: Intent[] = state.week === 0 ? [world.usd.tx.approve(world.router.address, UNLIMITED)] : []
    // What others do before it in the block may move the price: it burns a little less than it was quoted.
    const burns = (gets * 95n) / 100n
    if (burns > 0n) {
      intents.push(
        world.router.tx.buy(world.pair.address, world.token.address, spends, burns),
        world.token.tx.burn(burns)
      )
    }
    return { intents, state: { ...state, week: state.week + 1 } }
  },
  settle: ({ state, receipts }) => ({
    ...state,
    burnt:
      state.burnt +
      receipts.reduce(
        (sum, { ok, intent }) => (ok && intent.fn === "burn" ? sum + (intent.args[0] as bigint) : sum),
        0n
      )
  })
})
