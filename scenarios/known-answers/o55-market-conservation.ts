import { type Hex, type Intent, KnownAnswer, ONE } from "mesocosm"

const NOTHING: Hex = `0x${"00".repeat(32)}`

export default KnownAnswer.make("o55-market-conservation", {
  claim: "Whatever is bought, bid, bet and paid out, all balances add up to the supply, and each market is solvent",
  setting: "200 rounds of random purchases, trades and payments at a posted price, a noise price, a curve and a pool",
  source: "Conservation: the balances of an ERC-20 add up to its supply; a contract holds what it has credited",
  expected: { missing: 0n, unbacked: 0n },
  tolerance: "exact",
  unit: "base units",
  *measure({ deploy, send, together, account, deployer, draw }) {
    const who = Array.from({ length: 6 }, (_, i) => account(`trader ${i}`))
    const usd = yield* deploy("DataToken", ["Dollar", "USD"])
    const posted = yield* deploy("PostedPrice", [usd.address, 123n, deployer])
    const noise = yield* deploy("NoisePricing", [usd.address, 1, ONE, deployer])
    const curve = yield* deploy("BondingCurve", ["Copies", "COPY", usd.address, 333_333n])
    const pool = yield* deploy("ContributionPool", [usd.address, 0n, 0n])
    const markets = [posted, noise, curve, pool]
    yield* send(usd.tx.mint(deployer, 1000n * ONE))
    yield* send(usd.tx.approve(curve.address, 1000n * ONE))
    yield* send(curve.tx.open(100n * ONE, 700n * ONE))
    for (const as of who) {
      yield* send(usd.tx.mint(as, 100_000n * ONE + 7n))
      for (const { address } of markets) yield* send({ ...usd.tx.approve(address, 2n ** 255n), as })
      yield* send({ ...posted.tx.list(NOTHING, BigInt(draw.integer(1, 1e9)), pool.address), as })
      yield* send({ ...pool.tx.contribute(NOTHING, BigInt(draw.integer(1, 1000))), as })
    }
    for (let round = 0; round < 200; round++) {
      const as = who[draw.integer(0, 5)] ?? deployer
      const acts: Intent[] = [
        { ...posted.tx.buy(BigInt(draw.integer(0, 5)), 2n ** 255n), as },
        { ...noise.tx.buy(BigInt(draw.integer(1e9, 1e12)) * 1_000_000_000n, 2n ** 255n), as },
        { ...curve.tx.buy(BigInt(draw.integer(1e6, 1e12)) * 1_000_000n, 0n), as }
      ]
      yield* together(acts)
      const held = yield* curve.read.balanceOf(as)
      if (draw.bernoulli(0.5)) yield* send({ ...curve.tx.sell(held / 2n, 0n), as })
      if (draw.bernoulli(0.2)) yield* send(posted.tx.withdraw(pool.address))
      if ((yield* pool.read.claimable(as)) > 0n) yield* send({ ...pool.tx.claim(), as })
    }
    let sum = yield* usd.read.balanceOf(deployer)
    for (const { address } of markets) sum += yield* usd.read.balanceOf(address)
    let owed = 0n
    for (const address of who) {
      sum += yield* usd.read.balanceOf(address)
      owed += yield* pool.read.claimable(address)
    }
    const short = (holds: bigint, owes: bigint): bigint => (owes > holds ? owes - holds : 0n)
    const credits = (yield* posted.read.creditOf(pool.address)) + (yield* posted.read.creditOf(deployer))
    return {
      missing: (yield* usd.read.totalSupply()) - sum,
      unbacked:
        short(yield* usd.read.balanceOf(posted.address), credits) +
        short(yield* usd.read.balanceOf(noise.address), yield* noise.read.credit()) +
        short(yield* usd.read.balanceOf(curve.address), yield* curve.read.reserve()) +
        short(yield* usd.read.balanceOf(pool.address), owed)
    }
  }
})
