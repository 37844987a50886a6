import { KnownAnswer } from "mesocosm"
import openPool from "../open-pool.ts"

export default KnownAnswer.ofRuns("o30-free-entry", {
  claim: "With free entry identities come until a reward is worth its cost",
  setting: "R = 1,000 a week, c = 2, 1,000 who may enter; after a year",
  source: "R/N = c at N = R/c = 500",
  expected: 500,
  tolerance: { relative: 0.05 },
  unit: "identities",
  scenario: openPool,
  runs: { free: { arm: "free-entry" } },
  seed: 7,
  value: ({ free }) => free.last("inside")
})
