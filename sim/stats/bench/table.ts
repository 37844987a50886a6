/**
 * Measures how often 95 % intervals cover the mean of n differences of a lognormal distribution, and writes the table
 * that labels are read from: `node sim/stats/bench/table.ts [experiments]`, 10,000 a cell when not told otherwise, a
 * fifth of them beyond 100 pairs. Sigma 0 is the normal distribution. BCa is measured with 2,000 replicates.
 */
import { writeFileSync } from "node:fs"
import { median, sampleSkewness } from "simple-statistics"
import { Draw } from "../../kernel/Draw.ts"
import { Streams } from "../../kernel/Stream.ts"
import { bcaInference, bootstrapMean } from "../Bootstrap.ts"
import { tInference } from "../PairedT.ts"

const experiments = Number(process.argv[2] ?? 10_000)
const sizes = [5, 10, 20, 30, 50, 100, 200, 400]
const sigmas = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5]

const rows: string[] = []
for (const n of sizes) {
  const trials = n > 100 ? experiments / 5 : experiments
  for (const sigma of sigmas) {
    const streams = new Streams(`coverage table ${n} ${sigma}`)
    const draw = new Draw(streams.get("lab", "differences"))
    const stream = streams.get("lab", "bootstrap")
    const truth = sigma === 0 ? 0 : Math.exp((sigma * sigma) / 2)
    const skewness: number[] = []
    const covered = { t: 0, bca: 0 }
    for (let at = 0; at < trials; at++) {
      const differences = Array.from({ length: n }, () =>
        sigma === 0 ? draw.normal({ mean: 0, sd: 1 }) : draw.lognormal({ median: 1, sigma })
      )
      skewness.push(Math.abs(sampleSkewness(differences)))
      const t = tInference(differences).interval(0.95)
      if (t.low <= truth && truth <= t.high) covered.t++
      const bca = bcaInference(bootstrapMean(differences, { stream, replicates: 2_000 })).interval(0.95)
      if (bca.low <= truth && truth <= bca.high) covered.bca++
    }
    const [skew, t, bca] = [median(skewness), covered.t / trials, covered.bca / trials]
    rows.push(`  [${n}, ${sigma}, ${Number(skew.toFixed(3))}, ${Number(t.toFixed(4))}, ${Number(bca.toFixed(4))}]`)
    console.log(`n ${n}, sigma ${sigma}: median |skewness| ${skew.toFixed(3)}, paired t ${t}, BCa ${bca}`)
  }
}

writeFileSync(
  new URL("../CoverageTable.ts", import.meta.url),
  `/**
 * Measured coverage of 95 % intervals, written by \`node sim/stats/bench/table.ts\`: do not edit.
 * ${experiments} experiments a cell, a fifth of them beyond 100 pairs; BCa with 2,000 replicates.
 */

/**
 * Pairs; sigma of the lognormal differences, 0 being the normal distribution; median size of the sample skewness;
 * share of the intervals that covered the mean, of paired t and of BCa.
 */
export type CoverageRow = readonly [n: number, sigma: number, skewness: number, pairedT: number, bca: number]

/** Ordered by n, then by sigma. */
export const coverageTable: readonly CoverageRow[] = [
${rows.join(",\n")}
]
`
)
