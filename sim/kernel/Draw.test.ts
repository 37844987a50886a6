import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Draw } from "./Draw.ts"
import { Stream } from "./Stream.ts"

const REPLICATIONS = 20
const EACH = 5_000

/** Draws from a fixed-seed stream. */
function drawn(name: string, count: number, one: (draw: Draw) => number): number[] {
  const draw = new Draw(Stream.open(name))
  return Array.from({ length: count }, () => one(draw))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Asks that statistics of independent replications agree with what is expected within four standard errors. */
function expectMean(statistics: readonly number[], expected: number): void {
  const m = mean(statistics)
  const variance = statistics.reduce((sum, value) => sum + (value - m) ** 2, 0) / (statistics.length - 1)
  expect(Math.abs(m - expected)).toBeLessThanOrEqual(4 * Math.sqrt(variance / statistics.length))
}

/** The largest distance between the empirical and the given cumulative distribution (Kolmogorov), times √n. */
function kolmogorov(values: readonly number[], cdf: (x: number) => number): number {
  const n = values.length
  const distances = values
    .toSorted((a, b) => a - b)
    .map((x, i) => Math.max(Math.abs(cdf(x) - i / n), Math.abs(cdf(x) - (i + 1) / n)))
  return Math.max(...distances) * Math.sqrt(n)
}

describe("moments", () => {
  const sigma = 0.4
  const logMean = 2 * Math.exp(sigma ** 2 / 2)
  // Means and variances: Johnson, Kotz and Balakrishnan, the chapter of each distribution.
  it.each<[string, (draw: Draw) => number, number, number]>([
    ["uniform", (draw) => draw.uniform(-3, 11), 4, 14 ** 2 / 12],
    ["integer", (draw) => draw.integer(-2, 7), 2.5, (10 ** 2 - 1) / 12],
    ["bernoulli", (draw) => Number(draw.bernoulli(0.3)), 0.3, 0.3 * 0.7],
    ["exponential", (draw) => draw.exponential(5), 5, 25],
    ["normal", (draw) => draw.normal({ mean: -2, sd: 3 }), -2, 9],
    ["lognormal", (draw) => draw.lognormal({ median: 2, sigma }), logMean, logMean ** 2 * Math.expm1(sigma ** 2)],
    ["poisson of 2.5", (draw) => draw.poisson(2.5), 2.5, 2.5],
    ["poisson of 90", (draw) => draw.poisson(90), 90, 90],
    ["poisson of 10000.5", (draw) => draw.poisson(10_000.5), 10_000.5, 10_000.5],
    ["binomial of few", (draw) => draw.binomial(12, 0.4), 4.8, 12 * 0.4 * 0.6],
    ["binomial of many", (draw) => draw.binomial(1_000, 0.8), 800, 160],
    ["categorical", (draw) => draw.categorical([1, 0, 2, 1]), (2 * 2 + 3) / 4, (2 * 4 + 9) / 4 - (7 / 4) ** 2],
    ["pick", (draw) => draw.pick([1, 2, 3, 4]), 2.5, 15 / 12]
  ])("%s", (name, one, expectedMean, expectedVariance) => {
    const replications = Array.from({ length: REPLICATIONS }, (_, i) => drawn(`${name} ${i}`, EACH, one))
    expectMean(replications.map(mean), expectedMean)
    expectMean(
      replications.map((values) => mean(values.map((value) => (value - expectedMean) ** 2))),
      expectedVariance
    )
  })
})

describe("shape", () => {
  // 1.95 is Kolmogorov's limit at a level of 0.001.
  it("uniform, exponential and lognormal follow their distribution functions", () => {
    const n = 20_000
    expect(
      kolmogorov(
        drawn("ks uniform", n, (draw) => draw.uniform(2, 6)),
        (x) => (x - 2) / 4
      )
    ).toBeLessThan(1.95)
    expect(
      kolmogorov(
        drawn("ks exponential", n, (draw) => draw.exponential(5)),
        (x) => -Math.expm1(-x / 5)
      )
    ).toBeLessThan(1.95)
    // Through the exponential: −log(1 − Φ(z)) needs Φ, which the series of erf gives (Abramowitz and Stegun 7.1.5).
    const phi = (z: number) => {
      let term = z
      let sum = z
      for (let k = 1; Math.abs(term) > 1e-18; k++) {
        term *= -(z * z) / (2 * k)
        sum += term / (2 * k + 1)
      }
      return 0.5 + sum / Math.sqrt(2 * Math.PI)
    }
    expect(
      kolmogorov(
        drawn("ks lognormal", n, (draw) => draw.lognormal({ median: 2, sigma: 0.4 })),
        (x) => phi(Math.log(x / 2) / 0.4)
      )
    ).toBeLessThan(1.95)
  })

  it("every order of a shuffle is equally likely", () => {
    const counts = new Map<string, number>()
    const draw = new Draw(Stream.open("orders"))
    const n = 24_000
    for (let i = 0; i < n; i++) {
      const order = draw.shuffle(["a", "b", "c", "d"]).join("")
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    const chi = [...counts.values()].reduce((sum, count) => sum + (count - n / 24) ** 2 / (n / 24), 0)
    expect(counts.size).toBe(24)
    // The 0.999 quantile of chi-squared with 23 degrees of freedom (NIST handbook, 1.3.6.7.4).
    expect(chi).toBeLessThan(49.728)
  })

  it("integer is even over a span that does not divide 2^53", () => {
    // Cut at half: a biased remainder would show, since 2^53 / span is about 1.5.
    const span = 6_004_799_503_160_661
    const low = drawn("span", 20_000, (draw) => Number(draw.integer(0, span - 1) < span / 2))
    expect(Math.abs(mean(low) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / low.length))
  })
})

describe("laws", () => {
  const anyDraw = fc.constantFrom<((draw: Draw) => unknown)[]>(
    (draw) => draw.uniform(),
    (draw) => draw.integer(1, 6),
    (draw) => draw.bernoulli(0.5),
    (draw) => draw.exponential(3),
    (draw) => draw.normal({ mean: 0, sd: 1 }),
    (draw) => draw.lognormal({ median: 1, sigma: 1 }),
    (draw) => draw.poisson(50),
    (draw) => draw.binomial(100, 0.5),
    (draw) => draw.categorical([1, 2, 3]),
    (draw) => draw.shuffle([1, 2, 3, 4]),
    (draw) => draw.pick([1, 2, 3])
  )

  it("draws restored in the middle go on identically", () => {
    fc.assert(
      fc.property(fc.array(anyDraw), fc.array(anyDraw), fc.string(), (before, after, name) => {
        const stream = Stream.open(name)
        for (const one of before) one(new Draw(stream))
        const a = new Draw(Stream.restore(stream.save()))
        const b = new Draw(stream)
        expect(after.map((one) => one(a))).toEqual(after.map((one) => one(b)))
      })
    )
  })

  it("one fraction is taken by each inverting draw, whatever its parameters", () => {
    const draws: readonly ((draw: Draw) => unknown)[] = [
      (draw) => draw.uniform(4, 4),
      (draw) => draw.bernoulli(0),
      (draw) => draw.exponential(1e-9),
      (draw) => draw.normal({ mean: 0, sd: 0 }),
      (draw) => draw.lognormal({ median: 1, sigma: 0 }),
      (draw) => draw.poisson(0),
      (draw) => draw.poisson(1e4),
      (draw) => draw.binomial(0, 0.5),
      (draw) => draw.binomial(1e4, 0.9),
      (draw) => draw.categorical([1])
    ]
    for (const one of draws) {
      const stream = Stream.open("one")
      const plain = Stream.open("one")
      one(new Draw(stream))
      plain.double()
      expect(stream.save()).toEqual(plain.save())
    }
  })

  it("arms stay coupled: a larger mean never gives less", () => {
    fc.assert(
      fc.property(fc.string(), fc.double({ min: 1, max: 1000, noNaN: true }), (name, m) => {
        const low = new Draw(Stream.open(name))
        const high = new Draw(Stream.open(name))
        expect(low.poisson(m)).toBeLessThanOrEqual(high.poisson(m * 1.1))
        expect(low.exponential(m)).toBeLessThanOrEqual(high.exponential(m * 1.1))
        expect(low.binomial(500, m / 2000)).toBeLessThanOrEqual(high.binomial(500, m / 1900))
      })
    )
  })

  it("a shuffle is a permutation and leaves its argument alone", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.integer()), (name, items) => {
        const copy = items.slice()
        const shuffled = new Draw(Stream.open(name)).shuffle(items)
        expect(items).toEqual(copy)
        expect(shuffled).not.toBe(items)
        expect(shuffled.toSorted((a, b) => a - b)).toEqual(copy.toSorted((a, b) => a - b))
      })
    )
  })

  it("integer reaches both bounds and never leaves them", () => {
    const seen = new Set(drawn("die", 1_000, (draw) => draw.integer(-1, 2)))
    expect([...seen].toSorted((a, b) => a - b)).toEqual([-1, 0, 1, 2])
    fc.assert(
      fc.property(fc.string(), fc.integer(), fc.nat(), (name, low, span) => {
        const value = new Draw(Stream.open(name)).integer(low, low + span)
        expect(Number.isSafeInteger(value) && value >= low && value <= low + span).toBe(true)
      })
    )
  })

  it("a fraction of 0 keeps every promise", () => {
    const zero = new Draw(Stream.restore({ name: "zero", c: 0, s0: 0, s1: 0, s2: 0 }))
    expect(zero.uniform(3, 4)).toBe(3)
    expect(zero.integer(-2, 5)).toBe(-2)
    expect(zero.bernoulli(0)).toBe(false)
    expect(zero.exponential(7)).toBe(0)
    expect(zero.normal({ mean: 0, sd: 1 })).toBeGreaterThan(-9)
    expect(zero.lognormal({ median: 1, sigma: 1 })).toBeGreaterThan(0)
    expect(zero.poisson(3)).toBe(0)
    expect(zero.binomial(9, 0.9)).toBe(0)
    expect(zero.categorical([0, 2, 1])).toBe(1)
  })

  it("categorical never gives an index of weight 0", () => {
    const indices = new Set(drawn("weights", 1_000, (draw) => draw.categorical([0, 1, 0, 0.1, 0])))
    expect([...indices].toSorted((a, b) => a - b)).toEqual([1, 3])
  })
})

describe("arguments out of range", () => {
  it.each<[string, (draw: Draw) => unknown, string]>([
    ["uniform", (draw) => draw.uniform(2, 1), "2 and 1"],
    ["uniform", (draw) => draw.uniform(0, Number.POSITIVE_INFINITY), "Infinity"],
    ["uniform", (draw) => draw.uniform(Number.NaN), "NaN"],
    ["integer", (draw) => draw.integer(0.5, 2), "0.5"],
    ["integer", (draw) => draw.integer(3, 2), "3 and 2"],
    ["integer", (draw) => draw.integer(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER), "-9007199254740991"],
    ["bernoulli", (draw) => draw.bernoulli(1.1), "1.1"],
    ["bernoulli", (draw) => draw.bernoulli(Number.NaN), "NaN"],
    ["exponential", (draw) => draw.exponential(0), "0"],
    ["exponential", (draw) => draw.exponential(Number.POSITIVE_INFINITY), "Infinity"],
    ["normal", (draw) => draw.normal({ mean: Number.NaN, sd: 1 }), "NaN"],
    ["normal", (draw) => draw.normal({ mean: 0, sd: -1 }), "-1"],
    ["lognormal", (draw) => draw.lognormal({ median: 0, sigma: 1 }), "0"],
    ["lognormal", (draw) => draw.lognormal({ median: 1, sigma: -0.5 }), "-0.5"],
    ["poisson", (draw) => draw.poisson(-1), "-1"],
    ["poisson", (draw) => draw.poisson(2e9), "2000000000"],
    ["binomial", (draw) => draw.binomial(1.5, 0.5), "1.5"],
    ["binomial", (draw) => draw.binomial(3, 2), "2"],
    ["binomial", (draw) => draw.binomial(1e10, 0.5), "10000000000"],
    ["categorical", (draw) => draw.categorical([]), "0"],
    ["categorical", (draw) => draw.categorical([0, 0]), "0"],
    ["categorical", (draw) => draw.categorical([1, -2]), "-2"],
    ["categorical", (draw) => draw.categorical([1e308, 1e308]), "Infinity"],
    ["pick", (draw) => draw.pick([]), "0"]
  ])("%s throws and draws nothing", (_, one, value) => {
    const stream = Stream.open("range")
    const before = stream.save()
    expect(() => one(new Draw(stream))).toThrow(RangeError)
    expect(() => one(new Draw(stream))).toThrow(value)
    expect(stream.save()).toEqual(before)
  })
})
