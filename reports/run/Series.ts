/** The samples of a metric over simulated time. */

/** One sample. */
export interface Sample {
  /** Seconds since the run began. */
  readonly time: number
  /** Exact text, in base units where the unit has them. */
  readonly value: string
  /** In whole units. */
  readonly number: number
}

/** Samples in order of time. */
export type Series = readonly Sample[]

/** Rows of the table `metrics`, by metric. */
export function seriesOf(rows: readonly (Sample & { readonly metric: string })[]): ReadonlyMap<string, Series> {
  const series = new Map<string, Sample[]>()
  for (const { metric, time, value, number } of rows) {
    const samples = series.get(metric)
    if (samples === undefined) series.set(metric, [{ time, value, number }])
    else samples.push({ time, value, number })
  }
  for (const samples of series.values()) samples.sort((a, b) => a.time - b.time)
  return series
}

/** A KPI's value for a run (DESIGN.md, "KPI"): its last sample, or what `over` says; undefined without samples. */
export function over(series: Series, how: "last" | "mean" | "max" | "sum"): number | undefined {
  const last = series.at(-1)
  if (last === undefined) return undefined
  if (how === "last") return last.number
  if (how === "max") return series.reduce((most, { number }) => Math.max(most, number), last.number)
  const sum = series.reduce((all, { number }) => all + number, 0)
  return how === "sum" ? sum : sum / series.length
}

/**
 * At most `most` samples of a series, for drawing: of each of `most / 2` equal stretches of time, the smallest
 * and the largest, so that no extreme is lost. A series that is short enough comes back as it is.
 */
export function thinned(series: Series, most: number): Series {
  const [first, last] = [series[0], series.at(-1)]
  if (series.length <= most || first === undefined || last === undefined) return series
  const buckets = Math.max(1, Math.floor(most / 2))
  const width = (last.time - first.time) / buckets || 1
  const kept = new Map<number, { low: Sample; high: Sample }>()
  for (const sample of series) {
    const bucket = Math.min(buckets - 1, Math.floor((sample.time - first.time) / width))
    const extremes = kept.get(bucket)
    if (extremes === undefined) kept.set(bucket, { low: sample, high: sample })
    else {
      if (sample.number < extremes.low.number) extremes.low = sample
      if (sample.number > extremes.high.number) extremes.high = sample
    }
  }
  return [...kept.values()].flatMap(({ low, high }) =>
    low === high ? [low] : low.time < high.time ? [low, high] : [high, low]
  )
}
