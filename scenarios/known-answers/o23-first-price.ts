import { KnownAnswer } from "mesocosm"
import { revenue } from "./parts/sealed-bids.ts"

const SETTING = { count: 120, rule: "first", reserve: 0 } as const

/** The bid of the symmetric equilibrium. */
const shade =
  (bidders: number) =>
  (value: number): number =>
    (value * (bidders - 1)) / bidders

export default KnownAnswer.make("o23-first-price", {
  claim: "A first-price auction whose bidders shade their values by 1/n earns what a second-price one does",
  setting: "2, 3 and 5 bidders of values from U[0, 1], who bid v (n - 1) / n; 2,400 auctions of each",
  source: "Vickrey (1961), revenue equivalence: (n - 1) / (n + 1) = 1/3, 1/2, 2/3",
  expected: { of2: 0.3333, of3: 0.5, of5: 0.6667 },
  tolerance: { absolute: 0.005 },
  replications: 20,
  unit: "tokens per auction",
  slow: true,
  *measure(at) {
    return {
      of2: yield* revenue(at, { ...SETTING, bidders: 2, bid: shade(2) }),
      of3: yield* revenue(at, { ...SETTING, bidders: 3, bid: shade(3) }),
      of5: yield* revenue(at, { ...SETTING, bidders: 5, bid: shade(5) })
    }
  }
})
