import { KnownAnswer, ONE } from "mesocosm"

export default KnownAnswer.make("o21-staking-rewards", {
  claim: "The published StakingRewards pays 25 % and 75 % for stakes of 1 to 3, and never more than it was given",
  setting: "Stakes of 100 and 300 tokens, a reward of 1,000 tokens over the contract's 60 days, claimed after them",
  source:
    "StakingRewards.sol: 1,000 × 1/4 and × 3/4; unpaid stays at most one base unit per staker and the rest of the " +
    "reward by the 5,184,000 seconds, 10^21 mod 5,184,000 = 1,216,000",
  expected: { quarter: 250n * ONE, threeQuarters: 750n * ONE, paid: 1000n * ONE, unpaid: 1_216_002n, days: 60n },
  tolerance: {
    each: {
      quarter: { absolute: 1_216_002n },
      threeQuarters: { absolute: 1_216_002n },
      paid: "at most",
      unpaid: "at most",
      days: "exact"
    }
  },
  unit: "base units",
  *measure({ deploy, send, advance, account, deployer }) {
    const stake = yield* deploy("DataToken", ["Stake", "STK"])
    const reward = yield* deploy("DataToken", ["Reward", "RWD"])
    const pool = yield* deploy("StakingRewards", [deployer, reward.address, stake.address])
    const stakers = [
      { who: account("one"), amount: 100n * ONE },
      { who: account("three"), amount: 300n * ONE }
    ]
    for (const { who, amount } of stakers) {
      yield* send(stake.tx.mint(who, amount))
      yield* send({ ...stake.tx.approve(pool.address, amount), as: who })
      yield* send({ ...pool.tx.stake(amount), as: who })
    }
    yield* send(reward.tx.mint(pool.address, 1000n * ONE))
    yield* send(pool.tx.notifyRewardAmount(1000n * ONE))
    yield* advance("60 days")
    for (const { who } of stakers) yield* send({ ...pool.tx.exit(), as: who })
    const quarter = yield* reward.read.balanceOf(account("one"))
    const threeQuarters = yield* reward.read.balanceOf(account("three"))
    return {
      quarter,
      threeQuarters,
      paid: quarter + threeQuarters,
      unpaid: yield* reward.read.balanceOf(pool.address),
      days: (yield* pool.read.rewardsDuration()) / 86_400n
    }
  }
})
