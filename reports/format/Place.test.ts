import { describe, expect, it } from "vitest"
import { crossingSays, isSure, undoneWhere } from "./Place.ts"

describe("places along a Param", () => {
  it("say on which side a mean rests at zero, and where nothing is known of the interval", () => {
    const of = { metric: "k", arm: "a", against: null, level: 0.95, between: ["1", "2"] as const, rises: true }
    const nowhere = { at: null, low: null, high: null }
    expect(crossingSays({ ...of, ...nowhere, rests: "before", n: 3 })).toBe("0 at 1, above 0 at 2")
    expect(crossingSays({ ...of, ...nowhere, rests: "after", n: 3 })).toBe("below 0 at 1, 0 at 2")
    const passes = { ...of, ...nowhere, rests: null, at: "1.23456" }
    expect(crossingSays({ ...passes, n: 1 })).toContain("0 at 1.23 (one seed, so no interval)")
    expect(crossingSays({ ...passes, n: 3 })).toContain("(95 %: wider than the points)")
    expect(crossingSays({ ...passes, high: "2 weeks", n: 3 })).toContain("(95 %: less than the first point to 2 weeks)")
  })

  it("are written in as many digits as tell the points apart, and the points as they were asked for", () => {
    const of = { metric: "k", arm: "a", against: null, level: 0.95, rises: true, rests: null, n: 3 }
    const far = { between: ["1000000", "1000100"] as const, at: "1000033.333", low: "1000031", high: "1000036" }
    expect(crossingSays({ ...of, ...far })).toBe(
      "below 0 at 1000000, above 0 at 1000100; 0 at 1000033 (95 %: 1000031 to 1000036)"
    )
    const fine = { between: ["0.0008", "0.0012"] as const, at: "0.00100963", low: "0.0010091", high: "0.0010101" }
    expect(crossingSays({ ...of, ...fine })).toContain("0 at 0.0010096 (95 %: 0.0010091 to 0.0010101)")
    const spans = { between: ["1 day", "30 days"] as const, at: "239690 seconds", low: "2 days", high: "4 days" }
    expect(crossingSays({ ...of, ...spans })).toContain("0 at 2 days 18 hours 34 minutes 50 seconds (95 %: 2 days to")
  })

  it("are not sure of one seed, nor where the interval is open", () => {
    const of = { metric: "k", arm: "a", against: null, level: 0.95, between: ["1", "2"] as const, rises: true }
    const closed = { ...of, rests: null, at: "1.5", low: "1.4", high: "1.6", n: 3 }
    expect(isSure(closed)).toBe(true)
    expect(
      [
        { ...closed, n: 1 },
        { ...closed, low: null },
        { ...closed, high: null }
      ].map(isSure)
    ).toEqual([false, false, false])
    expect(isSure({ ...closed, at: null, low: null, high: null, rests: "before" })).toBe(true)
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
