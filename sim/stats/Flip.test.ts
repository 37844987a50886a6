/** Flips: a planted one is found, noise makes none, and the share counts what it should. */
import { describe, expect, it } from "vitest"
import { Stream } from "../kernel/Stream.ts"
import { type AssumedPoint, holding, holdsShare, rankFlips } from "./Flip.ts"
import { assumptions, claim, measured, spread } from "./fixtures/PlantedFlip.ts"
import { wilson } from "./Proportions.ts"

const stream = (): Stream => Stream.open("flip/shuffles")

describe("the chance that a claim holds at a point", () => {
  it("is one half where the effect is the limit, and certain without error", () => {
    expect(holding({ at: [], effect: 2, error: 1 }, { side: "below", than: 2 })).toBe(0.5)
    expect(holding({ at: [], effect: 1, error: 0 }, { side: "below", than: 2 })).toBe(1)
    expect(holding({ at: [], effect: 2, error: 0 }, { side: "below", than: 2 })).toBe(0)
    // One standard error on the claim's side, and two on the other.
    expect(holding({ at: [], effect: 3, error: 1 }, { side: "above", than: 2 })).toBeCloseTo(0.8413447, 7)
    expect(holding({ at: [], effect: 4, error: 1 }, { side: "below", than: 2 })).toBeCloseTo(0.0227501, 7)
  })
})

describe("the share of the space in which a claim holds", () => {
  it("counts points, with Wilson's interval, and those left open", () => {
    const points = [-3, -2.5, -4, -0.1, 0.2, 5].map((effect): AssumedPoint => ({ at: [0], effect, error: 1 }))
    const share = holdsShare(points, claim)
    expect(share).toEqual({ share: 4 / 6, ...wilson(4, 6), level: 0.95, n: 6, holds: 4, unclear: 2 })
    expect(() => holdsShare([], claim)).toThrow(RangeError)
  })
})

describe("which assumption flips a claim", () => {
  it.each([
    { shape: "line", flipsAt: 0.62, noise: 0.3 },
    { shape: "step", flipsAt: 0.15, noise: 0.5 }
  ] as const)("is found first, and beyond chance: a $shape at $flipsAt", (planted) => {
    for (let round = 0; round < 20; round++) {
      const points = measured(spread(`flip/spread/${round}`), planted, `flip/noise/${round}`)
      const ranks = rankFlips(points, assumptions, claim, { stream: stream(), permutations: 199 })
      const [first, second] = ranks
      expect(ranks).toHaveLength(4)
      expect(first?.name).toBe("demand")
      expect(first?.holds).toBe("below")
      expect(first?.p).toBeLessThanOrEqual(0.01)
      expect(first?.accuracy).toBeGreaterThan(0.75)
      expect(second?.gain).toBeLessThan((first?.gain as number) / 1.5)
    }
  })

  it("is none where nothing does: chance alone seldom looks like one", () => {
    let alarms = 0
    for (let round = 0; round < 60; round++) {
      const name = `flip/nothing/${round}`
      // The effect is noise about 0 everywhere.
      const points = measured(spread(name), { shape: "line", flipsAt: 0, noise: 0 }, name).map(({ at }, k) => {
        const one = Stream.open(`${name}/${k}`)
        return { at, effect: one.next() - 0.5, error: 0.1 }
      })
      const [first] = rankFlips(points, assumptions, claim, { stream: Stream.open(name), permutations: 99 })
      if ((first?.p as number) <= 0.05) alarms++
    }
    // 5 % of 60 is 3; the 99.9 % point of that binomial is 9.
    expect(alarms).toBeLessThanOrEqual(9)
  })

  it("is none, either, where the claim holds everywhere or nowhere", () => {
    const points = spread("flip/one").map((at): AssumedPoint => ({ at, effect: -1, error: 0.1 }))
    expect(rankFlips(points, assumptions, claim, { stream: stream() })).toEqual([])
    expect(rankFlips(points, assumptions, { side: "above", than: 0 }, { stream: stream() })).toEqual([])
  })

  it("does not stumble over an assumption of one value, and repeats with its stream", () => {
    const points = [-1, -1, 1, 1].map((effect, k): AssumedPoint => ({ at: [7, k], effect, error: 0 }))
    const two = [
      { name: "fixed", low: 7, high: 7 },
      { name: "free", low: 0, high: 3 }
    ]
    const ask = () => rankFlips(points, two, claim, { stream: stream(), permutations: 50 })
    expect(ask()).toEqual(ask())
    expect(ask()[0]).toMatchObject({ name: "free", gain: 1, accuracy: 1, threshold: 1.5, holds: "below" })
    expect(ask()[1]).toMatchObject({ name: "fixed", gain: 0, p: 1 })
  })
})
