import { KnownAnswer, ONE } from "mesocosm"

export default KnownAnswer.make("o26-uniswap-v2", {
  claim: "The published Uniswap v2 bytecode pays what its formula says, and refuses one base unit more",
  setting: "1,000 of each token in the published pair, 100 of one sent to it, then a swap",
  source: "Uniswap v2: floor(100 × 997 × 1000 / (1000 × 1000 + 100 × 997)) = 90.661089388014913158",
  expected: { more: "UniswapV2: K", paid: 90_661_089_388_014_913_158n },
  tolerance: "exact",
  unit: "tokens",
  decimals: 18,
  *measure({ deploy, send, at, account, deployer, reverts }) {
    const trader = account("trader")
    const paid = yield* deploy("DataToken", ["Data", "DATA"])
    const got = yield* deploy("DataToken", ["Dollar", "USD"])
    const factory = yield* deploy("UniswapV2Factory", [deployer])
    const created = yield* send(factory.tx.createPair(paid.address, got.address))
    const [made] = created.events(factory, "PairCreated")
    const pair = at("UniswapV2Pair", made?.pair ?? deployer)
    for (const token of [paid, got]) yield* send(token.tx.mint(pair.address, 1000n * ONE))
    yield* send(pair.tx.mint(deployer))
    yield* send(paid.tx.mint(pair.address, 100n * ONE))
    const first = (yield* pair.read.token0()) === got.address
    const out = 90_661_089_388_014_913_158n
    const swap = (amount: bigint) => pair.tx.swap(first ? amount : 0n, first ? 0n : amount, trader, "0x")
    const { text } = yield* reverts(swap(out + 1n))
    yield* send(swap(out))
    return { more: text, paid: yield* got.read.balanceOf(trader) }
  }
})
