import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { BITS, fixed, power } from "./fixtures/Reference.ts"
import { binomialQuantile, normalQuantile, poissonQuantile } from "./Quantiles.ts"

/** Fractions as a stream gives them. */
const fraction = fc.maxSafeNat().map((k) => k * 2 ** -53)
/** How far from an exact cumulative probability the step may lie, by rounding of the sums. */
const SLACK = 2e-14

/** Asks that `quantile` steps from k to k + 1 at the k-th of the exact cumulative sums, in fixed point, and rises. */
function expectSteps(quantile: (u: number) => number, sums: readonly bigint[]): void {
  for (const [k, sum] of sums.entries()) {
    const step = Number(sum >> (BITS - 80n)) / 2 ** 80
    if (step - SLACK >= 0) expect(quantile(step - SLACK)).toBeLessThanOrEqual(k)
    if (step + SLACK < 1) expect(quantile(step + SLACK)).toBeGreaterThan(k)
  }
  fc.assert(
    fc.property(fraction, fraction, (a, b) => {
      expect(quantile(Math.min(a, b))).toBeLessThanOrEqual(quantile(Math.max(a, b)))
    })
  )
}

function poissonSums(mean: number, upTo: number): bigint[] {
  const { value, k } = power(-fixed(mean))
  let mass = value >> -k
  let sum = mass
  const sums = [sum]
  for (let i = 1; i <= upTo; i++) {
    mass = ((mass * fixed(mean)) >> BITS) / BigInt(i)
    sum += mass
    sums.push(sum)
  }
  return sums
}

function binomialSums(n: number, p: number): bigint[] {
  const success = fixed(p)
  const failure = (1n << BITS) - success
  // Pascal's rule, exact up to 2^−1400 per step.
  let masses = [1n << BITS]
  for (let i = 0; i < n; i++) {
    masses = Array.from(
      { length: i + 2 },
      (_, j) => ((masses[j] ?? 0n) * failure + (masses[j - 1] ?? 0n) * success) >> BITS
    )
  }
  let sum = 0n
  return masses.map((mass) => {
    sum += mass
    return sum
  })
}

describe("normalQuantile", () => {
  it.each([
    // Wichura (1988), the check values of AS 241.
    [0.25, -0.6744897501960817],
    [0.001, -3.090232306167814],
    [1e-20, -9.26234008979841],
    [0.5, 0],
    [0.75, 0.6744897501960817]
  ])("of %d is %d", (u, z) => {
    expect(Math.abs(normalQuantile(u) - z)).toBeLessThanOrEqual(2e-15 * Math.abs(z))
  })

  it("is finite at both ends and rises", () => {
    expect(normalQuantile(0)).toBeCloseTo(-8.2924, 3)
    expect(normalQuantile(1 - 2 ** -53)).toBeCloseTo(8.2095, 3)
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        expect(normalQuantile(Math.min(a, b))).toBeLessThanOrEqual(normalQuantile(Math.max(a, b)) + 1e-14)
      })
    )
  })
})

describe("poissonQuantile", () => {
  it.each([0, 1e-9, 0.5, 3, 29.999, 30, 30.5, 31, 75.25, 400])("inverts the exact sums at mean %d", (mean) => {
    const sums = poissonSums(mean, Math.ceil(mean + 40 * Math.sqrt(mean) + 60))
    expectSteps((u) => poissonQuantile(u, mean), sums)
  })

  it("ends, near the mean, at the largest mean and both ends of the fractions", () => {
    for (const u of [0, 2 ** -53, 0.5, 1 - 2 ** -53]) {
      const k = poissonQuantile(u, 1e9)
      expect(Math.abs(k - 1e9) / Math.sqrt(1e9)).toBeLessThan(9)
    }
    expect(poissonQuantile(0.5, 1e9)).toBe(1e9)
  })
})

describe("binomialQuantile", () => {
  it.each([
    [0, 0.5],
    [1, 0.5],
    [7, 0],
    [7, 1],
    [10, 0.3],
    [10, 1e-12],
    [59, 0.5],
    [60, 0.5],
    [61, 0.7],
    [300, 0.1],
    [300, 0.999],
    [200, 0.25]
  ])("inverts the exact sums for %d trials at %d", (n, p) => {
    const sums = binomialSums(n, p)
    expectSteps((u) => binomialQuantile(u, n, p), sums)
  })

  it("stays in range and ends for many trials", () => {
    for (const [n, p] of [
      [4e9, 0.5],
      [Number.MAX_SAFE_INTEGER, 1e-8],
      [1e9, 1 - 1e-9]
    ] as const) {
      for (const u of [0, 2 ** -53, 0.5, 1 - 2 ** -53]) {
        const k = binomialQuantile(u, n, p)
        expect(Number.isInteger(k) && k >= 0 && k <= n).toBe(true)
        expect(Math.abs(k - n * p)).toBeLessThan(9 * Math.sqrt(n * p * (1 - p)) + 25)
      }
    }
  })
})
