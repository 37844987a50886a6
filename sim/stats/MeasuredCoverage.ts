/**
 * How often a 95 % interval was measured to cover the truth, for data like those at hand: what decides which method
 * is taken, and whether its interval is labelled approximate.
 *
 * "Like" is judged by the number of pairs and the skewness of their differences, matched with two families: skewed
 * (lognormal) differences and even ones with heavy tails (of two lognormal values), since a small sample that looks
 * skewed may come from either. In each, a sample is matched with the distribution whose samples of that size have its
 * skewness as their median (samples show far less skewness than populations have), and the coverage measured there is
 * taken, linear between the cells of `CoverageTable.ts`. Beyond a table its nearest cell speaks: for more pairs than it
 * has, that is the careful side.
 */
import { log } from "../kernel/Mathematics.ts"
import { type CoverageRow, evenTable, skewedTable } from "./CoverageTable.ts"

/** Below this, an interval of 95 % is labelled approximate. */
export const HOLDS = 0.93

/** A share for each method's 95 % intervals. */
export interface ByMethod {
  readonly pairedT: number
  readonly bca: number
}

/** What was measured for data like these. */
export interface Coverage {
  /** In the family where the method covers less: what a label goes by. */
  readonly least: ByMethod
  /** By how much the method stays below 95 %, on average over both families: what a choice goes by. */
  readonly shortfall: ByMethod
}

/** The rows of each number of pairs, ascending. */
type Family = readonly (readonly [n: number, rows: readonly CoverageRow[]])[]

function familyOf(table: readonly CoverageRow[]): Family {
  return [...new Set(table.map(([n]) => n))].map((n) => [n, table.filter((row) => row[0] === n)])
}

const even = new Set(evenTable.map(([n]) => n))
// The normal distribution belongs to both.
const normal = skewedTable.filter(([n, sigma]) => sigma === 0 && even.has(n))
const families = [skewedTable, [...normal, ...evenTable]].map(familyOf)

/** Coverage measured for `n` differences whose sample skewness is `skewness`. */
export function measuredCoverage(n: number, skewness: number): Coverage {
  const found = families.map((family) => inFamily(family, n, Math.abs(skewness)))
  const over = (reading: (shares: readonly number[]) => number): ByMethod => ({
    pairedT: reading(found.map(({ pairedT }) => pairedT)),
    bca: reading(found.map(({ bca }) => bca))
  })
  return {
    least: over((shares) => Math.min(...shares)),
    shortfall: over((shares) => shares.reduce((sum, share) => sum + Math.max(0, 0.95 - share), 0) / shares.length)
  }
}

function inFamily(family: Family, n: number, size: number): ByMethod {
  const after = family.findIndex(([pairs]) => pairs >= n)
  const upper = after < 0 ? family.length - 1 : after
  const lower = after < 0 ? upper : Math.max(0, upper - 1)
  const [small, few] = family[lower] as Family[number]
  const [large, many] = family[upper] as Family[number]
  const share = small === large ? 0 : Math.max(0, (log(n) - log(small)) / (log(large) - log(small)))
  return mixed(atSkewness(few, size), atSkewness(many, size), share)
}

function atSkewness(rows: readonly CoverageRow[], size: number): ByMethod {
  const coverage = ([, , , pairedT, bca]: CoverageRow): ByMethod => ({ pairedT, bca })
  const upper = rows.findIndex((row) => row[2] >= size)
  if (upper <= 0) return coverage(rows[upper === 0 ? 0 : rows.length - 1] as CoverageRow)
  const [from, to] = [rows[upper - 1] as CoverageRow, rows[upper] as CoverageRow]
  return mixed(coverage(from), coverage(to), (size - from[2]) / (to[2] - from[2]))
}

function mixed(from: ByMethod, to: ByMethod, share: number): ByMethod {
  return {
    pairedT: from.pairedT + (to.pairedT - from.pairedT) * share,
    bca: from.bca + (to.bca - from.bca) * share
  }
}
