import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Draw } from "../kernel/Draw.ts"
import { Stream } from "../kernel/Stream.ts"
import { crossings } from "./Crossing.ts"
import { pairedT } from "./PairedT.ts"

/** A seed's value at a place between two, on the straight line. */
function between(places: readonly number[], values: readonly number[], at: number): number {
  const next = Math.max(
    1,
    places.findIndex((place) => place >= at)
  )
  const [x, y] = [places[next - 1] as number, places[next] as number]
  return (values[next - 1] as number) + ((at - x) / (y - x)) * ((values[next] as number) - (values[next - 1] as number))
}

describe("where a response crosses zero", () => {
  it("is on the straight line between two places, exactly where seeds agree", () => {
    const [found, ...others] = crossings(
      [0, 1, 3],
      [
        [-4, -1, 3],
        [-4, -1, 3],
        [-4, -1, 3]
      ]
    )
    expect(others).toEqual([])
    expect(found).toMatchObject({ between: [1, 2], rises: true, n: 3 })
    for (const end of [found?.at, found?.low, found?.high]) expect(end).toBeCloseTo(1.5, 9)
  })

  it("is nowhere where the sign does not change, and between places where it comes to zero or leaves it", () => {
    expect(crossings([0, 1, 2], [[3, 1, 2]])).toEqual([])
    expect(crossings([0, 1, 2], [[0, 0, 0]])).toEqual([])
    const nowhere = { at: null, low: null, high: null, n: 1 }
    expect(crossings([0, 1, 2, 3], [[0, 0, 0, 5]])).toEqual([
      { between: [2, 3], rises: true, rests: "before", ...nowhere }
    ])
    expect(crossings([0, 1, 2, 3], [[5, 0, 0, 0]])).toEqual([
      { between: [0, 1], rises: false, rests: "after", ...nowhere }
    ])
    expect(crossings([0, 1, 2, 3], [[-5, 0, 0, 5]])).toEqual([
      { between: [0, 1], rises: true, rests: "after", ...nowhere },
      { between: [2, 3], rises: true, rests: "before", ...nowhere }
    ])
    expect(crossings([0, 1, 2, 3], [[-5, 0, 5, -5]]).map(({ at, rises }) => [at, rises])).toEqual([
      [1, true],
      [2.5, false]
    ])
  })

  it("has no interval of one seed, and one that is open where it reaches beyond the places", () => {
    expect(crossings([0, 1], [[-1, 1]])).toMatchObject([{ at: 0.5, low: null, high: null }])
    const vague = [
      [-9, -8],
      [8, 9],
      [-2, 2]
    ]
    expect(crossings([0, 1], vague)).toMatchObject([{ at: 0.5, low: null, high: null }])
  })

  // Whatever the seeds: Student's test at an end is just at its level, and not beyond it between the ends.
  it("has an interval within which Student's test does not tell the mean from zero", () => {
    const places = [0, 1, 2, 4]
    const value = fc.integer({ min: -1000, max: 1000 }).map((hundredths) => hundredths / 100)
    const row = fc.tuple(value, value, value, value)
    let closed = 0
    fc.assert(
      fc.property(fc.array(row, { minLength: 3, maxLength: 12 }), (seeds) => {
        for (const { at, low, high } of crossings(places, seeds)) {
          if (at === null) continue
          const tested = (x: number) => pairedT(seeds.map((values) => between(places, values, x)))
          for (const end of [low, high]) {
            if (end === null) continue
            closed++
            const { low: from, high: to } = tested(end)
            expect(Math.min(Math.abs(from), Math.abs(to))).toBeLessThan(1e-6)
          }
          const [from, to] = [low ?? 0, high ?? 4]
          expect(from).toBeLessThanOrEqual(at + 1e-9)
          expect(to).toBeGreaterThanOrEqual(at - 1e-9)
          for (let step = 1; step < 20; step++) {
            const interval = tested(from + ((to - from) * step) / 20)
            expect(interval.low).toBeLessThan(1e-6)
            expect(interval.high).toBeGreaterThan(-1e-6)
          }
        }
      })
    )
    expect(closed).toBeGreaterThan(20)
  })

  it("is a point where all seeds agree, whatever they are", () => {
    const value = fc.integer({ min: -9999, max: 9999 }).map((number) => number / 997)
    let points = 0
    fc.assert(
      fc.property(fc.array(value, { minLength: 4, maxLength: 4 }), fc.integer({ min: 2, max: 9 }), (row, n) => {
        const places = [0, 0.3, 1, 7]
        for (const { at, low, high } of crossings(places, Array<readonly number[]>(n).fill(row))) {
          if (at === null) continue
          points++
          expect(Math.abs((low ?? Number.NaN) - at)).toBeLessThan(1e-9)
          expect(Math.abs((high ?? Number.NaN) - at)).toBeLessThan(1e-9)
        }
      })
    )
    expect(points).toBeGreaterThan(20)
  })

  it("is narrow where seeds nearly agree, and open where their rates of change alone differ", () => {
    const near = [0, 1, 2].map((seed) => [-0.3 * (1 + seed * 1e-9), 0.1 * (1 - seed * 1e-9)])
    const [narrow] = crossings([0, 1], near)
    expect(narrow?.low).toBeLessThanOrEqual(narrow?.at ?? Number.NaN)
    expect(narrow?.high).toBeGreaterThanOrEqual(narrow?.at ?? Number.NaN)
    expect((narrow?.high ?? Number.NaN) - (narrow?.low ?? Number.NaN)).toBeLessThan(1e-7)
    const turning = [
      [-5, 5],
      [-1, 1],
      [4, -4]
    ]
    expect(crossings([0, 1], turning)).toMatchObject([{ at: 0.5, low: null, high: null }])
  })

  it("is where the mean cancels, and no rest where single seeds are not zero", () => {
    const cancels = [
      [-3, -1, 1, 4],
      [-3, 1, -1, 4]
    ]
    expect(crossings([0, 1, 2, 3], cancels)).toMatchObject([{ between: [2, 3], rises: true, rests: null, at: 2, n: 2 }])
    expect(
      crossings(
        [0, 1, 2],
        [
          [-3, -1, -2],
          [-3, 1, -2]
        ]
      )
    ).toEqual([])
  })

  // A straight response that crosses zero at 0.4, seen at four places by ten seeds, each with a level and noise of its own.
  it("covers the true place as often as it says", () => {
    const draw = new Draw(Stream.open("crossing"))
    const normal = () => {
      let sum = -6
      for (let nth = 0; nth < 12; nth++) sum += draw.uniform()
      return sum
    }
    const places = [0, 0.3, 0.6, 1]
    let [covered, of] = [0, 0]
    for (let trial = 0; trial < 2000; trial++) {
      const seeds = Array.from({ length: 10 }, () => {
        const own = normal() * 0.3
        return places.map((x) => 2 * (x - 0.4) + own + normal() * 0.1)
      })
      for (const { at, low, high } of crossings(places, seeds).slice(0, 1)) {
        if (at === null) continue
        of++
        if ((low ?? 0) <= 0.4 && (high ?? 1) >= 0.4) covered++
      }
    }
    expect(of).toBeGreaterThan(1900)
    expect(Math.abs(covered / of - 0.95)).toBeLessThan(0.02)
  })
})
