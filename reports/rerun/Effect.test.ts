import { describe, expect, it } from "vitest"
import { effectOn, ways } from "./Effect.ts"
import { declaredIn, differing } from "./Rerun.ts"

const run = (seed: number, share: number | undefined) => ({
  seed,
  metrics: (share === undefined ? {} : { share }) as { readonly [metric: string]: number }
})

describe("an effect", () => {
  it("is taken seed by seed, over the seeds that both have", () => {
    const before = [run(1, 10), run(2, 20), run(9, 500)]
    const after = [run(1, 11), run(2, 18), run(3, 7)]
    expect(effectOn("share", before, after)).toEqual({
      before: 530 / 3,
      after: 12,
      difference: -0.5,
      pairs: 2,
      up: 1,
      down: 1
    })
  })

  it("of a seed or a few says which way it went, and gives no verdict", () => {
    const of = (...differences: readonly number[]) =>
      ways(
        effectOn(
          "share",
          differences.map((_, seed) => run(seed, 1)),
          differences.map((by, seed) => run(seed, 1 + by))
        )
      )
    expect([of(2), of(-2), of(0), of(1, 2), of(-1, -1, -2), of(1, -1, 0)]).toEqual([
      "up",
      "down",
      "",
      "up in each of 2 seeds",
      "down in each of 3 seeds",
      "up in 1 and down in 1 of 3 seeds"
    ])
  })

  it("is none without a pair, or without a value", () => {
    expect(effectOn("share", [run(1, 1)], [run(2, 2)])).toMatchObject({ difference: undefined, pairs: 0 })
    expect(effectOn("share", [], [run(2, undefined)])).toMatchObject({ before: undefined, after: undefined })
  })
})

it("digests that differ are named", () => {
  const digests = { economy: "0x1", trace: "0x2", tables: { flows: "0x3", events: "0x4" } } as never
  expect(differing(digests, digests)).toEqual([])
  const other = { economy: "0x1", trace: "0x9", tables: { flows: "0x8", events: "0x4", truths: "0x5" } } as never
  expect(differing(digests, other)).toEqual(["trace", "table flows", "table truths"])
})

it("what was set by hand goes over the arm, the arm over what was declared", () => {
  const facts = {
    arms: { baseline: {}, proposal: { stake: "5", weekly: "9" } },
    set: { weekly: "7" },
    params: ["stake", "weekly", "honest"].map((name) => ({
      name,
      unit: "count",
      declared: "1",
      domain: null,
      source: ""
    }))
  }
  const of = (arm: string): readonly string[] =>
    ["stake", "weekly", "honest"].map((name) => declaredIn(facts, arm, name))
  expect(of("proposal")).toEqual(["5", "7", "1"])
  expect(of("baseline")).toEqual(["1", "7", "1"])
  expect(of("toString")).toEqual(["1", "7", "1"])
})
