/** The rules of verdict and gate, case by case, and what must hold of all of them. */
import { assert, constantFrom, double, property, record } from "fast-check"
import { describe, expect, it } from "vitest"
import { type Gate, gateOf, type Verdict, verdictOf } from "./Verdict.ts"

const cases: readonly [
  low: number,
  high: number,
  lower: Verdict,
  higher: Verdict,
  gateLower: Gate,
  gateHigher: Gate
][] = [
  [-0.5, 0.9, "same", "same", "passes", "passes"],
  // Excludes zero, and lies inside ±by all the same.
  [0.1, 0.9, "same", "same", "passes", "passes"],
  [0, 0, "same", "same", "passes", "passes"],
  [-0.5, 1, "undecided", "undecided", "passes", "passes"],
  [-2, 2, "undecided", "undecided", "undecided", "undecided"],
  [0, 3, "undecided", "undecided", "undecided", "passes"],
  [0.5, 3, "worse", "better", "undecided", "passes"],
  [1.5, 3, "worse", "better", "fails", "passes"],
  [-3, -0.2, "better", "worse", "passes", "undecided"],
  [-3, -1, "better", "worse", "passes", "undecided"],
  [-3, -1.01, "better", "worse", "passes", "fails"]
]

describe("a verdict, with 1 as the smallest effect of interest", () => {
  it.each(cases)(
    "of [%d, %d] is %s when lower is better, %s when higher is",
    (low, high, lower, higher, gateLower, gateHigher) => {
      expect(verdictOf({ low, high }, { by: 1, better: "lower" })).toBe(lower)
      expect(verdictOf({ low, high }, { by: 1, better: "higher" })).toBe(higher)
      expect(gateOf({ low, high }, { by: 1, better: "lower" })).toBe(gateLower)
      expect(gateOf({ low, high }, { by: 1, better: "higher" })).toBe(gateHigher)
    }
  )

  it("turns round with the direction, and a gate that fails is a worse verdict", () => {
    const ends = record({ a: double({ min: -5, max: 5, noNaN: true }), b: double({ min: -5, max: 5, noNaN: true }) })
    assert(
      property(ends, constantFrom<("lower" | "higher")[]>("lower", "higher"), ({ a, b }, better) => {
        const bounds = { low: Math.min(a, b), high: Math.max(a, b) }
        const mirrored = { low: -bounds.high, high: -bounds.low }
        const matters = { by: 1, better }
        const opposite = { by: 1, better: better === "lower" ? "higher" : "lower" } as const
        expect(verdictOf(mirrored, opposite)).toBe(verdictOf(bounds, matters))
        expect(gateOf(mirrored, opposite)).toBe(gateOf(bounds, matters))
        if (gateOf(bounds, matters) === "fails") expect(verdictOf(bounds, matters)).toBe("worse")
        if (verdictOf(bounds, matters) === "better") expect(gateOf(bounds, matters)).toBe("passes")
      })
    )
  })

  it("needs a smallest effect that is a number, 0 or more", () => {
    for (const by of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => verdictOf({ low: 0, high: 1 }, { by, better: "lower" })).toThrow(RangeError)
      expect(() => gateOf({ low: 0, high: 1 }, { by, better: "lower" })).toThrow(RangeError)
    }
  })
})
