import { KnownAnswer, ONE } from "mesocosm"

export default KnownAnswer.make("dimo-streaks", {
  claim:
    "A streak is worth 0, 1,000, 2,000 and 3,000 points from 1, 4, 21 and 36 weeks, and the third missed week drops a level",
  setting: "A vehicle of 6,000 connection points connects for 36 weeks, misses three, and connects again",
  source:
    "DIMO DIP-2 and rewards-api streak.go: levels from 4, 21 and 36 weeks; a drop leads to the least weeks of the level below",
  expected: {
    week3: 6000n,
    week4: 7000n,
    week20: 7000n,
    week21: 8000n,
    week35: 8000n,
    week36: 9000n,
    after3Missed: 8000n
  },
  tolerance: "exact",
  unit: "points",
  *measure({ deploy, send, advance }) {
    const token = yield* deploy("DataToken", ["Data", "DATA"])
    const rewards = yield* deploy("WeeklyRewards", [
      token.address,
      { firstWeekLimit: 1_105_000n * ONE, connectionPoints: [6000n], streaks: true, identityStake: 0n, stakeLock: 0n }
    ])
    yield* send(rewards.tx.register(0n))
    const points: bigint[] = []
    for (let week = 0; week < 36; week++) {
      yield* send(rewards.tx.connect(0n))
      points.push(yield* rewards.read.pointsOf(BigInt(week)))
      yield* advance("1 week")
    }
    yield* advance("3 weeks")
    yield* send(rewards.tx.connect(0n))
    const after3Missed = yield* rewards.read.pointsOf(39n)
    const week = (n: number): bigint => points[n - 1] ?? 0n
    return {
      week3: week(3),
      week4: week(4),
      week20: week(20),
      week21: week(21),
      week35: week(35),
      week36: week(36),
      after3Missed
    }
  }
})
