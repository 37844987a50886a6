import { KnownAnswer, ONE, wholeUnits } from "mesocosm"

export default KnownAnswer.make("o25-log-scoring-rule", {
  claim:
    "A logarithmic market maker of b = 100 asks 28.09 for 50 shares, prices the next at .622 and never loses more than 69.31",
  setting: "two outcomes; 50 shares of one are bought; elsewhere 3,000, and that outcome comes true",
  source: "Hanson (2003): b ln((1 + e^(50/b)) / 2), e^(50/b) / (1 + e^(50/b)), b ln 2",
  expected: { cost: 28.092980362, price: 0.622459331, maxLoss: 69.314718056, loss: 69.314718056 },
  tolerance: { absolute: 1e-6 },
  *measure({ deploy, send, account, deployer }) {
    const trader = account("trader")
    const token = yield* deploy("DataToken", ["Dollar", "USD"])
    yield* send(token.tx.mint(deployer, 1000n * ONE))
    yield* send(token.tx.mint(trader, 10_000n * ONE))

    function* opened() {
      const market = yield* deploy("LogMarketScoringRule", [token.address, 100n * ONE, 2n, deployer])
      yield* send(token.tx.approve(market.address, 2n ** 255n))
      yield* send({ ...token.tx.approve(market.address, 2n ** 255n), as: trader })
      yield* send(market.tx.open())
      return market
    }
    const market = yield* opened()
    const before = yield* token.read.balanceOf(trader)
    yield* send({ ...market.tx.buy(0n, 50n * ONE, 50n * ONE), as: trader })
    const cost = before - (yield* token.read.balanceOf(trader))

    const other = yield* opened()
    const wealth = yield* token.read.balanceOf(trader)
    yield* send({ ...other.tx.buy(0n, 3000n * ONE, 3000n * ONE), as: trader })
    yield* send(other.tx.resolve(0n))
    yield* send({ ...other.tx.redeem(), as: trader })
    return {
      cost: wholeUnits(cost),
      price: wholeUnits(yield* market.read.priceOf(0n)),
      maxLoss: wholeUnits(yield* market.read.maxLoss()),
      // What the trader gained is what the maker lost.
      loss: wholeUnits((yield* token.read.balanceOf(trader)) - wealth)
    }
  }
})
