import { KnownAnswer } from "mesocosm"
import openPool from "../open-pool.ts"

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

export default KnownAnswer.ofRuns("o30-stake-bound", {
  claim: "The stake at which an identity stops paying keeps the operator out; a tenth less does not",
  setting: "R = 1,000, N = 100, c = 2, capital at 10 % a year; the stake is 4,172, then 3,754",
  source: "An identity earns at most R/N − c = 8 a week, and a stake s costs s × 10 % × 7/365: equal at s = 4,171.4",
  expected: { atTheBound: 0, aTenthLess: 1 },
  tolerance: { each: { atTheBound: "exact", aTenthLess: "at least" } },
  unit: "identities",
  scenario: openPool,
  runs: { bound: { arm: "sybil-with-stake" }, less: { arm: "sybil-with-stake", set: { stake: "3754" } } },
  seed: 7,
  value: ({ bound, less }) => ({
    atTheBound: bound.last("identities"),
    aTenthLess: mean(less.samples("identities").slice(-12))
  })
})
