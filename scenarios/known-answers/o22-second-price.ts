import { KnownAnswer } from "mesocosm"
import { revenue } from "./parts/sealed-bids.ts"

const SETTING = { count: 120, rule: "second", reserve: 0, bid: (value: number): number => value } as const

export default KnownAnswer.make("o22-second-price", {
  claim: "A second-price auction without reserve earns (n - 1) / (n + 1)",
  setting: "2, 3 and 5 bidders of values from U[0, 1], who bid them; 2,400 auctions of each",
  source: "Vickrey (1961), Myerson (1981): 1/3, 1/2, 2/3",
  expected: { of2: 0.3333, of3: 0.5, of5: 0.6667 },
  tolerance: { absolute: 0.005 },
  replications: 20,
  unit: "tokens per auction",
  slow: true,
  *measure(at) {
    return {
      of2: yield* revenue(at, { ...SETTING, bidders: 2 }),
      of3: yield* revenue(at, { ...SETTING, bidders: 3 }),
      of5: yield* revenue(at, { ...SETTING, bidders: 5 })
    }
  }
})
