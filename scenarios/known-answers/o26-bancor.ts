import { KnownAnswer, ONE } from "mesocosm"

export default KnownAnswer.make("o26-bancor", {
  claim:
    "A bonding curve with half of its worth in reserve issues 95.445 tokens for 20 on 100, and gives 20 back for them",
  setting: "supply 1,000, reserve 100, weight 50 %; 20 deposited, and the tokens sold back",
  source: "Bancor (2018): S ((1 + d / R)^F - 1) = 1,000 (sqrt 1.2 - 1) = 95.445115010332226914...",
  expected: { tokens: 95_445_115_010_332_226_914n, back: 20n * ONE },
  tolerance: { absolute: 5n },
  unit: "tokens",
  decimals: 18,
  *measure({ deploy, send, account, deployer }) {
    const trader = account("trader")
    const usd = yield* deploy("DataToken", ["Dollar", "USD"])
    const curve = yield* deploy("BondingCurve", ["Copies", "COPY", usd.address, 500_000n])
    yield* send(usd.tx.mint(deployer, 100n * ONE))
    yield* send(usd.tx.mint(trader, 20n * ONE))
    yield* send(usd.tx.approve(curve.address, 100n * ONE))
    yield* send(curve.tx.open(100n * ONE, 1000n * ONE))
    yield* send({ ...usd.tx.approve(curve.address, 20n * ONE), as: trader })
    yield* send({ ...curve.tx.buy(20n * ONE, 0n), as: trader })
    const tokens = yield* curve.read.balanceOf(trader)
    yield* send({ ...curve.tx.sell(tokens, 0n), as: trader })
    return { tokens, back: yield* usd.read.balanceOf(trader) }
  }
})
