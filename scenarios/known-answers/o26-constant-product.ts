import { KnownAnswer, ONE } from "mesocosm"

export default KnownAnswer.make("o26-constant-product", {
  claim: "Our pair pays the constant product less 0.3 %",
  setting: "1,000 of each token in the pair, 100 of one paid in through the router",
  source: "Uniswap v2: floor(100 × 997 × 1000 / (1000 × 1000 + 100 × 997)) = 90.661089388014913158",
  expected: 90_661_089_388_014_913_158n,
  tolerance: "exact",
  unit: "tokens",
  decimals: 18,
  *measure({ deploy, send, account }) {
    const [maker, trader] = [account("maker"), account("trader")]
    const paid = yield* deploy("DataToken", ["Data", "DATA"])
    const got = yield* deploy("DataToken", ["Dollar", "USD"])
    const pair = yield* deploy("ConstantProductPair", [paid.address, got.address])
    const router = yield* deploy("PairRouter", [])
    for (const token of [paid, got]) yield* send(token.tx.mint(pair.address, 1000n * ONE))
    yield* send({ ...pair.tx.mint(maker), as: maker })
    yield* send(paid.tx.mint(trader, 100n * ONE))
    yield* send({ ...paid.tx.approve(router.address, 100n * ONE), as: trader })
    yield* send({ ...router.tx.sell(pair.address, paid.address, 100n * ONE, 0n), as: trader })
    return yield* got.read.balanceOf(trader)
  }
})
