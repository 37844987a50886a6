/** Words for numbers: cut, never rounded up, and columns that line up. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { integer, money, number, plural, quantity, ranges, short, signed, table, whole } from "./Text.ts"

describe("whole", () => {
  it("shows base units in whole units, and shows where it cut", () => {
    expect(whole(1_000_000_000_000_000_000n)).toBe("1")
    expect(whole(1_234_567_500_000_000_000_000n)).toBe("1,234.5675")
    expect(whole(166_666_666_666_666_666_666n)).toBe("166.66666666…")
    expect(whole(-2_500_000_000_000_000_000n)).toBe("-2.5")
    expect(whole(1n)).toBe("0.…")
  })

  it("never says more than there is", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (amount) => {
        const [integral = "0", fraction = ""] = whole(amount).replace("…", "").replaceAll(",", "").split(".")
        const said = BigInt(integral) * 10n ** 18n + BigInt(fraction.padEnd(18, "0"))
        return said <= amount && amount - said < 10n ** 10n
      })
    )
  })
})

describe("words", () => {
  it("tell counts from amounts", () => {
    expect(integer(604_800n, "tokens")).toBe("604,800")
    expect(integer(10n ** 18n, "tokens")).toBe("1 tokens")
    expect(integer((1n << 256n) - 1n, "tokens")).toBe("the most there is (2^256 − 1)")
    expect([quantity(3, "count"), quantity(3, "tokens")]).toEqual(["3", "3 tokens"])
    expect([plural(1, "block"), plural(2, "block")]).toEqual(["1 block", "2 blocks"])
  })

  it("keep numbers short", () => {
    expect([number(0), number(1e9), number(0.868517123), number(0.25)]).toEqual([
      "0",
      "1,000,000,000",
      "0.868517",
      "0.25"
    ])
    expect(number(1e-5)).toBe("0.00001000")
    expect(short("0x43c6c64600000000cb54")).toBe("0x43c6c646…cb54")
  })

  it("write no size as 0, and no 0 with a sign", () => {
    expect([0.0004, -0.0004, 0.0049, 0.005, 0.999].map((value) => money(value))).toEqual([
      "0.0004",
      "-0.0004",
      "0.0049",
      "0.01",
      "1"
    ])
    expect([signed(0.0004), signed(0), signed(-0), money(-0), signed(1e-15)]).toEqual([
      "+0.0004",
      "0",
      "0",
      "0",
      "+1.0e-15"
    ])
    expect([12_345.678, 123.45, 12.345, 1.234, 0.54].map((value) => money(value))).toEqual([
      "12,346",
      "123.5",
      "12.3",
      "1.23",
      "0.54"
    ])
  })

  it("have two digits of what they are read against, and thousands none", () => {
    // A smallest effect of 0.0002, an interval as wide as 0.004.
    const beside = [0.004, 0.0002]
    expect([0.51234, 0.00031, 12_345.678].map((value) => money(value, beside))).toEqual([
      "0.51234",
      "0.00031",
      "12,346"
    ])
    expect([signed(-0.0000001, beside), signed(0.0000001, beside), signed(0.00031, beside)]).toEqual([
      "0",
      "0",
      "+0.00031"
    ])
    expect([money(115.3, [35, 5]), money(0.5, [0, Number.POSITIVE_INFINITY])]).toEqual(["115.3", "0.5"])
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 900, noNaN: true }),
        fc.double({ min: 1e-9, max: 1, noNaN: true }),
        (value, by) => {
          const read = Number(money(value, [by]))
          expect(Math.abs(read - value)).toBeLessThanOrEqual(0.0501 * Math.max(by, 1e-11))
          expect(money(-value, [by])).not.toMatch(/^-0(?:\.0*)?$/)
        }
      )
    )
  })

  it("name whole numbers as ranges, which name exactly those", () => {
    expect(ranges([0, 1, 2, 7])).toBe("0 to 2, 7")
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(60)), (numbers) => {
        const named = ranges(numbers)
          .split(", ")
          .filter((part) => part !== "")
          .flatMap((part) => {
            const [from = 0, to = from] = part.split(" to ").map(Number)
            return Array.from({ length: to - from + 1 }, (_, at) => from + at)
          })
        expect(named).toEqual([...numbers].sort((a, b) => a - b))
      })
    )
  })
})

describe("a table", () => {
  it("lines up, without blanks at the end of a line", () => {
    const rows = [
      ["a", "10", "x"],
      ["long", "2", ""]
    ]
    expect(table(rows, ["left", "right"])).toBe("  a     10  x\n  long   2\n")
    expect(table([], [])).toBe("")
  })
})
