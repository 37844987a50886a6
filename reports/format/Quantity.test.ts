import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { amount, count, counted, decimal, difference, freeStyle, listed, money, quantity, styleOf } from "./Quantity.ts"

describe("numbers", () => {
  it.each([
    [0, "0"],
    [4.464285714285714, "4.46"],
    [51_000, "51,000"],
    [9_999.4, "9,999.40"],
    [9_999.7, "10,000"],
    [-13_909.886, "−13,910"],
    [0.0123456, "0.0123"],
    [1.5e-9, "1.50e−9"],
    [2e21, "2.000e+21"]
  ])("reads %d as %s", (value, text) => {
    expect(decimal(value)).toBe(text)
  })

  it("writes counts whole and means of counts with a digit", () => {
    expect([count(1_234_567), count(2.5), count(-1_000)]).toEqual(["1,234,567", "2.5", "−1,000"])
  })

  it("never writes a minus before nothing", () => {
    expect([money(-0.001), decimal(-0)]).toEqual(["0.00", "0"])
  })

  it("loses no more of money than half of its last digit", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), (value) => {
        const read = Number(money(value).replaceAll(",", "").replace("−", "-"))
        expect(Math.abs(read - value)).toBeLessThanOrEqual(0.005 + Math.abs(value) * 1e-15)
      })
    )
  })
})

describe("styles", () => {
  it("writes a ratio as % only where every number of the series is a share", () => {
    expect(quantity(0.508, styleOf("ratio", [0, 0.508], "USD"))).toBe("50.8 %")
    expect(quantity(0.508, styleOf("ratio", [0.508, 305], "USD"))).toBe("0.51")
    expect(quantity(0, styleOf("ratio", [0, 0], "USD"))).toBe("0")
  })

  it("says the unit, once", () => {
    expect(quantity(5, styleOf("tokens", [5], "USD"))).toBe("5 tokens")
    expect(quantity(5, styleOf("money", [5], "EUR"))).toBe("5 EUR")
    expect(quantity(90_000, styleOf("seconds", [90_000], "EUR"))).toBe("1 day 1 hour")
    expect(amount(5, styleOf("count", [5], "EUR"))).toBe("5")
  })
})

describe("words", () => {
  it("counts and lists as a sentence does", () => {
    expect([counted(1, "token"), counted(360, "holder"), counted(2, "identity", "identities")]).toEqual([
      "1 token",
      "360 holders",
      "2 identities"
    ])
    expect([listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])]).toEqual([
      "",
      "a",
      "a and b",
      "a, b and c"
    ])
  })
})

describe("differences", () => {
  it("have a sign and the unit; of shares, percentage points", () => {
    const style = freeStyle("USD per week")
    expect([1500, -2.5, 0].map((value) => difference(value, style))).toEqual([
      "+1,500 USD per week",
      "−2.50 USD per week",
      "0 USD per week"
    ])
    expect(difference(-0.118, { unit: "ratio", numeraire: "", share: true })).toBe("−11.8 pp")
    expect(difference(3, { unit: "count", numeraire: "", share: false })).toBe("+3")
  })

  it("are never written as nothing with a sign", () => {
    const share = { unit: "ratio", numeraire: "", share: true } as const
    expect([0.0004, -0.0004, 0.000012, 0.001, 0, -0].map((value) => difference(value, share))).toEqual([
      "+0.04 pp",
      "−0.04 pp",
      "+0.0012 pp",
      "+0.1 pp",
      "0.0 pp",
      "0.0 pp"
    ])
    const count = { unit: "count", numeraire: "", share: false } as const
    expect([0.004, -0.05].map((value) => difference(value, count))).toEqual(["+0.004", "−0.1"])
    fc.assert(
      fc.property(fc.double({ min: 1e-15, max: 1e6, noNaN: true }), (value) => {
        for (const style of [share, count, freeStyle("USD")]) expect(difference(value, style)).toMatch(/[1-9]/)
      })
    )
  })
})
