/** Claims over the assumptions where runs failed: each stands on the points of its own arm, and on none nothing is known. */
import { describe, expect, it } from "vitest"
import { Draw } from "../../kernel/Draw.ts"
import { Stream } from "../../kernel/Stream.ts"
import * as Param from "../../scenario/Param.ts"
import type { MetricWords } from "../../store/Analysis.ts"
import { hashOf, manifestOf } from "../../store/fixtures/records.ts"
import { axisOf } from "../Axis.ts"
import { overAssumptions } from "./Assumptions.ts"
import { compareAt } from "./Comparison.ts"
import { Values } from "./Values.ts"

const matters = { by: 0.1, better: "lower" as const }
const metrics: readonly MetricWords[] = [{ name: "k", unit: "ratio", says: null, over: "last", matters, judged: true }]
const axis = axisOf("x", Param.ratio(1, { source: "A", range: [0, 1] }), [0, 1])
const arms = ["baseline", "one", "two"]
const design = { ...manifestOf().design, arms, assumptions: { points: 8, pairs: 4, refine: 0 }, axes: [] }

/** Both arms lower the KPI by 1, at the default point and at eight others; runs of `lost` fail at the others. */
const claimsWhere = (lost: readonly string[]) => {
  const draw = new Draw(Stream.open("assumed"))
  const rows = Array.from({ length: 9 }, (_, point) => point).flatMap((point) =>
    Array.from({ length: 6 }, (_, nth) => nth + 1).flatMap((seed) => arms.map((arm) => ({ point, arm, seed })))
  )
  const plan = rows.map((row, index) => ({ ...row, index, round: 0, hash: hashOf(index) }))
  const outcomes = new Map(
    plan.map(({ hash, arm, point }) => {
      const value = 5 + draw.normal({ mean: 0, sd: 0.1 }) - (arm === "baseline" ? 0 : 1)
      const failed = point > 0 && lost.includes(arm)
      const status = failed ? ("failed" as const) : ("complete" as const)
      const values: { [metric: string]: number } = failed ? {} : { k: value }
      return [hash, { hash, status, values, economy: hash, trace: hash, failedChecks: [] }]
    })
  )
  const values = new Values(plan, (hash) => outcomes.get(hash))
  const asked = { design, root: hashOf(1), stopped: null }
  const comparisons = compareAt(values, metrics, { ...asked, point: 0 })
  const points = Array.from({ length: 8 }, (_, nth) => ({
    point: nth + 1,
    of: "assumption" as const,
    set: { x: String((nth + 0.5) / 8) }
  }))
  return overAssumptions(values, metrics, points, [axis], comparisons, asked)
}

describe("claims over the assumptions", () => {
  it("stand on the points of their own arm, whichever other arm failed there", () => {
    expect(claimsWhere([])?.claims.map(({ share }) => [share.n, share.holds])).toEqual([
      [8, 8],
      [8, 8]
    ])
    const found = claimsWhere(["two"])
    expect(found?.lost).toBe(8)
    expect(found?.claims.map(({ arm, share }) => [arm, share.n, share.holds])).toEqual([
      ["one", 8, 8],
      ["two", 0, 0]
    ])
  })
})
