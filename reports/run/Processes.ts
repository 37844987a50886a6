/** The Environment of a run: the table `environment`, by process. */
import type { Manifest } from "../../sim/store/Manifest.ts"
import { type Series, seriesOf } from "./Series.ts"

type ProcessWords = Manifest["environment"][number]

/** A process and its values, in order of time; each holds until the next. */
export interface OutsideProcess extends ProcessWords {
  readonly series: Series
}

/** Processes in the order of their words; one that only the table knows comes last, without words. */
export function processesOf(
  words: readonly ProcessWords[],
  rows: readonly { readonly time: number; readonly process: string; readonly value: number }[]
): readonly OutsideProcess[] {
  const series = seriesOf(
    rows.map(({ time, process, value }) => ({ metric: process, time, value: String(value), number: value }))
  )
  const strays = [...series.keys()].filter((name) => words.every((each) => each.name !== name))
  return [...words, ...strays.map((name) => ({ name, unit: "", says: "", source: "" }))].map((each) => ({
    ...each,
    series: series.get(each.name) ?? []
  }))
}
