import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Columns, Recorder, type RecorderSink, type TableName } from "./Recorder.ts"

const fill = (recorder: Recorder, rows: number): Recorder => {
  for (let n = 0; n < rows; n++) {
    recorder.add("environment", { time: n, process: `p${n % 3}`, value: n / 2 })
    if (n % 1000 === 0) recorder.add("metrics", { time: n, metric: "m", value: String(n), number: n })
  }
  return recorder
}

/** Keeps what it is handed, and how large the groups were. */
class Kept implements RecorderSink {
  readonly rows = new Map<TableName, { readonly [column: string]: unknown }[]>()
  readonly groups: number[] = []

  group(table: TableName, columns: Columns, rows: number): void {
    const all = this.rows.get(table) ?? []
    for (let row = 0; row < rows; row++) {
      all.push(Object.fromEntries(Object.entries(columns).map(([column, cells]) => [column, cells[row]])))
    }
    this.rows.set(table, all)
    if (table === "environment") this.groups.push(rows)
  }
}

const rowsOf = (recorder: Recorder, table: TableName): unknown[] =>
  Array.from({ length: recorder.rows(table) }, (_, row) =>
    Object.fromEntries(Object.entries(recorder.columns(table)).map(([column, cells]) => [column, cells[row]]))
  )

describe("the recorder", () => {
  it("hands on just the rows it would have kept, in order, in groups of bounded size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (rows) => {
        const memory = fill(new Recorder(), rows)
        const sink = new Kept()
        const handing = fill(new Recorder(sink), rows)
        handing.finish()
        handing.finish()
        for (const table of ["environment", "metrics"] as const) {
          expect(sink.rows.get(table) ?? []).toEqual(rowsOf(memory, table))
          expect(handing.rows(table)).toBe(rows === 0 ? 0 : memory.rows(table))
        }
        expect(Math.max(0, ...sink.groups)).toBeLessThanOrEqual(32_768)
        expect(sink.groups.length).toBe(Math.ceil(rows / 32_768))
      }),
      { numRuns: 8, examples: [[32_768], [65_536], [1]] }
    )
  })

  it("keeps metrics whatever becomes of the rest, and says what it did not keep", () => {
    const handing = fill(new Recorder(new Kept()), 40_000)
    expect(handing.columns("metrics")["time"]).toHaveLength(40)
    expect(() => handing.columns("environment")).toThrow("environment")
    const summary = fill(new Recorder("summary"), 2000)
    expect(summary.columns("metrics")["time"]).toHaveLength(2)
    expect(summary.rows("environment")).toBe(0)
    expect(() => summary.columns("environment")).toThrow("environment")
    expect(summary.filling("environment")).toBeUndefined()
  })

  it("goes on from a saved state", () => {
    const whole = fill(fill(new Recorder(), 100), 100)
    const half = fill(new Recorder(), 100)
    expect(fill(new Recorder("memory", half.save()), 100).save()).toEqual(whole.save())
  })
})
