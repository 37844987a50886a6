import { KnownAnswer, ONE } from "mesocosm"
import openPool from "../open-pool.ts"

const sorted = (values: readonly bigint[]): readonly bigint[] => [...values].sort((a, b) => (a < b ? -1 : 1))

export default KnownAnswer.ofRuns("o30-honest", {
  claim: "Without an operator every honest identity earns its equal part, to the base unit",
  setting: "R = 1,000 a week, N = 100, nobody else; claimed in weeks 4, 8, … 52, for the 51 weeks finished by then",
  source: "R/N = 10 a week, 51 × 10 = 510",
  expected: {
    leastReward: 10n * ONE,
    mostReward: 10n * ONE,
    identities: 100,
    leastReceived: 510n * ONE,
    mostReceived: 510n * ONE
  },
  tolerance: "exact",
  unit: "tokens",
  decimals: 18,
  scenario: openPool,
  runs: { honest: { arm: "honest" } },
  seed: 7,
  value: ({ honest }) => {
    // The first sample is taken before a week has passed.
    const rewards = sorted(honest.exact("reward").slice(1))
    const { from_name = [], to = [], amount = [] } = honest.table("flows")
    const received = new Map<unknown, bigint>()
    for (const [row, identity] of to.entries()) {
      if (from_name[row] !== "pool") continue
      received.set(identity, (received.get(identity) ?? 0n) + BigInt(String(amount[row])))
    }
    const all = sorted([...received.values()])
    return {
      leastReward: rewards.at(0) ?? 0n,
      mostReward: rewards.at(-1) ?? 0n,
      identities: all.length,
      leastReceived: all.at(0) ?? 0n,
      mostReceived: all.at(-1) ?? 0n
    }
  }
})
