/** Makes the record that an experiment keeps of an executed run. */
import { errorWords } from "../Errors.ts"
import { thoseOutOfGas } from "../run/Reverts.ts"
import type { Over } from "../scenario/Metric.ts"
import type { LedgerRow, RunRecord, Series } from "../store/RunRecord.ts"
import type { Executed } from "./Execute.ts"

/** The record of a run that came to its end or failed. */
export function recordOf({ manifest, error, recorder }: Executed): RunRecord {
  const { spec, specHash, digest, checks, counts, endedAt, host } = manifest
  const outOfGas = thoseOutOfGas(manifest.reverts)
  const series = seriesOf(recorder.columns("metrics"))
  const values: { [metric: string]: number | null } = {}
  for (const { name, over } of manifest.metrics) {
    const samples = series.find(({ metric }) => metric === name)?.number ?? []
    values[name] = samples.length === 0 ? null : summarized(samples, over)
  }
  return {
    hash: specHash,
    arm: spec.arm,
    seed: spec.seed,
    status: error === undefined ? "complete" : "failed",
    error: error === undefined ? null : errorWords(error),
    economy: digest.economy,
    trace: digest.trace,
    values,
    failedChecks: checks.flatMap(({ claim, held }) => (held === false ? [claim] : [])),
    counts,
    ...(outOfGas.length === 0 ? {} : { outOfGas }),
    endedAt,
    ledger: ledgerOf(recorder.columns("agents")),
    series,
    host: { chain: host.chain, seconds: host.seconds }
  }
}

/** A metric's value for a run. */
export function summarized(samples: readonly number[], over: Over): number {
  if (over === "max") return samples.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY)
  if (over === "last") return samples[samples.length - 1] ?? Number.NaN
  const sum = samples.reduce((total, each) => total + each, 0)
  return over === "sum" ? sum : sum / samples.length
}

type Columns = { readonly [column: string]: readonly (number | string | boolean)[] }

function seriesOf({ time = [], metric = [], number = [] }: Columns): readonly Series[] {
  const byMetric = new Map<string, { readonly time: number[]; readonly number: number[] }>()
  for (const [row, name] of metric.entries()) {
    let samples = byMetric.get(String(name))
    if (samples === undefined) {
      samples = { time: [], number: [] }
      byMetric.set(String(name), samples)
    }
    samples.time.push(Number(time[row]))
    samples.number.push(Number(number[row]))
  }
  return [...byMetric].map(([name, samples]) => ({ metric: name, ...samples }))
}

const SUMMED = [
  "identities",
  "transactions",
  "received",
  "sent",
  "gas",
  "spent",
  "capital",
  "profit"
] as const satisfies readonly (keyof LedgerRow)[]

function ledgerOf(columns: Columns): readonly LedgerRow[] {
  type Sums = { -readonly [K in keyof LedgerRow]: LedgerRow[K] }
  const byPopulation = new Map<string, Sums>()
  for (const [row, population] of (columns["population"] ?? []).entries()) {
    const name = String(population)
    let sums = byPopulation.get(name)
    if (sums === undefined) {
      const behaviour = String(columns["behaviour"]?.[row])
      sums = {
        population: name,
        behaviour,
        agents: 0,
        identities: 0,
        transactions: 0,
        received: 0,
        sent: 0,
        gas: 0,
        spent: 0,
        capital: 0,
        profit: 0
      }
      byPopulation.set(name, sums)
    }
    sums.agents++
    for (const column of SUMMED) sums[column] += Number(columns[column]?.[row])
  }
  return [...byPopulation.values()]
}
