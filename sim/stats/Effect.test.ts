/** Effects: which method is taken, what stands beside it, and what must hold of any two arms. */
import { array, assert, double, property, tuple } from "fast-check"
import { describe, expect, it } from "vitest"
import { Draw } from "../kernel/Draw.ts"
import { Stream } from "../kernel/Stream.ts"
import { compareSamples, effectOf } from "./Effect.ts"
import fixture from "./fixtures/intervals.json" with { type: "json" }
import { measuredCoverage } from "./MeasuredCoverage.ts"
import { pairedT } from "./PairedT.ts"

const stream = (): Stream => Stream.open("effect/bootstrap")

/** Two coupled arms: normal with correlation about 0.9, or their exponentials. */
function arms(
  n: number,
  shape: "normal" | "lognormal",
  shift = 0.5
): readonly [baseline: number[], treatment: number[]] {
  const draw = new Draw(Stream.open(`effect/${shape}`))
  const baseline: number[] = []
  const treatment: number[] = []
  for (let at = 0; at < n; at++) {
    const common = draw.normal({ mean: 0, sd: 1.5 })
    const [a, b] = [common + draw.normal({ mean: 0, sd: 0.5 }), common + draw.normal({ mean: shift, sd: 0.5 })]
    baseline.push(shape === "normal" ? a : Math.exp(a))
    treatment.push(shape === "normal" ? b : Math.exp(b))
  }
  return [baseline, treatment]
}

describe("an effect", () => {
  it("states means, correlation, both intervals and p-value, as SciPy has them", () => {
    const { baseline, treatment } = fixture
    const [, low, high] = fixture.pairedT[1] as [number, number, number]
    const [, apart, far] = fixture.welch[1] as [number, number, number]
    const effect = effectOf(baseline, treatment, { stream: stream(), method: "paired-t" })
    expect(effect.method).toBe("paired-t")
    expect(effect.n).toBe(15)
    expect(effect.level).toBe(0.95)
    expect(effect.effect).toBeCloseTo(effect.treatment - effect.baseline, 12)
    expect(effect.low).toBeCloseTo(low, 11)
    expect(effect.high).toBeCloseTo(high, 11)
    expect(effect.unpaired.low).toBeCloseTo(apart, 9)
    expect(effect.unpaired.high).toBeCloseTo(far, 9)
    expect(effect.p).toBeCloseTo(fixture.pairedP, 11)
    expect(effect.correlation).toBeCloseTo(fixture.correlation, 12)
  })

  it("of identical arms is exactly 0, from 0 to 0", () => {
    const values = array(double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 2, maxLength: 20 })
    assert(
      property(
        values.filter((list) => list.some((value) => value !== 0 && value !== 1)),
        (list) => {
          const { effect, low, high, method, approximate, p } = effectOf(list, [...list], { stream: stream() })
          expect({ effect, low, high, method, approximate, p }).toEqual({
            effect: 0,
            low: 0,
            high: 0,
            method: "identical",
            approximate: false,
            p: 1
          })
        }
      )
    )
  })

  it("of identical 0/1 arms is exactly 0, with room for a difference too rare to be seen", () => {
    const none = Array.from({ length: 20 }, () => 0)
    const few = effectOf(none, none, { stream: stream() })
    expect(few.effect).toBe(0)
    expect(few.method).toBe("proportions")
    // z² / (n + z²): Tango's interval without a pair that disagrees.
    expect(few.high).toBeCloseTo(3.841459 / 23.841459, 6)
    expect(few.low).toBeCloseTo(-3.841459 / 23.841459, 6)
    expect(few.correlation).toBeNull()
  })

  it("takes paired t for few or uneven pairs, BCa for many even ones, proportions for 0/1", () => {
    expect(effectOf(...arms(10, "normal"), { stream: stream() }).method).toBe("paired-t")
    expect(effectOf(...arms(100, "lognormal"), { stream: stream() }).method).toBe("paired-t")
    expect(effectOf(...arms(300, "normal"), { stream: stream() }).method).toBe("bca")
    expect(effectOf([0, 1, 0, 1, 1, 0], [1, 1, 0, 1, 1, 1], { stream: stream() }).method).toBe("proportions")
    expect(effectOf(...arms(300, "normal"), { stream: stream(), method: "exact" }).method).toBe("paired-t")
  })

  it("is labelled approximate where its interval was measured to cover less than 93 %", () => {
    const normal = effectOf(...arms(60, "normal"), { stream: stream() })
    expect(normal.coverage).toBeGreaterThan(0.94)
    expect(normal.approximate).toBe(false)
    const skewed = effectOf(...arms(30, "lognormal"), { stream: stream() })
    expect(skewed.coverage).toBeLessThan(0.93)
    expect(skewed.approximate).toBe(true)
    const four = effectOf([1, 2, 3, 4], [2, 2, 5, 4], { stream: stream() })
    expect(four.coverage).toBeNull()
    expect(four.approximate).toBe(true)
  })

  it("is labelled approximate where all pairs differ by the same, since what is rare has not shown itself", () => {
    for (const n of [10, 40]) {
      const baseline = Array.from({ length: n }, (_, nth) => 100 + nth)
      const always = effectOf(
        baseline,
        baseline.map((value) => value + 1),
        { stream: stream() }
      )
      expect(always).toMatchObject({ low: 1, high: 1, coverage: null, approximate: true })
      expect(effectOf(baseline, baseline, { stream: stream() })).toMatchObject({
        method: "identical",
        approximate: false
      })
    }
  })

  it("unpaired is by the score test of 0/1 values, and approximate where nothing varies", () => {
    const of = (value: number, n: number) => new Array<number>(n).fill(value)
    const never = compareSamples(of(0, 8), of(0, 8)).at(0.95)
    expect(never).toMatchObject({ method: "proportions", effect: 0, approximate: false })
    expect(never.high).toBeGreaterThan(0.3)
    expect(never.low).toBeLessThan(-0.3)
    expect(effectOf(of(0, 8), of(0, 8), { stream: stream() }).unpaired).toEqual({ low: never.low, high: never.high })
    const approximate = (a: readonly number[], b: readonly number[]) => compareSamples(a, b).at(0.95).approximate
    expect([9, 10].map((n) => approximate(of(2, n), of(2, n)))).toEqual([true, false])
    expect(approximate(of(2, 40), of(3, 40))).toBe(true)
    expect(approximate([...of(2, 9), 3], [...of(2, 9), 4])).toBe(false)
  })

  it("turns round with its arms, and grows with the unit", () => {
    const values = array(
      tuple(double({ min: -10, max: 10, noNaN: true }), double({ min: -10, max: 10, noNaN: true })),
      {
        minLength: 2,
        maxLength: 30
      }
    )
    assert(
      property(values, (pairs) => {
        const [a, b] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)]
        const one = effectOf(a, b, { stream: stream(), method: "exact" })
        const back = effectOf(b, a, { stream: stream(), method: "exact" })
        const large = effectOf(
          a.map((value) => 1024 * value),
          b.map((value) => 1024 * value),
          { stream: stream(), method: "paired-t" }
        )
        expect(back.effect).toBeCloseTo(-one.effect, 12)
        expect(back.low).toBeCloseTo(-one.high, 9)
        if (one.method === "paired-t") expect(large.low / 1024).toBeCloseTo(one.low, 9)
      })
    )
  })

  it("repeats with its stream, and is plain data", () => {
    const [baseline, treatment] = arms(40, "lognormal")
    const one = effectOf(baseline, treatment, { stream: stream(), method: "bca" })
    expect(one.method).toBe("bca")
    expect(effectOf(baseline, treatment, { stream: stream(), method: "bca" })).toEqual(one)
    expect(JSON.parse(JSON.stringify(one))).toEqual(one)
  })

  it("pays for pairing: the paired interval is the narrower one where arms go together", () => {
    const { low, high, unpaired, correlation } = effectOf(...arms(100, "normal"), { stream: stream() })
    expect(correlation).toBeGreaterThan(0.8)
    expect(high - low).toBeLessThan((unpaired.high - unpaired.low) / 2)
  })

  it("agrees with the interval of single samples", () => {
    const [baseline, treatment] = arms(12, "normal")
    const differences = baseline.map((value, at) => (treatment[at] as number) - value)
    const { low, high } = pairedT(differences)
    const effect = effectOf(baseline, treatment, { stream: stream(), method: "paired-t" })
    expect([effect.low, effect.high]).toEqual([low, high])
  })

  it.each([
    ["arms of different length", [1, 2, 3], [1, 2]],
    ["a single pair", [1], [2]],
    ["a value that is none", [1, Number.NaN, 2], [1, 2, 3]]
  ])("refuses %s", (_, baseline, treatment) => {
    expect(() => effectOf(baseline, treatment, { stream: stream() })).toThrow(RangeError)
  })

  it("refuses proportions of other values than 0 and 1", () => {
    expect(() => effectOf([1, 2], [0, 1], { stream: stream(), method: "proportions" })).toThrow(RangeError)
  })
})

describe("measured coverage", () => {
  it("is near nominal for many even pairs, falls with skewness, and does not ask to which side", () => {
    expect(measuredCoverage(400, 0).least.bca).toBeGreaterThan(0.94)
    for (const n of [5, 12, 35, 100, 1000]) {
      expect(measuredCoverage(n, 0).least.pairedT).toBeGreaterThan(0.935)
      // Below the sample skewness that n values can have at most.
      const most = (n - 1) / Math.sqrt(n)
      const skewed = measuredCoverage(n, Math.min(most, 4))
      expect(skewed.least.pairedT).toBeLessThan(measuredCoverage(n, 0.1).least.pairedT)
      expect(measuredCoverage(n, -1)).toEqual(measuredCoverage(n, 1))
    }
  })

  it("is the lower of both families, linear between their cells", () => {
    // Cells of CoverageTable.ts: 50 pairs, skewed and even, at the skewness of the even one of sigma 1.
    const even = { pairedT: 0.957, bca: 0.8825 }
    const { least, shortfall } = measuredCoverage(50, 1.154)
    expect(least.bca).toBeCloseTo(even.bca, 10)
    expect(least.pairedT).toBeLessThan(even.pairedT)
    expect(shortfall.pairedT).toBeCloseTo((0.95 - least.pairedT) / 2, 10)
    const [low, high] = [measuredCoverage(20, 0).least.bca, measuredCoverage(30, 0).least.bca]
    const between = measuredCoverage(24.494897427831781, 0).least.bca
    expect(between).toBeCloseTo((low + high) / 2, 6)
  })
})
