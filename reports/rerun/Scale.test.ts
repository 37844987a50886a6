import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { seconds } from "../../sim/kernel/Duration.ts"
import { positionOf, type Slid, STEPS, textAt } from "./Scale.ts"

const stake: Slid = { unit: "tokens", declared: "0", domain: ["0", "5000000"] }
const demand: Slid = { unit: "numeraire", declared: "1500", domain: ["0", "1000000"] }

describe("a slider", () => {
  it("has the domain's own texts at its ends", () => {
    expect([textAt(stake, 0), textAt(stake, STEPS), textAt(stake, -3), textAt(stake, 2000)]).toEqual([
      "0",
      "5000000",
      "0",
      "5000000"
    ])
  })

  it("puts what was declared in the middle where it would be lost at the end", () => {
    expect(positionOf(demand, "1500")).toBe(STEPS / 2)
    expect(positionOf(stake, "2500000")).toBe(STEPS / 2)
    expect(textAt(demand, STEPS / 2)).toBe("1500")
  })

  it("writes numbers as a Param reads them, without exponents", () => {
    const price: Slid = { unit: "numeraire", declared: "0.002", domain: ["0.000001", "1000"] }
    const gas: Slid = { unit: "gwei", declared: "0.01", domain: ["0", "1000"] }
    for (let position = 0; position <= STEPS; position++) {
      expect(textAt(price, position)).toMatch(/^\d+(\.\d{1,18})?$/)
      expect(textAt(gas, position)).toMatch(/^\d+(\.\d{1,9})?$/)
    }
  })

  it("writes spans of time in one unit, as the engine reads them", () => {
    const lock: Slid = { unit: "duration", declared: "1 week", domain: ["1 day 12 hours", "52 weeks"] }
    expect(textAt(lock, 0)).toBe("36 hours")
    expect(textAt(lock, STEPS)).toBe("52 weeks")
    for (let position = 0; position <= STEPS; position += 7) {
      const text = textAt(lock, position)
      // Of the shape that `seconds` takes; it throws otherwise.
      expect(seconds(text as Parameters<typeof seconds>[0])).toBeGreaterThanOrEqual(129_600)
    }
  })

  it("never leaves the domain, never goes down, and finds its way back", () => {
    const slid = fc
      .tuple(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.double({ min: 1e-3, max: 1e9, noNaN: true }), fc.nat(100))
      .map(
        ([low, wide, part]): Slid => ({
          unit: "ratio",
          declared: String(low + (wide * part) / 100),
          domain: [String(low), String(low + wide)]
        })
      )
    fc.assert(
      fc.property(slid, fc.nat(STEPS), fc.nat(STEPS), (param, a, b) => {
        const [first, second] = [textAt(param, Math.min(a, b)), textAt(param, Math.max(a, b))].map(Number)
        const [low, high] = param.domain.map(Number)
        expect(first).toBeGreaterThanOrEqual(low as number)
        expect(second).toBeLessThanOrEqual(high as number)
        expect(first).toBeLessThanOrEqual(second as number)
        const text = textAt(param, a)
        expect(Number(textAt(param, positionOf(param, text)))).toBeCloseTo(
          Number(text),
          -Math.log10((high as number) - (low as number)) + 2
        )
      }),
      { examples: [[{ unit: "ratio", declared: "0.00001", domain: ["5e-324", "0.001"] }, 0, 1]] }
    )
  })

  it("stands at its lower end for what is no number", () => {
    expect([positionOf(demand, ""), positionOf(demand, "much"), positionOf(demand, "-4")]).toEqual([0, 0, 0])
  })
})
