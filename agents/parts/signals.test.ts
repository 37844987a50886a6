/** The laws of signals that behaviours rely on. */
import { Draw } from "mesocosm"
import { describe, expect, it } from "vitest"
import { Streams } from "../../sim/kernel/Stream.ts"
import {
  distance,
  guessed,
  hexOf,
  informedness,
  observed,
  phenomenonOf,
  SIGNALS,
  type Signals,
  signalsOf,
  someOf
} from "./signals.ts"

const draw = new Draw(new Streams("signals").get("test", "draws"))
const BASE = 0.7
const mean = (of: (nth: number) => number): number =>
  Array.from({ length: 400 }, (_, nth) => of(nth)).reduce((sum, each) => sum + each, 0) / 400
const all: Signals = new Array(8).fill(0xffffffff)

describe("signals", () => {
  it("are what they are in bytes", () => {
    const signals = guessed(0.5, draw)
    expect(hexOf(signals)).toMatch(/^0x[0-9a-f]{64}$/)
    expect(signalsOf(hexOf(signals))).toEqual(signals)
    expect(hexOf(all)).toBe(`0x${"f".repeat(64)}`)
  })

  it("of a phenomenon stand with its probability, and differ from one to the next", () => {
    const none = new Array(8).fill(0)
    expect(mean((nth) => distance(phenomenonOf(nth + 1, BASE), none)) / SIGNALS).toBeCloseTo(BASE, 1)
    expect(phenomenonOf(5, BASE)).toEqual(phenomenonOf(5, BASE))
    // Two independent ones differ in 2 · 0.7 · 0.3 of their signals.
    expect(mean((nth) => distance(phenomenonOf(nth, BASE), phenomenonOf(nth + 1, BASE))) / SIGNALS).toBeCloseTo(0.42, 1)
  })

  it("inform by twice the accuracy less one, also in a part", () => {
    for (const halvings of [0, 2]) {
      const found = mean((nth) => {
        const is = phenomenonOf(nth, BASE)
        return informedness(observed(is, 0.85, draw), is, someOf(halvings, draw))
      })
      expect(Math.abs(found - 0.7)).toBeLessThan(0.03)
    }
  })

  it("inform by nothing when they are constant, noise or match the frequencies", () => {
    for (const fake of [() => all, () => guessed(0.5, draw), () => guessed(BASE, draw)]) {
      expect(Math.abs(mean((nth) => informedness(fake(), phenomenonOf(nth, BASE))))).toBeLessThan(0.02)
    }
    // Agreement, unlike informedness, calls the constant right in 7 of 10.
    expect(mean((nth) => SIGNALS - distance(all, phenomenonOf(nth, BASE))) / SIGNALS).toBeCloseTo(BASE, 1)
  })

  it("sample a quarter with two halvings", () => {
    expect(mean(() => distance(someOf(2, draw), new Array(8).fill(0)))).toBeGreaterThan(60)
    expect(mean(() => distance(someOf(2, draw), new Array(8).fill(0)))).toBeLessThan(68)
    expect(someOf(0, draw)).toEqual(all)
  })
})
