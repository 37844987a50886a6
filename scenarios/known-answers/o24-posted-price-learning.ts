import { KnownAnswer } from "mesocosm"
import pricingLab from "../pricing-lab.ts"

/** The last four weeks of samples, one a day. */
const late = (samples: readonly number[]): readonly number[] => samples.slice(-28)
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

export default KnownAnswer.ofRuns("o24-posted-price-learning", {
  claim: "A seller that learns by upper confidence bounds comes to charge a half, and earns a quarter per buyer",
  setting:
    "21 prices; 50,050 buyers of values from U[0, 1], 550 a day for 91 days; price and revenue of the last 28 days, mean of 20 seeds",
  source: "The monopoly price of U[0, 1]: p (1 - p) is greatest at 1/2, where it is 1/4 (Kleinberg, Leighton 2003)",
  expected: { price: 0.5, revenue: 0.25 },
  tolerance: { each: { price: { absolute: 0.05 }, revenue: { absolute: 0.01 } } },
  replications: 20,
  unit: "USD",
  slow: true,
  scenario: pricingLab,
  runs: { learner: { arm: "dynamic", set: { buyers: "550", explore: "0.015" } } },
  value: ({ learner }) => {
    const revenue = learner.samples("revenue")
    const from = revenue.at(-29) ?? 0
    return { price: mean(late(learner.samples("price"))), revenue: ((revenue.at(-1) ?? 0) - from) / (28 * 550) }
  }
})
