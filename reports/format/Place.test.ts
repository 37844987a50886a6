import { describe, expect, it } from "vitest"
import { crossingSays, undoneWhere } from "./Place.ts"

describe("places along a Param", () => {
  it("say on which side a mean rests at zero, and where nothing is known of the interval", () => {
    const of = { metric: "k", arm: "a", against: null, level: 0.95, between: ["1", "2"] as const, rises: true }
    const nowhere = { at: null, low: null, high: null }
    expect(crossingSays({ ...of, ...nowhere, rests: "before", n: 3 })).toBe("0 at 1, above 0 at 2")
    expect(crossingSays({ ...of, ...nowhere, rests: "after", n: 3 })).toBe("below 0 at 1, 0 at 2")
    const passes = { ...of, ...nowhere, rests: null, at: "1.23456" }
    expect(crossingSays({ ...passes, n: 1 })).toContain("0 at 1.235 (one seed, so no interval)")
    expect(crossingSays({ ...passes, n: 3 })).toContain("(95 %: wider than the points)")
    expect(crossingSays({ ...passes, high: "2 weeks", n: 3 })).toContain("(95 %: less than the first point to 2 weeks)")
  })

  it("say where a claim is not so, in few digits, and without an interval that is a point", () => {
    const written = { at: "2.04736", low: "2.00221", high: "2.18727" }
    expect(undoneWhere({ name: "rewards", holds: "above", written })).toBe("rewards is below 2.047 (2.002 to 2.187)")
    const none = { at: "1", low: "1", high: "1" }
    expect(undoneWhere({ name: "fakers", holds: "above", written: none })).toBe("fakers is below 1")
    const weeks = { at: "2 weeks", low: "9 days", high: "3 weeks" }
    expect(undoneWhere({ name: "wait", holds: "below", written: weeks })).toBe(
      "wait is 2 weeks or more (9 days to 3 weeks)"
    )
  })
})
