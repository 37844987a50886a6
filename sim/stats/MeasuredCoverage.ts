/**
 * How often a 95 % interval was measured to cover the truth, for data like those at hand: what decides which method
 * is taken, and whether its interval is labelled approximate.
 *
 * "Like" is judged by the number of pairs and the skewness of their differences. A sample's skewness is matched with
 * the lognormal distribution whose samples of that size have it as their median (a sample shows far less skewness
 * than its population has), and the coverage measured there is taken, linear between cells of `CoverageTable.ts`.
 * Beyond the table its nearest cell speaks: for more pairs than it has, that is the careful side.
 */
import { log } from "../kernel/Mathematics.ts"
import { type CoverageRow, coverageTable } from "./CoverageTable.ts"

/** Below this, an interval of 95 % is labelled approximate. */
export const HOLDS = 0.93

/** Measured coverage of both methods' 95 % intervals, as shares. */
export interface Coverage {
  readonly pairedT: number
  readonly bca: number
}

const sizes = [...new Set(coverageTable.map(([n]) => n))]
const rowsOf = new Map(sizes.map((n) => [n, coverageTable.filter((row) => row[0] === n)]))

/** Coverage measured for `n` differences whose sample skewness is `skewness`. */
export function measuredCoverage(n: number, skewness: number): Coverage {
  const after = sizes.findIndex((size) => size >= n)
  const upper = after < 0 ? sizes.length - 1 : after
  const lower = after < 0 ? upper : Math.max(0, upper - 1)
  const [small, large] = [sizes[lower] as number, sizes[upper] as number]
  const [from, to] = [atSize(small, skewness), atSize(large, skewness)]
  const share = small === large ? 0 : Math.max(0, (log(n) - log(small)) / (log(large) - log(small)))
  return { pairedT: mix(from.pairedT, to.pairedT, share), bca: mix(from.bca, to.bca, share) }
}

function atSize(n: number, skewness: number): Coverage {
  const rows = rowsOf.get(n) as readonly CoverageRow[]
  const size = Math.abs(skewness)
  const upper = rows.findIndex((row) => row[2] >= size)
  if (upper <= 0) {
    const end = rows[upper === 0 ? 0 : rows.length - 1] as CoverageRow
    return { pairedT: end[3], bca: end[4] }
  }
  const [from, to] = [rows[upper - 1] as CoverageRow, rows[upper] as CoverageRow]
  const share = (size - from[2]) / (to[2] - from[2])
  return { pairedT: mix(from[3], to[3], share), bca: mix(from[4], to[4], share) }
}

const mix = (from: number, to: number, share: number): number => from + (to - from) * share
