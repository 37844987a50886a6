import { describe, expect, it } from "vitest"
import {
  type KnownAnswer,
  make,
  type Tolerance,
  type Tolerances,
  type Values,
  type Words
} from "../scenario/KnownAnswer.ts"
import { holds, judge } from "./Judge.ts"

function known<E extends Values>(words: Pick<Words<E>, "expected" | "tolerance"> & Partial<Words<E>>): KnownAnswer {
  return make<E>("some-answer", {
    claim: "It holds",
    setting: "As said",
    source: "Here",
    *measure() {
      throw new Error("not measured")
    },
    ...words
  })
}

describe("a tolerance", () => {
  const within: readonly (readonly [
    Tolerance,
    expected: number | bigint,
    least: number | bigint,
    most: number | bigint
  ])[] = [
    ["exact", 5, 5, 5],
    ["exact", 5n, 5n, 5n],
    [{ absolute: 0.5 }, 5, 4.5, 5.5],
    [{ absolute: 2n }, -5n, -7n, -3n],
    [{ absolute: 2 }, 5n, 3n, 7n],
    [{ relative: 0.25 }, -4, -5, -3],
    [{ relative: 0.25 }, 10n ** 30n, 75n * 10n ** 28n, 125n * 10n ** 28n]
  ]
  it.each(within)("of %o around %s holds up to its ends, and not beyond", (tolerance, expected, least, most) => {
    const [below, above] =
      typeof least === "bigint" && typeof most === "bigint"
        ? [least - (least > 1000n ? 10n ** 20n : 1n), most + (most > 1000n ? 10n ** 20n : 1n)]
        : [Number(least) - 1e-9, Number(most) + 1e-9]
    expect([below, least, expected, most, above].map((got) => holds(expected, got, tolerance))).toEqual([
      false,
      true,
      true,
      true,
      false
    ])
  })

  it("of a bound has one side", () => {
    expect([4, 5, 6].map((got) => holds(5, got, "at most"))).toEqual([true, true, false])
    expect([4n, 5n, 6n].map((got) => holds(5n, got, "at least"))).toEqual([false, true, true])
  })

  it("never holds of NaN, and of infinity only where infinity is expected", () => {
    for (const tolerance of ["exact", "at most", "at least", { absolute: 1e9 }, { relative: 9 }] as const) {
      expect([tolerance, holds(1, Number.NaN, tolerance)]).toEqual([tolerance, false])
      expect(holds(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, tolerance)).toBe(true)
    }
    expect(holds(1, Number.POSITIVE_INFINITY, { absolute: 1e9 })).toBe(false)
    expect(holds(Number.POSITIVE_INFINITY, 1, { relative: 1 })).toBe(false)
  })

  it("of a text is equality", () => {
    expect(holds("NotOwner", "NotOwner", { absolute: 9 })).toBe(true)
    expect(holds("NotOwner", "Notowner", { absolute: 9 })).toBe(false)
    expect(holds("a", "b", "at least")).toBe(false)
  })
})

describe("one measurement", () => {
  it("is judged name by name, amounts shown in whole units", () => {
    const answer = known({
      expected: { paid: 2_500_000n, share: 0.5, refused: "NotOwner" },
      tolerance: { each: { paid: { absolute: 10n }, share: { relative: 0.01 }, refused: "exact" } },
      decimals: 6
    })
    expect(judge(answer, [{ paid: 2_500_011n, share: 0.504, refused: "NotOwner" }])).toEqual([
      { name: "paid", expected: "2.5", got: "2.500011", tolerance: "± 0.00001", standardError: null, held: false },
      { name: "share", expected: "0.5", got: "0.504", tolerance: "± 1 %", standardError: null, held: true },
      { name: "refused", expected: "NotOwner", got: "NotOwner", tolerance: "exact", standardError: null, held: true }
    ])
  })

  it.each<readonly [string, Values]>([
    ["a name too few", { a: 1 }],
    ["a name too many", { a: 1, b: 1n, c: 2 }],
    ["another type", { a: 1, b: 1 }],
    ["no names", 1]
  ])("with %s is no answer", (_, got) => {
    const answer = known({ expected: { a: 1, b: 1n }, tolerance: "exact" })
    expect(() => judge(answer, [got])).toThrowError(
      expect.objectContaining({ _tag: "ScenarioError", reason: "MeasureFailed" })
    )
  })
})

describe("replications", () => {
  // Ten times 0 and ten times 1: mean 0.5, sample deviation √(5/19), standard error √(5/19/20) = 0.114708.
  const coin: readonly number[] = Array.from({ length: 20 }, (_, at) => at % 2)
  const SE = 0.1147078669
  const judged = (expected: number, tolerance: Tolerances<number>, got: readonly number[] = coin) =>
    judge(known({ expected, tolerance, replications: 20 }), got)[0]

  it("are compared by their mean, within four standard errors", () => {
    expect(judged(0.5, "exact")).toMatchObject({ got: "0.5", held: true, tolerance: "± 0.459 (4 SE)" })
    expect(judged(0.5, "exact")?.standardError).toBeCloseTo(SE, 9)
    expect(judged(0.5 + 3.99 * SE, "exact")?.held).toBe(true)
    expect(judged(0.5 + 4.01 * SE, "exact")?.held).toBe(false)
  })

  it("are compared within the stated tolerance where that is larger", () => {
    expect(judged(1, { absolute: 0.5 })).toMatchObject({ held: true, tolerance: "± 0.5" })
    expect(judged(1.01, { absolute: 0.5 })?.held).toBe(false)
    expect(judged(1, { relative: 0.5 })).toMatchObject({ held: true, tolerance: "± 50 %" })
  })

  it("keep the side of a bound", () => {
    expect(judged(0.5 - 3.9 * SE, "at most")?.held).toBe(true)
    expect(judged(0.5 - 4.1 * SE, "at most")?.held).toBe(false)
    expect(judged(9, "at most")?.held).toBe(true)
    expect(judged(0.5 + 4.1 * SE, "at least")?.held).toBe(false)
    expect(judged(-9, "at least")?.held).toBe(true)
  })

  it("that all give the same have no error to hide behind", () => {
    const same = Array.from({ length: 20 }, () => 1)
    expect(judged(1 + 1e-12, "exact", same)?.held).toBe(false)
    expect(judged(1, "exact", same)?.held).toBe(true)
  })
})

describe("a declaration", () => {
  it.each<readonly [string, () => unknown, string]>([
    ["an empty source", () => known({ expected: 1, tolerance: "exact", source: " " }), "source"],
    ["nineteen replications", () => known({ expected: 1, tolerance: "exact", replications: 19 }), "19"],
    ["half a replication more", () => known({ expected: 1, tolerance: "exact", replications: 20.5 }), "20.5"],
    ["replications of an amount", () => known({ expected: 7n, tolerance: "exact", replications: 20 }), "7"],
    ["nothing expected", () => known({ expected: {}, tolerance: "exact" }), "{}"]
  ])("with %s is refused", (_, declare, value) => {
    expect(declare).toThrowError(
      expect.objectContaining({
        _tag: "ScenarioError",
        reason: "MalformedDeclaration",
        offending: { name: "some-answer", value }
      })
    )
  })
})
