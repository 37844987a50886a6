import { KnownAnswer, ONE } from "mesocosm"

const UNBOUNDED = 2n ** 256n - 1n

export default KnownAnswer.make("o15-ocean-multiplier", {
  claim: "Farming rewards are bounded by a multiplier of the volume that falls from 1 to the fee over twenty weeks",
  setting: "weeks 8, 9, 15, 20, 28 and 29 of the published table; no bound is 2^256 - 1",
  source: "Ocean Protocol, df-py, dcv_multiplier.py: no bound, 1, .709, .4665, .0785, .001",
  expected: {
    week8: UNBOUNDED,
    week9: ONE,
    week15: (709n * ONE) / 1000n,
    week20: (4665n * ONE) / 10_000n,
    week28: (785n * ONE) / 10_000n,
    week29: ONE / 1000n
  },
  tolerance: "exact",
  unit: "of the volume",
  decimals: 18,
  *measure({ deploy }) {
    const token = yield* deploy("DataToken", ["Ocean", "OCEAN"])
    const farm = yield* deploy("VolumeFarming", [
      token.address,
      { firstWeek: 8n, budget: ONE, yieldBound: ONE, published: true, fixedMultiplier: 0n }
    ])
    return {
      week8: yield* farm.read.multiplier(8n),
      week9: yield* farm.read.multiplier(9n),
      week15: yield* farm.read.multiplier(15n),
      week20: yield* farm.read.multiplier(20n),
      week28: yield* farm.read.multiplier(28n),
      week29: yield* farm.read.multiplier(29n)
    }
  }
})
