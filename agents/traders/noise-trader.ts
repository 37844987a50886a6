/** Trades for reasons of its own: now buys, now sells, a little, at any time. The zero-intelligence trader. */
import { amountOf, Behaviour, DAY, type Intent, Trait } from "mesocosm"

const UNLIMITED = 2n ** 255n

export const noiseTrader = Behaviour.make("noise-trader", {
  needs: { token: "IERC20", usd: "IERC20", router: "IPairRouter", pair: "IConstantProductPair" },
  traits: {
    haste: Trait.lognormal({ median: 0.3, sigma: 0.6, unit: "trades per day" }),
    /** Of a trade, in the numeraire. */
    size: Trait.lognormal({ median: 20, sigma: 0.8, unit: "numeraire" })
  },
  init: () => ({ trades: 0 }),
  wake: ({ traits, draw }) => draw.exponential(DAY / traits.haste),
  *act({ world, self, traits, state, draw }) {
    const buys = draw.bernoulli(0.5)
    const spends = amountOf(traits.size * draw.uniform(0.2, 1.8))
    const allow: Intent[] =
      state.trades > 0
        ? []
        : [
            world.token.tx.approve(world.router.address, UNLIMITED),
            world.usd.tx.approve(world.router.address, UNLIMITED)
          ]
    const trades = state.trades + 1
    if (buys) {
      const has = yield* world.usd.read.balanceOf(self.address)
      if (has < spends) return { intents: allow, state: { trades } }
      return {
        intents: [...allow, world.router.tx.buy(world.pair.address, world.token.address, spends, 0n)],
        state: { trades }
      }
    }
    const sells = yield* world.router.read.quote(world.pair.address, world.usd.address, spends)
    const has = yield* world.token.read.balanceOf(self.address)
    if (has < sells || sells === 0n) return { intents: allow, state: { trades } }
    return {
      intents: [...allow, world.router.tx.sell(world.pair.address, world.token.address, sells, 0n)],
      state: { trades }
    }
  }
})
