/** The tables of an experiment: their columns, and rows made of what is recorded. */
import { type Duration, seconds } from "../kernel/Duration.ts"
import type { PointRow, Sets } from "./ExperimentManifest.ts"
import type { Cells, Layout } from "./Parquet.ts"
import type { RunRecord } from "./RunRecord.ts"

/** A row is a run of the plan. */
export const PLAN: Layout = { index: "int", round: "int", point: "int", arm: "text", seed: "int", hash: "text" }

/** A row is a Param that a point sets, `number` of a duration in seconds; a point that sets none has one row without a Param. */
export const POINTS: Layout = { point: "int", of: "text", param: "text", value: "text", number: "double" }

/** A row is a sample; `time` is seconds since the run began. */
export const SERIES: Layout = { hash: "text", metric: "text", time: "int", number: "double" }

/** A row is a population at the end of a run, in the numeraire. */
export const LEDGER: Layout = {
  hash: "text",
  population: "text",
  behaviour: "text",
  agents: "int",
  identities: "int",
  transactions: "int",
  received: "double",
  sent: "double",
  gas: "double",
  spent: "double",
  capital: "double",
  profit: "double"
}

const RUN_COLUMNS = {
  hash: "text",
  arm: "text",
  seed: "int",
  status: "text",
  error_tag: "text",
  error_reason: "text",
  error_message: "text",
  error_fix: "text",
  economy: "text",
  trace: "text",
  failed_checks: "text",
  blocks: "int",
  transactions: "int",
  reverted: "int",
  invalid: "int",
  events: "int",
  wakes: "int",
  ended_at: "int",
  out_of_gas: "text",
  chain: "text",
  seconds: "double"
} as const satisfies Layout

/** A row is a run; beside what every run has, a column per metric: its value, in whole units. */
export function RUNS(metrics: readonly string[]): Layout {
  return { ...RUN_COLUMNS, ...Object.fromEntries(metrics.map((metric) => [columnOf(metric), "double"] as const)) }
}

/**
 * The column of a metric: its name, or `metric_<name>` where a run or its place in the plan has a column of that name
 * already. SQL does not tell large letters from small ones.
 */
export function columnOf(metric: string): string {
  const name = metric.toLowerCase()
  const taken = Object.hasOwn(RUN_COLUMNS, name) || Object.hasOwn(PLAN, name)
  return taken || name.startsWith("metric_") ? `metric_${metric}` : metric
}

export function runCells(record: RunRecord): Cells {
  const { hash, arm, seed, status, error, economy, trace, values, failedChecks, counts, endedAt, host } = record
  const { outOfGas } = record
  return {
    hash,
    arm,
    seed,
    status,
    error_tag: error?.tag ?? null,
    error_reason: error?.reason ?? null,
    error_message: error?.message ?? null,
    error_fix: error?.fix ?? null,
    economy,
    trace,
    failed_checks: JSON.stringify(failedChecks),
    blocks: counts.blocks,
    transactions: counts.transactions,
    reverted: counts.reverted,
    invalid: counts.invalid,
    events: counts.events,
    wakes: counts.wakes,
    ended_at: endedAt,
    out_of_gas: outOfGas === undefined ? null : JSON.stringify(outOfGas),
    chain: host.chain,
    seconds: host.seconds,
    ...Object.fromEntries(Object.entries(values).map(([metric, value]) => [columnOf(metric), value]))
  }
}

export function seriesCells({ hash, series }: RunRecord): readonly Cells[] {
  return series.flatMap(({ metric, time, number }) =>
    time.map((at, sample) => ({ hash, metric, time: at, number: number[sample] ?? null }))
  )
}

export function pointCells({ point, of, set }: PointRow): readonly Cells[] {
  const params = Object.entries(set)
  if (params.length === 0) return [{ point, of, param: null, value: null, number: null }]
  return params.map(([param, value]) => ({ point, of, param, value, number: paramNumber(value) }))
}

/** The inverse of `pointCells`, over many points. */
export function pointRows(cells: readonly Cells[]): readonly PointRow[] {
  const byPoint = new Map<number, { readonly of: PointRow["of"]; readonly set: { [param: string]: string } }>()
  for (const { point, of, param, value } of cells) {
    const row = byPoint.get(Number(point)) ?? { of: of as PointRow["of"], set: {} }
    byPoint.set(Number(point), row)
    if (typeof param === "string") row.set[param] = String(value)
  }
  return [...byPoint].map(([point, { of, set }]) => ({ point, of, set: set satisfies Sets }))
}

/** A Param's value as a number, where it is one, for axes; a duration counts in seconds. */
export function paramNumber(value: string): number | null {
  const number = Number(value)
  if (value.trim() !== "" && Number.isFinite(number)) return number
  try {
    // It refuses what is no Duration.
    return seconds(value as Duration)
  } catch {
    return null
  }
}
