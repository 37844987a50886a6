import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { amountOf, decimal, decimalText, ONE, wholeUnits } from "./Units.ts"

describe("amounts", () => {
  it("are read and written exactly", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
        fc.integer({ min: 0, max: 18 }),
        (amount, decimals) => {
          expect(decimal(decimalText(amount, decimals), decimals)).toBe(amount)
        }
      )
    )
    expect(decimal("1105000.5", 18)).toBe(1_105_000_500_000_000_000_000_000n)
  })

  it("refuse what is no decimal, or has digits that do not fit", () => {
    for (const text of ["", "1e3", "1,000", "0x10", "1.", ".5", "1.2345"]) {
      expect(() => decimal(text, 3)).toThrow(expect.objectContaining({ _tag: "ScenarioError", reason: "WrongUnit" }))
    }
  })

  it("become floating-point numbers rounded to nearest, and quantities become amounts cut to a millionth", () => {
    expect(wholeUnits(ONE / 3n)).toBe(1 / 3)
    const amounts = fc.oneof(
      fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }),
      fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n })
    )
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 30 }), (amount, decimals) => {
        // The language reads a decimal to the nearest number.
        expect(wholeUnits(amount, decimals)).toBe(Number(decimalText(amount, decimals)))
      })
    )
    expect(amountOf(1.2345678)).toBe(1_234_567_000_000_000_000n)
    expect(amountOf(-1.2345678)).toBe(-1_234_567_000_000_000_000n)
    expect(() => amountOf(1e10)).toThrow(RangeError)
    expect(() => amountOf(Number.NaN)).toThrow(RangeError)
  })
})
