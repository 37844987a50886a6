/**
 * The canonical export of an experiment: what was asked and what came of it, as lines of JSON, and nothing of when, where
 * or how fast. Two folders of the same design export the same bytes, however their runs were made: in one go, after any
 * number of interruptions, in shards or by a fleet.
 *
 * The format (version `EXPORT_SCHEMA`; keys sorted, no blanks, each line ends with a newline):
 * - line 1: `{design, experiment, export, hash}`: the design, the schemas of the folder and of this export, the design's hash;
 * - then a line per entry of the plan, in the plan's order: `{arm, hash, index, point, round, run, seed, set}`. `set` is
 *   what the point sets. `run` is null while the run is not recorded, else `{counts, economy, endedAt, error, failedChecks,
 *   ledger, series, status, trace, values}` as in `RunRecord`; metrics without a value are left out of `values`.
 *
 * A run that the plan names twice stands twice.
 */
import type { Hex } from "../chain/Contracts.ts"
import { canonical } from "../run/Plain.ts"
import { EXPERIMENT_SCHEMA, type PlanRow } from "./ExperimentManifest.ts"
import { outcomeOf, readChunks, readStored } from "./ExperimentReader.ts"
import type { Cells } from "./Parquet.ts"

/** Version of the export's lines. */
export const EXPORT_SCHEMA = 1

/** Plan entries whose runs are held in memory at once. */
const AT_ONCE = 500

/** The lines, each with its newline. @throws ReportError UnknownRun, UnreadableRun, SchemaVersion. */
export async function* exportLines(path: string): AsyncGenerator<string, void, void> {
  const { manifest, points, plan } = await readStored(path)
  const { design, hash } = manifest
  yield `${canonical({ export: EXPORT_SCHEMA, experiment: EXPERIMENT_SCHEMA, hash, design })}\n`
  const sets = new Map(points.map(({ point, set }) => [point, set]))
  for (let from = 0; from < plan.length; from += AT_ONCE) {
    const rows = plan.slice(from, from + AT_ONCE)
    const runs = await runsOf(path, rows)
    for (const row of rows) {
      yield `${canonical({ ...row, set: sets.get(row.point) ?? {}, run: runs.get(row.hash) ?? null })}\n`
    }
  }
}

interface Exported {
  readonly [key: string]: unknown
  readonly ledger: object[]
  readonly series: { readonly metric: string; readonly time: number[]; readonly number: (number | null)[] }[]
}

/** What is recorded of the runs of some plan entries. Runs end nearly in the order of the plan, so few files hold them. */
async function runsOf(path: string, rows: readonly PlanRow[]): Promise<ReadonlyMap<Hex, Exported>> {
  const wanted = new Set<unknown>(rows.map(({ hash }) => hash))
  const runs = new Map<Hex, Exported>()
  for await (const chunk of readChunks(path)) {
    for (const row of chunk.runs) if (wanted.has(row["hash"])) runs.set(row["hash"] as Hex, exported(row))
    if (!chunk.runs.some(({ hash }) => wanted.has(hash))) continue
    for (const { hash, ...row } of await chunk.rows("ledger")) runs.get(hash as Hex)?.ledger.push(row)
    for (const { hash, metric, time, number } of await chunk.rows("series")) {
      const series = runs.get(hash as Hex)?.series
      if (series === undefined) continue
      let last = series.at(-1)
      if (last?.metric !== metric) {
        last = { metric: String(metric), time: [], number: [] }
        series.push(last)
      }
      last?.time.push(Number(time))
      last?.number.push(number as number | null)
    }
  }
  return runs
}

/** A row of `runs`, without its host. */
function exported(row: Cells): Exported {
  const { status, economy, trace, failedChecks, values } = outcomeOf(row)
  const { error_tag: tag, error_reason: reason, error_message: message, error_fix: fix } = row
  const { blocks, transactions, reverted, invalid, events, wakes } = row
  return {
    status,
    error: tag === null ? null : { tag, reason, message, fix },
    economy,
    trace,
    values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
    failedChecks,
    counts: { blocks, transactions, reverted, invalid, events, wakes },
    endedAt: row["ended_at"],
    ledger: [],
    series: []
  }
}
