/** Column charts: heights, axis, and long series. */
import { describe, expect, it } from "vitest"
import { columnChart } from "./ColumnChart.ts"

const plain = { rows: 2, width: 10, label: String }

describe("a column chart", () => {
  it("draws values as heights above zero", () => {
    // Sixteen eighths stand for 16.
    expect(columnChart([0, 3, 8, 12, 16], plain)).toBe("16 ┤   ▄█\n 0 ┤ ▃███\n")
  })

  it("begins below zero where values do", () => {
    expect(columnChart([-8, 0, 8], plain)).toBe(" 8 ┤  █\n-8 ┤ ██\n")
  })

  it("draws means where there are more values than columns", () => {
    expect(columnChart([0, 16, 16, 16], { ...plain, width: 2 })).toBe("16 ┤ █\n 0 ┤██\n")
  })

  it("draws a line of zeros, and nothing of nothing", () => {
    expect(columnChart([0, 0], plain)).toBe("0 ┤\n0 ┤\n")
    expect(columnChart([], plain)).toBe("")
  })
})
