/**
 * 20,000 synthetic experiments per cell: what intervals cover, what false alarms they raise, and whether the label
 * says so. The table is printed, and stands in README.md as it was last measured.
 */
import { afterAll, describe, expect, it } from "vitest"
import { type CellRow, cellHeading, cellLine, distributions, measureCell } from "./fixtures/CoverageStudy.ts"

const experiments = 20_000
const cells = distributions.flatMap((distribution) => [10, 30, 100].map((n) => ({ distribution, n })))
const measured: CellRow[] = []

afterAll(() => {
  console.log([cellHeading, ...measured.map(cellLine)].join("\n"))
})

describe("intervals of 95 %", () => {
  it.each(cells)(
    "of $n pairs, $distribution",
    ({ distribution, n }) => {
      const rows = measureCell(distribution, n, { experiments })
      measured.push(...rows)
      for (const { method, coverage, falseAlarms, approximate } of rows) {
        if (distribution === "normal" && method === "paired t") {
          expect(Math.abs(coverage - 0.95)).toBeLessThan(0.007)
          expect(Math.abs(falseAlarms - 0.05)).toBeLessThan(0.007)
        }
        // The label is read from each sample's own shape, so that near the limit of 93 % some have it and some not;
        // and where a sample may as well come from a skewed distribution, it errs to the careful side.
        if (coverage < 0.92) expect(approximate, `${method} covers ${coverage}`).toBeGreaterThan(0.5)
        if (coverage > 0.945 && !distribution.startsWith("lognormal")) expect(approximate).toBeLessThan(0.5)
      }
    },
    900_000
  )
})
