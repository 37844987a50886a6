/** Sensitivity of an output that hardly varies: a reason, and no crash. */
import { describe, expect, it } from "vitest"
import type { MetricWords } from "../../store/Analysis.ts"
import { hashOf, manifestOf } from "../../store/fixtures/records.ts"
import { sensitivityOf } from "./Sensitivity.ts"
import { Values } from "./Values.ts"

const metric: MetricWords = { name: "bankrupt", unit: "ratio", says: null, over: "last", matters: null, judged: false }
const axis = (param: string) => ({ param, unit: "ratio" as const, ends: ["0", "1"], scale: "linear" as const })
const design = {
  ...manifestOf().design,
  kind: "sensitivity" as const,
  axes: [axis("x"), axis("y")],
  sampling: { method: "saltelli" as const, base: 4 }
}

/** The indices where the metric is 1 at one row of the design, and 0 at all others. */
const whereOnly = (at: number) => {
  const rows = Array.from({ length: 16 }, (_, point) => ({
    index: point,
    round: 0,
    point,
    arm: "baseline",
    seed: 1,
    hash: hashOf(point)
  }))
  const values = new Values(rows, (hash) => ({
    hash,
    status: "complete",
    values: { bankrupt: Number(hash) === at ? 1 : 0 },
    economy: hash,
    trace: hash,
    failedChecks: []
  }))
  const points = rows.map(({ point }) => ({ point, of: "sweep" as const, set: {} }))
  return sensitivityOf(values, [metric], points, { design, root: hashOf(1), stopped: null })[0]
}

describe("sensitivity", () => {
  it("of a rare event that shows at crossed points alone says why there is none", () => {
    expect(whereOnly(1)).toMatchObject({ indices: null, why: expect.stringContaining("every base point") })
    expect(whereOnly(0)?.indices?.length).toBe(2)
  })
})
