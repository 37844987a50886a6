import { KnownAnswer } from "mesocosm"
import openPool from "../open-pool.ts"

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

export default KnownAnswer.ofRuns("o30-random-arrivals", {
  claim: "With honest identities that come at random, the mean reward is the mean over the binomial distribution",
  setting:
    "R = 1,000 a week, 20 honest who each come with probability 0.8, 5 identities of the operator; mean of 50 weeks",
  source: "Σ over n = 0 … 20 of C(20, n) 0.8^n 0.2^(20−n) × 1000 / (n + 5) = 47.983 (see open-pool in ASSUMPTIONS.md)",
  expected: 47.98307585756635,
  tolerance: "exact",
  unit: "tokens",
  replications: 20,
  slow: true,
  scenario: openPool,
  runs: { random: { set: { arrivals: "random", strategy: "fixed", identities: "5", honest: "20" } } },
  value: ({ random }) => mean(random.samples("reward").slice(2))
})
