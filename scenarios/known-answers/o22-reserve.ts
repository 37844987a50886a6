import { KnownAnswer } from "mesocosm"
import { revenue } from "./parts/sealed-bids.ts"

const SETTING = { count: 120, rule: "second", reserve: 0.5, bid: (value: number): number => value } as const

export default KnownAnswer.make("o22-reserve", {
  claim: "The optimal reserve of a half raises the revenue of a second-price auction, and makes it 1/4 for one bidder",
  setting: "1, 2, 3 and 5 bidders of values from U[0, 1], who bid them; reserve 1/2; 2,400 auctions of each",
  source: "Myerson (1981): 1/4, 5/12, .53125, .671875",
  expected: { of1: 0.25, of2: 0.41667, of3: 0.53125, of5: 0.671875 },
  tolerance: { absolute: 0.005 },
  replications: 20,
  unit: "tokens per auction",
  slow: true,
  *measure(at) {
    return {
      of1: yield* revenue(at, { ...SETTING, bidders: 1 }),
      of2: yield* revenue(at, { ...SETTING, bidders: 2 }),
      of3: yield* revenue(at, { ...SETTING, bidders: 3 }),
      of5: yield* revenue(at, { ...SETTING, bidders: 5 })
    }
  }
})
