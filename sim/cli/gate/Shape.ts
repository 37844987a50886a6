/** Two samples side by side as little columns over the same bins, so that a shift is seen without a chart. */
import { flat } from "../Terminal.ts"

const COLUMNS = " ▁▂▃▄▅▆▇█"
const BINS = 12

/** The two shapes; empty where there is nothing to draw. */
export function shapes(before: readonly number[], now: readonly number[]): readonly [string, string] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of [...before, ...now]) {
    if (value < low) low = value
    if (value > high) high = value
  }
  if (!(high > low)) return ["", ""]
  const shape = (sample: readonly number[]): string => {
    const bins = new Array<number>(BINS).fill(0)
    for (const value of sample) {
      const bin = Math.min(BINS - 1, Math.floor((BINS * (value - low)) / (high - low)))
      bins[bin] = (bins[bin] ?? 0) + 1
    }
    const most = Math.max(...bins, 1)
    return bins.map((count) => COLUMNS[count === 0 ? 0 : Math.max(1, Math.round((8 * count) / most))]).join("")
  }
  return [shape(before), shape(now)]
}

/**
 * How figures of a KPI are written: as finely as what matters of it asks for, one digit beyond the first of `by`, and a
 * zero without a sign.
 */
export function figures(by: number): {
  readonly said: (value: number) => string
  readonly signed: (value: number) => string
} {
  const size = by > 0 ? Math.floor(Math.log10(by)) : -2
  const maximumFractionDigits = Math.min(12, Math.max(by < 100 ? 1 : 0, 1 - size))
  const said = (value: number): string => {
    const text = value.toLocaleString("en-US", { maximumFractionDigits })
    return text === "-0" ? "0" : text
  }
  return { said, signed: (value) => (value > 0 && said(value) !== "0" ? `+${said(value)}` : said(value)) }
}

/** What follows a KPI's figure: ` USD` where money is counted in that, nothing of a count or a share. */
export function unitWords(unit: string, numeraire: string): string {
  return unit === "count" || unit === "ratio" ? "" : ` ${unit === "money" ? flat(numeraire) : unit}`
}

/**
 * The mean of a sample, and what lies from its 5th to its 95th percentile by the nearest rank: `12.1 (10 to 14.2)`. The
 * mean, as an effect is the difference of two.
 */
export function spread(sample: readonly number[], said: (value: number) => string): string {
  if (sample.length === 0) return "none"
  const mean = said(sample.reduce((sum, value) => sum + value, 0) / sample.length)
  const sorted = [...sample].sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number
  const [low, high] = [at(0.05), at(0.95)].map(said)
  return low === mean && high === mean ? mean : `${mean} (${low} to ${high})`
}
