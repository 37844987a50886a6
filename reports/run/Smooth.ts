/** Noise in a series, and the mean that shows what lies under it. */
import type { Series } from "./Series.ts"

/** Fewer samples than this are read one by one. */
const FEWEST = 40
/** How often a line that goes up and down crosses its own range before it is called noisy. */
const CROSSINGS = 8

/** A mean over time beside what it is of. */
export interface Smooth {
  readonly series: Series
  /** Samples in one mean; an odd number. */
  readonly window: number
}

/** Whether a line through the samples would be a scribble: its way up and down is eight times its range. */
export function isNoisy(series: Series): boolean {
  if (series.length < FEWEST) return false
  const [first] = series
  let [low, high, way, before] = [first?.number ?? 0, first?.number ?? 0, 0, first?.number ?? 0]
  for (const { number } of series) {
    low = Math.min(low, number)
    high = Math.max(high, number)
    way += Math.abs(number - before)
    before = number
  }
  return high > low && way > CROSSINGS * (high - low)
}

/**
 * The mean of the samples around each sample: seven of them, or a 26th of all where there are more. Near an
 * end the window narrows on both sides, so that no mean leans to one.
 */
export function smooth(series: Series): Smooth {
  const half = Math.max(3, Math.floor(series.length / 52))
  const sums = [0]
  for (const { number } of series) sums.push((sums.at(-1) ?? 0) + number)
  return {
    window: 2 * half + 1,
    series: series.map(({ time }, index) => {
      const reach = Math.min(half, index, series.length - 1 - index)
      const mean = ((sums[index + reach + 1] ?? 0) - (sums[index - reach] ?? 0)) / (2 * reach + 1)
      return { time, value: String(mean), number: mean }
    })
  }
}
