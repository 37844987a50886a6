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
import { readStored } from "./ExperimentReader.ts"
import { readRecords } from "./ExperimentRecords.ts"

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

/** What is recorded of the runs of some plan entries. Runs end nearly in the order of the plan, so few files hold them. */
async function runsOf(path: string, rows: readonly PlanRow[]): Promise<ReadonlyMap<Hex, object>> {
  const runs = new Map<Hex, object>()
  for await (const records of readRecords(path, new Set(rows.map(({ hash }) => hash)))) {
    for (const { hash, arm: _, seed: __, host: ___, outOfGas: ____, ...run } of records) runs.set(hash, run)
  }
  return runs
}
