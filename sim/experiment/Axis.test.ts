/** Axes: coordinates to values as a person writes them, and back. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as Param from "../scenario/Param.ts"
import { axisOf } from "./Axis.ts"

describe("an axis", () => {
  it("runs from one end to the other, in the Param's own words", () => {
    const stake = Param.tokens("0", { source: "A", domain: ["0", "1000"] })
    const axis = axisOf("stake", stake, stake.domain ?? [])
    expect([axis.scale, axis.at(0), axis.at(0.25), axis.at(1)]).toEqual(["linear", "0", "250", "1000"])
    const many = axisOf("n", Param.count(2, { source: "A", range: [1, 9] }), [1, 9])
    expect([many.at(0), many.at(0.3), many.at(1)]).toEqual(["1", "3", "9"])
    const time = axisOf("t", Param.duration("2 weeks", { source: "A" }), [60, 3600])
    expect([time.at(0.5), time.at(1)]).toEqual(["465 seconds", "1 hour"])
  })

  it("is logarithmic where its ends differ tenfold", () => {
    const price = axisOf("price", Param.money("1", { source: "A" }), [10n ** 13n, 10n ** 19n])
    expect([price.scale, price.at(0.5), price.at(1 / 6)]).toEqual(["log", "0.01", "0.0001"])
    const gwei = axisOf("gas", Param.gwei("1", { source: "A" }), [1n, 1_000_000_000n])
    expect([gwei.at(0), gwei.at(1 / 9)]).toEqual(["0.000000001", "0.00000001"])
  })

  it("gives each option of a choice an equal share", () => {
    const pair = axisOf("pair", Param.choice("a", ["a", "b", "c", "d"], { source: "A" }), ["a", "b", "c", "d"])
    expect([0, 0.26, 0.74, 0.75, 1].map((at) => pair.at(at))).toEqual(["a", "b", "c", "d", "d"])
    expect(pair.coordinate("b")).toBe(0.375)
    expect(pair.coordinate("z")).toBeUndefined()
  })

  it("keeps between its ends, which have more digits than a value that is computed", () => {
    const whole = 10n ** 18n
    const weekly = Param.tokens("5", { source: "A", domain: ["0", "1234567"] })
    const [narrow, wide] = [
      axisOf("weekly", weekly, [1_105_003n * whole, 1_105_009n * whole]),
      axisOf("weekly", weekly, [0n, 1_234_567n * whole])
    ]
    expect([0, 0.2, 0.5, 0.8, 1].map((at) => narrow.at(at))).toEqual([
      "1105003",
      "1105003",
      "1105009",
      "1105009",
      "1105009"
    ])
    expect(wide.at(0.9999999)).toBe("1234567")
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (coordinate) => {
        expect(Number(narrow.at(coordinate))).toBeGreaterThanOrEqual(1_105_003)
        expect(Number(narrow.at(coordinate))).toBeLessThanOrEqual(1_105_009)
      })
    )
  })

  // Of 0 to 4 each has a fifth: the shares of 1 and 2 meet at 0.4, and within that of 0 nothing can turn but at its end.
  it("says from which value on something turns: of counts, the upper one of the two between which it does", () => {
    const fakers = axisOf("fakers", Param.count(2, { source: "A", range: [0, 4] }), [0, 4])
    const places = [0, 0.05, 0.26, 0.4, 0.49, 0.51, 0.8, 0.99, 1]
    expect(places.map((place) => fakers.from(place))).toEqual(["1", "1", "1", "2", "2", "3", "4", "4", "4"])
    const fee = axisOf("fee", Param.ratio(0.1, { source: "A", range: [0, 0.5] }), [0, 0.5])
    for (const place of places) expect([fee.from(place), fee.place(place)]).toEqual([fee.at(place), fee.at(place)])
    expect([fakers.place(0.1), fakers.place(0.58), fakers.place(0.9)]).toEqual(["0", "2.4", "4"])
    expect(fakers.place(fakers.coordinate("3") ?? 0)).toBe("3")
  })

  it("gives each count an equal share, the ends too", () => {
    for (const [low, high] of [
      [1, 3],
      [2, 19]
    ] as const) {
      const axis = axisOf("n", Param.count(2, { source: "A", range: [low, high] }), [low, high])
      const many = Array.from({ length: 900 }, (_, nth) => axis.at((nth + 0.5) / 900))
      if (axis.scale === "linear") {
        const share = 900 / (high - low + 1)
        for (let n = low; n <= high; n++) expect(many.filter((each) => each === String(n)).length).toBe(share)
      }
      for (let n = low; n <= high; n++) expect(axis.at(axis.coordinate(String(n)) ?? 0)).toBe(String(n))
    }
    const log = axisOf("n", Param.count(2, { source: "A", range: [1, 100] }), [1, 100])
    expect([log.scale, log.at(0), log.at(0.999), log.at(1)]).toEqual(["log", "1", "100", "100"])
    for (const n of [1, 2, 17, 100]) expect(log.at(log.coordinate(String(n)) ?? 0)).toBe(String(n))
  })

  it("finds the coordinate of a value again", () => {
    const depth = axisOf("depth", Param.money("1", { source: "A" }), [25n * 10n ** 20n, 4n * 10n ** 22n])
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (coordinate) => {
        expect(depth.coordinate(depth.at(coordinate))).toBeCloseTo(coordinate, 4)
      })
    )
  })
})
