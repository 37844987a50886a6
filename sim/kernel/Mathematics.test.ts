import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { BITS, circle, fixed, LN2, ln, PI, power, powerLess1, ulps } from "./fixtures/Reference.ts"
import { cos, exp, expm1, log, log1p, log2, pow, sin, sqrt } from "./Mathematics.ts"

const RUNS = { numRuns: 3_000, seed: 1 }
const LARGEST = Number.MAX_VALUE
const SMALLEST = Number.MIN_VALUE
const SUBNORMAL = 2 ** -1022 - 2 ** -1074

/** Doubles of every size in a range: fast-check takes them evenly by their bits. */
function doubles(min: number, max: number): fc.Arbitrary<number> {
  return fc.double({ min, max, noNaN: true })
}

/** Doubles evenly from a range, of which most are not small. */
function even(min: number, max: number): fc.Arbitrary<number> {
  return fc.maxSafeNat().map((n) => min + (max - min) * (n / Number.MAX_SAFE_INTEGER))
}

function near(x: number): fc.Arbitrary<number> {
  return fc.integer({ min: -64, max: 64 }).map((n) => x * (1 + n * Number.EPSILON))
}

/** No error where a function of an x too small for the reference gives x itself. */
function itself(y: number, x: number): number {
  return Object.is(y, x) ? 0 : Number.POSITIVE_INFINITY
}

/** Asks that the error, in units in the last place, is below 1 for every value; Infinity and NaN fail too. */
function below1(arbitrary: fc.Arbitrary<number>, error: (x: number) => number, runs = RUNS): void {
  fc.assert(
    fc.property(arbitrary, (x) => {
      expect(error(x)).toBeLessThan(1)
    }),
    runs
  )
}

describe("the reference", () => {
  // Digits: OEIS A002162, A000796, A001113.
  it("knows ln 2, π and e", () => {
    const decimals = (value: bigint) => ((value * 10n ** 40n) >> BITS).toString()
    expect(decimals(LN2)).toBe("6931471805599453094172321214581765680755")
    expect(decimals(PI)).toBe("31415926535897932384626433832795028841971")
    const e = power(1n << BITS)
    expect(decimals(e.value << e.k)).toBe("27182818284590452353602874713526624977572")
  })
})

describe("within 1 ulp of the reference", () => {
  it("log", () => {
    const error = (x: number) => (x === 1 ? log(x) : ulps(log(x), ln(fixed(x))))
    below1(doubles(SMALLEST, LARGEST), error)
    below1(even(0.25, 4), error)
    below1(near(1), error)
    below1(fc.constantFrom(SMALLEST, SUBNORMAL, LARGEST, Math.SQRT1_2, Math.SQRT2, 2, 0.5, 10), error)
  })

  it("log2", () => {
    const error = (x: number) => (x === 1 ? log2(x) : ulps(log2(x), (ln(fixed(x)) << BITS) / LN2))
    below1(doubles(SMALLEST, LARGEST), error)
    below1(even(0.25, 4), error)
    below1(near(1), error)
    for (let k = -1074; k <= 1023; k++) expect(log2(2 ** k)).toBe(k)
  })

  it("log1p", () => {
    const one = 1n << BITS
    const error = (x: number) => (x === 0 ? log1p(x) : ulps(log1p(x), ln(one + fixed(x))))
    below1(doubles(-1 + Number.EPSILON / 2, LARGEST), (x) => (Math.abs(x) < 1e-50 ? itself(log1p(x), x) : error(x)))
    below1(even(-1 + Number.EPSILON / 2, 4), error)
    below1(
      even(-1, 1).map((x) => x * 1e-8),
      error
    )
  })

  it("exp", () => {
    const error = (x: number) => {
      const { value, k } = power(fixed(x))
      return ulps(exp(x), value, k)
    }
    below1(doubles(-745.1332191019411, 709.782712893384), error)
    below1(even(-745.1332191019411, 709.782712893384), error)
    below1(even(-1, 1), error)
    expect(exp(1)).toBe(Math.E)
    below1(fc.constantFrom(1, -1, 0, SMALLEST, -708.4, -745.1332191019411, 709.782712893384), error)
  })

  it("expm1", () => {
    const one = 1n << BITS
    const error = (x: number) => {
      if (Math.abs(x) < 1) return ulps(expm1(x), powerLess1(fixed(x)))
      const { value, k } = power(fixed(x))
      return k > 60n ? ulps(expm1(x), value, k) : ulps(expm1(x), (k > 0n ? value << k : value >> -k) - one)
    }
    below1(even(-40, 709.782712893384), error)
    below1(even(-2, 2), error)
    below1(
      even(-1, 1).map((x) => x * 1e-8),
      error
    )
  })

  it("pow", () => {
    const pair = fc.oneof(
      fc.tuple(even(0, 50), even(-150, 150)),
      fc.tuple(doubles(SMALLEST, LARGEST), even(-1, 1)),
      fc.tuple(
        even(-1, 1).map((d) => 1 + d * 1e-6),
        even(-5e8, 5e8)
      ),
      fc.tuple(
        even(-1, 1).map((d) => 1 + d * 1e-9),
        even(-5e11, 5e11)
      )
    )
    fc.assert(
      fc.property(pair, ([x, y]) => {
        const result = pow(x, y)
        fc.pre(x > 0 && y !== 0 && x !== 1)
        const { value, k } = power((ln(fixed(x)) * fixed(y)) >> BITS)
        if (result === Number.POSITIVE_INFINITY) expect(k >= 1023n).toBe(true)
        else expect(ulps(result, value, k)).toBeLessThan(1)
      }),
      RUNS
    )
    // The last subnormals are rounded once.
    for (let y = -1000; y > -1074; y -= 0.37) {
      const { value, k } = power((LN2 * fixed(y)) >> BITS)
      expect(ulps(pow(2, y), value, k)).toBeLessThan(1)
    }
  })

  it("pow is exact where the result is a whole number", () => {
    for (let x = 2n; x <= 60n; x++) {
      for (let y = 1n; x ** y <= 1n << 53n; y++) expect(BigInt(pow(Number(x), Number(y)))).toBe(x ** y)
    }
    for (let k = -1074; k <= 1023; k++) expect(pow(2, k)).toBe(2 ** k)
  })

  it("sin and cos, of any size", () => {
    const error = (x: number) => {
      const { sine, cosine } = circle(x)
      const s = Math.abs(x) < 1e-50 ? itself(sin(x), x) : ulps(sin(x), sine)
      return Math.max(s, ulps(cos(x), cosine))
    }
    const few = (arbitrary: fc.Arbitrary<number>) => below1(arbitrary, error, { numRuns: 400, seed: 1 })
    few(doubles(-LARGEST, LARGEST))
    few(even(-4, 4))
    few(even(-1_647_099, 1_647_099))
    few(even(1_647_098, 1e12))
    few(fc.integer({ min: -1_100_000, max: 1_100_000 }).map((n) => n * (Math.PI / 2)))
    // The doubles below 2^20 · π/2 that lie nearest to a multiple of it, found by trying each multiple: they leave 2^−72.6.
    few(
      fc.constantFrom(413441.44719405076, 321307.9594422229, 642615.9188844458, 1285231.8377688916, 871790.3905748408)
    )
    // The double nearest to a multiple of π/2 (Muller 2016, table 11.1): it leaves 2^−60.9.
    few(fc.constantFrom(6381956970095103 * 2 ** 797, LARGEST, 1e22, 1_647_099.3))
  }, 60_000)
})

describe("special values are ECMAScript's", () => {
  const edges = [
    0,
    -0,
    1,
    -1,
    0.5,
    -0.5,
    2,
    -2,
    2.5,
    3,
    -3,
    1e-10,
    SMALLEST,
    -SMALLEST,
    SUBNORMAL,
    LARGEST,
    -LARGEST,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
    2 ** 31 + 1,
    2 ** 53 - 1,
    2 ** 53,
    -(2 ** 53),
    1e300,
    -1e300,
    710,
    -746,
    1023,
    1024,
    -1074,
    -1075
  ]

  /** Whether two numbers are of the same kind: the same zero, infinity or NaN, or near each other. */
  function alike(a: number, b: number): boolean {
    return Object.is(a, b) || (b !== 0 && Math.abs(a / b - 1) < 1e-14)
  }

  it.each([
    ["log", log, Math.log],
    ["log1p", log1p, Math.log1p],
    ["log2", log2, Math.log2],
    ["exp", exp, Math.exp],
    ["expm1", expm1, Math.expm1],
    ["sin", sin, Math.sin],
    ["cos", cos, Math.cos],
    ["sqrt", sqrt, Math.sqrt]
  ] as const)("%s", (_, ours, theirs) => {
    expect(edges.filter((x) => !alike(ours(x), theirs(x)))).toEqual([])
  })

  it("pow", () => {
    const pairs = edges.flatMap((x) => edges.map((y) => [x, y] as const))
    expect(pairs.filter(([x, y]) => !alike(pow(x, y), x ** y))).toEqual([])
  })
})
