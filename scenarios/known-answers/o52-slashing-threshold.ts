import { type Hex, KnownAnswer, ONE } from "mesocosm"

const GAIN = 10n * ONE
const LISTINGS = 10n
const CAUGHT = 2n

export default KnownAnswer.make("o52-slashing-threshold", {
  claim: "Cheating pays up to the stake at which what is slashed of those who are caught is all that cheats gain",
  setting:
    "ten fakes sold for 10 each behind stakes of s, two of them challenged and upheld, half of a stake is slashed; s = 99, 100, 101",
  source: "cheat while g > p φ s: s* = g / (p φ) = 10 / (0.2 × 0.5) = 100; ten cheats gain 100 - s",
  expected: { at99: ONE, at100: 0n, at101: -ONE },
  tolerance: "exact",
  unit: "tokens",
  decimals: 18,
  *measure({ deploy, send, advance, account, deployer }) {
    const cheat = account("cheat")
    const auditor = account("auditor")
    const buyer = account("buyer")
    const usd = yield* deploy("DataToken", ["Dollar", "USD"])
    for (const who of [cheat, auditor, buyer]) yield* send(usd.tx.mint(who, 10_000n * ONE))

    function* gained(stake: bigint) {
      const registry = yield* deploy("DataSetRegistry", ["Data sets", "SETS", 0n])
      const grants = yield* deploy("AccessGrants", [])
      const judged = { registry: registry.address, token: usd.address, stake, bond: ONE, treasury: deployer }
      const stakes = yield* deploy("ListingStake", [
        { ...judged, unbondingSeconds: 60n, verdictSeconds: 604_800n, slashBps: 5000n, challengerBps: 5000n }
      ])
      const fees = { buyerFeeBps: 0n, sellerFeeBps: 0n, treasury: deployer }
      const places = { registry: registry.address, grants: grants.address, token: usd.address, gate: stakes.address }
      const market = yield* deploy("DataMarket", [{ ...places, ...fees }])
      yield* send(grants.tx.grantRole(yield* grants.read.GRANTER_ROLE(), market.address))
      yield* send(stakes.tx.grantRole(yield* stakes.read.ARBITER_ROLE(), deployer))
      const before = yield* usd.read.balanceOf(cheat)
      for (const [who, where] of [
        [cheat, stakes.address],
        [auditor, stakes.address],
        [buyer, market.address]
      ] as const) {
        yield* send({ ...usd.tx.approve(where, 2n ** 255n), as: who })
      }
      for (let n = 0n; n < LISTINGS; n++) {
        const content: Hex = `0x${(n + 1n).toString(16).padStart(64, "0")}`
        yield* send({ ...registry.tx.register(content, content, 0n, { terms: content, uses: 1, uri: "" }), as: cheat })
        yield* send({ ...stakes.tx.list(n), as: cheat })
        yield* send({ ...market.tx.offer(n, GAIN, 1n, 86_400n), as: cheat })
        yield* send({ ...market.tx.buy(n, GAIN), as: buyer })
      }
      for (let n = 0n; n < CAUGHT; n++) {
        yield* send({ ...stakes.tx.challenge(n, `0x${"11".repeat(32)}`), as: auditor })
        yield* send(stakes.tx.resolve(n, true))
      }
      for (let n = CAUGHT; n < LISTINGS; n++) yield* send({ ...stakes.tx.unlist(n), as: cheat })
      yield* advance("1 day")
      for (let n = CAUGHT; n < LISTINGS; n++) yield* send({ ...stakes.tx.reclaim(n), as: cheat })
      yield* send({ ...stakes.tx.withdraw(), as: cheat })
      yield* send({ ...market.tx.withdraw(), as: cheat })
      return (yield* usd.read.balanceOf(cheat)) - before
    }
    return { at99: yield* gained(99n * ONE), at100: yield* gained(100n * ONE), at101: yield* gained(101n * ONE) }
  }
})
