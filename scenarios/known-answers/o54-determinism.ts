import { KnownAnswer } from "mesocosm"
import openPool from "../open-pool.ts"

export default KnownAnswer.ofRuns("o54-determinism", {
  claim: "The same arm and seed leave the same digests, and another Param leaves others",
  setting: "open-pool with 10 honest identities for a year: twice the same, once with identities that come at random",
  source: "The definition of a digest: a hash of all that happened, which follows from the manifest alone",
  expected: { ofTheSame: 1, ofAnother: 2 },
  tolerance: "exact",
  unit: "different digests",
  scenario: openPool,
  runs: {
    once: { set: { honest: "10" } },
    again: { set: { honest: "10" } },
    other: { set: { honest: "10", arrivals: "random" } }
  },
  seed: 7,
  value: ({ once, again, other }) => ({
    ofTheSame: new Set([once.digest.trace, again.digest.trace]).size,
    ofAnother: new Set([once.digest.trace, other.digest.trace]).size
  })
})
