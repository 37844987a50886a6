/**
 * Measures how often 95 % intervals cover the mean of n differences, and writes the table that labels are read from:
 * `node sim/stats/bench/table.ts [experiments]`, 10,000 a cell when not told otherwise, a fifth of them beyond 100
 * pairs or for even differences. BCa is measured with 2,000 replicates. Prints each cell as it is done.
 */
import { writeFileSync } from "node:fs"
import { median, sampleSkewness } from "simple-statistics"
import { Draw } from "../../kernel/Draw.ts"
import { Streams } from "../../kernel/Stream.ts"
import { bcaInference, bootstrapMean } from "../Bootstrap.ts"
import { tInference } from "../PairedT.ts"

const experiments = Number(process.argv[2] ?? 10_000)

/** One cell: differences that are lognormal (skewed) or each of two lognormal values (even). Sigma 0 is the normal. */
function measure(family: "skewed" | "even", n: number, sigma: number): string {
  const trials = n > 100 || family === "even" ? experiments / 5 : experiments
  const streams = new Streams(
    family === "skewed" ? `coverage table ${n} ${sigma}` : `even coverage table ${n} ${sigma}`
  )
  const draw = new Draw(streams.get("lab", "differences"))
  const stream = streams.get("lab", "bootstrap")
  const difference = (): number => {
    if (sigma === 0) return draw.normal({ mean: 0, sd: 1 })
    const one = draw.lognormal({ median: 1, sigma })
    return family === "skewed" ? one : one - draw.lognormal({ median: 1, sigma })
  }
  const truth = sigma === 0 || family === "even" ? 0 : Math.exp((sigma * sigma) / 2)
  const skewness: number[] = []
  const covered = { t: 0, bca: 0 }
  for (let at = 0; at < trials; at++) {
    const differences = Array.from({ length: n }, difference)
    skewness.push(Math.abs(sampleSkewness(differences)))
    const t = tInference(differences).interval(0.95)
    if (t.low <= truth && truth <= t.high) covered.t++
    const bca = bcaInference(bootstrapMean(differences, { stream, replicates: 2_000 })).interval(0.95)
    if (bca.low <= truth && truth <= bca.high) covered.bca++
  }
  const [skew, t, bca] = [median(skewness), covered.t / trials, covered.bca / trials]
  console.log(`${family}, n ${n}, sigma ${sigma}: median |skewness| ${skew.toFixed(3)}, paired t ${t}, BCa ${bca}`)
  return `  [${n}, ${sigma}, ${Number(skew.toFixed(3))}, ${Number(t.toFixed(4))}, ${Number(bca.toFixed(4))}]`
}

const rows = (family: "skewed" | "even", sizes: readonly number[], sigmas: readonly number[]): string =>
  sizes.flatMap((n) => sigmas.map((sigma) => measure(family, n, sigma))).join(",\n")

writeFileSync(
  new URL("../CoverageTable.ts", import.meta.url),
  `/**
 * Measured coverage of 95 % intervals, written by \`node sim/stats/bench/table.ts\`: do not edit.
 * ${experiments} experiments a cell, a fifth of them beyond 100 pairs or for even differences; BCa with 2,000 replicates.
 */

/**
 * Pairs; sigma; median size of the sample skewness; share of the intervals that covered the mean, of paired t and of
 * BCa.
 */
export type CoverageRow = readonly [n: number, sigma: number, skewness: number, pairedT: number, bca: number]

/** Lognormal differences: all the skewness that there is. Sigma 0 is the normal distribution. By n, then by sigma. */
export const skewedTable: readonly CoverageRow[] = [
${rows("skewed", [5, 10, 20, 30, 50, 100, 200, 400], [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5])}
]

/** Differences of two lognormal values: as likely to either side, with heavy tails. By n, then by sigma. */
export const evenTable: readonly CoverageRow[] = [
${rows("even", [5, 10, 20, 30, 50, 100, 200], [0.5, 1, 1.5])}
]
`
)
