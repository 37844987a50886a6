import { KnownAnswer } from "mesocosm"
import openPool from "../open-pool.ts"

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

export default KnownAnswer.ofRuns("o30-operator", {
  claim: "An operator that climbs its own profit stops where theory says, and leaves an honest identity that much",
  setting: "R = 1,000 a week, N = 100 honest, c = 2 an identity and week; mean of the last 12 weeks of a year",
  source:
    "k (R/(N+k) − c) is greatest at k* = √(RN/c) − N = 123.607: 305.57 a week, and R/(N+k*) = 4.472 for an identity",
  expected: { identities: 123.607, profit: 305.57, reward: 4.472 },
  tolerance: { relative: 0.05 },
  scenario: openPool,
  runs: { baseline: {} },
  seed: 7,
  value: ({ baseline }) => ({
    identities: mean(baseline.samples("identities").slice(-12)),
    profit: mean(baseline.samples("operatorProfit").slice(-12)),
    reward: mean(baseline.samples("reward").slice(-12))
  })
})
