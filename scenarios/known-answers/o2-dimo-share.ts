import { KnownAnswer, ONE } from "mesocosm"

export default KnownAnswer.make("o2-dimo-share", {
  claim: "A vehicle earns its points' share of the week's issue",
  setting: "Week 0: one vehicle with 9 points in a fleet of 240,000 points",
  source: "DIMO DIP-2: 1,105,000 × 9 / 240,000 = 41.4375 tokens",
  expected: 41_437_500_000_000_000_000n,
  tolerance: "exact",
  unit: "tokens",
  decimals: 18,
  *measure({ deploy, send, advance }) {
    const token = yield* deploy("DataToken", ["Data", "DATA"])
    const rewards = yield* deploy("WeeklyRewards", [
      token.address,
      {
        firstWeekLimit: 1_105_000n * ONE,
        connectionPoints: [9n, 239_991n],
        streaks: true,
        identityStake: 0n,
        stakeLock: 0n
      }
    ])
    for (const vehicle of [0n, 1n]) {
      yield* send(rewards.tx.register(vehicle))
      yield* send(rewards.tx.connect(vehicle))
    }
    yield* advance("1 week")
    return yield* rewards.read.claimable(0n)
  }
})
