import { KnownAnswer, ONE } from "mesocosm"

export default KnownAnswer.make("o1-dimo-issue", {
  claim: "The whole weekly issue is what the schedule publishes",
  setting: "One vehicle, connected in each of the 364 weeks, claims once at the end",
  source: "DIMO DIP-2 as amended: 1,105,000 tokens a week, 15 % less each year, seven years: 260,264,270 in all",
  expected: 260_264_270n * ONE,
  tolerance: { absolute: ONE },
  unit: "tokens",
  decimals: 18,
  *measure({ deploy, send, advance, deployer }) {
    const token = yield* deploy("DataToken", ["Data", "DATA"])
    const rewards = yield* deploy("WeeklyRewards", [
      token.address,
      {
        firstWeekLimit: 1_105_000n * ONE,
        connectionPoints: [6000n, 3000n],
        streaks: true,
        identityStake: 0n,
        stakeLock: 0n
      }
    ])
    yield* send(token.tx.grantMinter(rewards.address))
    yield* send(rewards.tx.register(0n))
    for (let week = 0; week < 364; week++) {
      yield* send(rewards.tx.connect(0n))
      yield* advance("1 week")
    }
    yield* send(rewards.tx.claim(0n))
    return yield* token.read.balanceOf(deployer)
  }
})
