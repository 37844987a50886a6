import { type Address, KnownAnswer, ONE } from "mesocosm"

const VOLUME = 10_000n * ONE

export default KnownAnswer.make("o14-wash-threshold", {
  claim: "Buying one's own data to farm on it pays the multiplier less the fee, and nothing where they are equal",
  setting:
    "a market with a fee of 0.1 %; one account publishes, stakes 1,000,000 and buys its own data for 10,000 in a week",
  source: "Ocean Protocol, df-py and the text on wash consumption: profit / volume = m - f, at m = 1, .1, .01, .001",
  expected: { at1: 0.999, at01: 0.099, at001: 0.009, atFee: 0 },
  tolerance: { absolute: 1e-9 },
  unit: "of the volume",
  *measure({ deploy, send, advance, account, deployer }) {
    const washer = account("washer")
    const token = yield* deploy("DataToken", ["Ocean", "OCEAN"])
    const market = yield* deploy("PostedPrice", [token.address, 10n, deployer])
    yield* send(token.tx.mint(washer, 2_000_000n * ONE))
    yield* send({ ...token.tx.approve(market.address, 2n ** 255n), as: washer })
    yield* send({ ...market.tx.list(`0x${"11".repeat(32)}`, VOLUME, washer), as: washer })

    function* profit(multiplier: bigint) {
      const farm = yield* deploy("VolumeFarming", [
        token.address,
        { firstWeek: 0n, budget: 100_000n * ONE, yieldBound: ONE, published: false, fixedMultiplier: multiplier }
      ])
      yield* send(farm.tx.grantRecorder(deployer))
      yield* send(token.tx.grantMinter(farm.address))
      const vault: Address = yield* farm.read.vault()
      const before = yield* token.read.balanceOf(washer)
      yield* send({ ...token.tx.approve(vault, 2n ** 255n), as: washer })
      yield* send({ ...farm.tx.stake(1n, 1_000_000n * ONE), as: washer })
      yield* advance("1 week")
      const sold = yield* send({ ...market.tx.buy(0n, VOLUME), as: washer })
      const paid = sold.events(market, "Sold").reduce((sum, { paid }) => sum + paid, 0n)
      yield* send(farm.tx.recordVolume(1n, paid))
      yield* send(market.tx.withdraw(washer))
      yield* advance("1 week")
      yield* send({ ...farm.tx.claim(1n), as: washer })
      yield* send({ ...farm.tx.unstake(1n, 1_000_000n * ONE), as: washer })
      return Number((yield* token.read.balanceOf(washer)) - before) / Number(VOLUME)
    }
    return {
      at1: yield* profit(ONE),
      at01: yield* profit(ONE / 10n),
      at001: yield* profit(ONE / 100n),
      atFee: yield* profit(ONE / 1000n)
    }
  }
})
