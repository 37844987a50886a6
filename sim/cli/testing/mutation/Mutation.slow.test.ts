/** The tests of the contracts notice every change of their arithmetic, their checks and their bookkeeping. */
import { describe, expect, it } from "vitest"
import { unexplained } from "./accepted.ts"
import { judge } from "./MutationRun.ts"

const root = new URL("../../../../", import.meta.url).pathname

/** One line per contract that is mutated; `every` samples where all would take too long. */
const contracts: readonly (readonly [contract: string, every: number])[] = [
  ["contracts/rights/DataSetRegistry.sol", 1],
  ["contracts/access/AccessGrants.sol", 1],
  ["contracts/access/DataMarket.sol", 1],
  ["contracts/access/Subscriptions.sol", 1],
  ["contracts/pricing/BondingCurve.sol", 1],
  ["contracts/pricing/ConstantProductPair.sol", 1],
  ["contracts/pricing/FixedPoint.sol", 1],
  ["contracts/pricing/LogMarketScoringRule.sol", 1],
  ["contracts/pricing/NoisePricing.sol", 1],
  ["contracts/pricing/PairRouter.sol", 1],
  ["contracts/pricing/PostedPrice.sol", 1],
  ["contracts/pricing/SealedBidAuction.sol", 1],
  ["contracts/rewards/ContributionPool.sol", 1],
  ["contracts/rewards/CoveragePool.sol", 1],
  ["contracts/rewards/QualityPool.sol", 1],
  ["contracts/rewards/RewardPool.sol", 1],
  ["contracts/rewards/VolumeFarming.sol", 1],
  ["contracts/rewards/WeeklyRewards.sol", 1],
  ["contracts/rewards/WeeklyRewardsRules.sol", 1],
  ["contracts/rewards/WeightedPool.sol", 1],
  ["contracts/staking/IdentityVault.sol", 1],
  ["contracts/staking/ListingStake.sol", 1],
  ["contracts/staking/StakeVault.sol", 1],
  ["contracts/tokens/DataToken.sol", 1],
  ["contracts/tokens/PullPayments.sol", 1]
]

describe("a mutant is noticed", { timeout: 3_600_000 }, () => {
  it.each(contracts)("in %s", async (contract, every) => {
    const judged = await judge(root, contract, { every })
    expect(judged.filter(({ fate }) => fate === "killed").length).toBeGreaterThan(0)
    expect(
      unexplained(contract, judged).map(({ mutant: { line, from, to, text } }) => `${line}: ${from} > ${to} in ${text}`)
    ).toEqual([])
  })
})
