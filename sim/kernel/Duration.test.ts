import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ScenarioError } from "../Errors.ts"
import { DAY, type Duration, HOUR, MINUTE, SECOND, seconds, spoken, WEEK, YEAR } from "./Duration.ts"

describe("seconds", () => {
  it.each([
    ["1 second", SECOND],
    ["90 seconds", 90],
    ["1 minute", MINUTE],
    ["1 hour", HOUR],
    ["30 days", 30 * DAY],
    ["52 weeks", 52 * WEEK],
    ["1 year", YEAR],
    ["0 days", 0],
    ["1.5 hours", 5_400],
    ["0.1 minutes", 6],
    ["9007199254740991 seconds", Number.MAX_SAFE_INTEGER]
  ] as const)("reads %s", (text, expected) => {
    expect(seconds(text)).toBe(expected)
  })

  it("counts as calendars without leaps do", () => {
    expect([MINUTE, HOUR, DAY, WEEK, YEAR]).toEqual([60, 60 * 60, 24 * HOUR, 7 * DAY, 365 * DAY])
  })

  it.each([
    "",
    "week",
    "52",
    "52weeks",
    "52  weeks",
    " 52 weeks",
    "52 Weeks",
    "-1 days",
    "1e3 seconds",
    "1. days",
    ".5 days",
    "1 month",
    "1 s",
    "0.5 seconds",
    "0.0001 days",
    "9007199254740992 seconds",
    "999999999999 years",
    "1 day 2 hours"
  ])("refuses %j", (text) => {
    // What the type refuses may still come from a command line.
    const read = () => seconds(text as Duration)
    expect(read).toThrow(ScenarioError)
    expect(read).toThrow(expect.objectContaining({ reason: "WrongUnit", offending: { name: "duration", value: text } }))
  })
})

describe("spoken", () => {
  it.each([
    [0, "0 seconds"],
    [1, "1 second"],
    [3 * DAY + 4 * HOUR, "3 days 4 hours"],
    [YEAR + WEEK + DAY + HOUR + MINUTE + SECOND, "1 year 1 week 1 day 1 hour 1 minute 1 second"],
    [2 * WEEK, "2 weeks"],
    [156 * WEEK, "156 weeks"],
    [3 * YEAR, "3 years"],
    [10 * DAY, "10 days"],
    [90 * MINUTE, "90 minutes"],
    [26 * HOUR, "26 hours"],
    [49 * HOUR, "2 days 1 hour"],
    [121 * MINUTE, "2 hours 1 minute"],
    [2000 * WEEK, "38 years 18 weeks 4 days"]
  ])("says %d as %s", (total, text) => {
    expect(spoken(total)).toBe(text)
  })

  it("adds up to what it says", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (total) => {
        const terms = spoken(total).match(/\d+ [a-z]+/g) ?? []
        expect(terms.reduce((sum, term) => sum + seconds(term as Duration), 0)).toBe(total)
      })
    )
  })

  it.each([-1, 0.5, Number.NaN, 2 ** 53])("refuses %d", (total) => {
    expect(() => spoken(total)).toThrow(RangeError)
  })
})
