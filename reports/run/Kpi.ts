/** A metric's value for a run. */
import type { Manifest } from "../../sim/store/Manifest.ts"
import type { RunFacts } from "./ReadRun.ts"
import { over } from "./Series.ts"

/** A value: exact text as it was stored or summed, and as a number of whole units. */
export interface Value {
  readonly exact: string
  readonly number: number
}

/** Its last sample, or what its `over` says; undefined where no sample was taken or the run has no such metric. */
export function metricValue({ manifest, series }: RunFacts, name: string): Value | undefined {
  const metric = manifest.metrics.find((each) => each.name === name)
  if (metric === undefined) return undefined
  if (metric.over === "last") return stored(metric)
  const number = over(series.get(name) ?? [], metric.over)
  return number === undefined ? undefined : { exact: String(number), number }
}

function stored({ last }: Manifest["metrics"][number]): Value | undefined {
  return last === null ? undefined : { exact: last.value, number: last.number }
}
