/** What a flag is taken to be where it is left out, when the command must know whether it was: read by help and command. */
export const DEFAULTS = {
  compare: { seeds: "40", maxSeeds: "1000", points: "64", pairs: "8" },
  sweep: { points: "64" },
  sensitivity: { base: { morris: "20", sobol: "128" } },
  verify: { sample: "10" }
} as const
