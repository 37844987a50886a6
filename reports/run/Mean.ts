/** Means of numbers and of series. */
import type { Series } from "./Series.ts"

/** The mean of some numbers; undefined without any. */
export function mean(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}

/** The mean of series, at the times that all of them have. */
export function meanSeries(all: readonly Series[]): Series {
  const [first] = all
  if (first === undefined || all.length === 1) return first ?? []
  const others = all.map((series) => new Map(series.map(({ time, number }) => [time, number])))
  return first.flatMap(({ time }) => {
    const numbers = others.flatMap((at) => at.get(time) ?? [])
    const middle = numbers.length < all.length ? undefined : mean(numbers)
    return middle === undefined ? [] : [{ time, value: String(middle), number: middle }]
  })
}
