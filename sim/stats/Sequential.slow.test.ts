/** Stopping early on arms that do not differ: false alarms stay below the 99.9 % binomial band of 5 %. */
import { describe, expect, it } from "vitest"
import { falseAlarms, type NullArms } from "./fixtures/SequentialStudy.ts"
import { sequentialPlan } from "./Sequential.ts"

const experiments = 20_000
/** Upper end of the two-sided 99.9 % band of 5 % (normal, z = 3.2905). */
const band = 0.05 + 3.2905 * Math.sqrt((0.05 * 0.95) / experiments)

const cases: readonly [arms: NullArms, maxSeeds: number, spending: "even" | "obrien-fleming", kpis: number][] = [
  ["normal", 1_000, "even", 1],
  ["normal", 100, "obrien-fleming", 1],
  ["normal", 100, "even", 4],
  ["lognormal", 100, "even", 1],
  ["Bernoulli", 100, "even", 1],
  ["rare Bernoulli", 100, "even", 1]
]

describe("false alarms of stopping early", () => {
  it.each(cases)(
    "%s arms, up to %d pairs, spending %s, %d KPIs",
    (arms, maxSeeds, spending, kpis) => {
      const share = falseAlarms(sequentialPlan({ maxSeeds, spending }), arms, { experiments, kpis })
      console.log(
        `${arms}, up to ${maxSeeds}, ${spending}, ${kpis} KPIs: ${(100 * share).toFixed(2)} % of ${experiments}`
      )
      expect(share).toBeLessThan(band)
    },
    900_000
  )
})
