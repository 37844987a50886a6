/**
 * Reads what a run left, for a report.
 *
 * Invariant: every string that leaves here is visible text (format/Visible.ts), so that joins between
 * manifest and tables, and all that is drawn or written, work on the same names.
 */
import { ReportError } from "../../sim/Errors.ts"
import type { Manifest } from "../../sim/store/Manifest.ts"
import { readManifest, readTable } from "../../sim/store/RunFolder.ts"
import { visible, visibleDeep } from "../format/Visible.ts"
import { type Activity, activityOf } from "./Activity.ts"
import { type Earnings, earningsOf } from "./Earnings.ts"
import { type Series, seriesOf } from "./Series.ts"

/** A run, as its report tells it. */
export interface RunFacts {
  readonly manifest: Manifest
  /** Metric to its samples, in order of time. */
  readonly series: ReadonlyMap<string, Series>
  /** In the order of the populations. */
  readonly earnings: readonly Earnings[]
  readonly activity: Activity
}

/**
 * Reads a run's folder.
 * @throws ReportError UnknownRun, UnreadableRun, SchemaVersion.
 */
export async function readRun(folder: string): Promise<RunFacts> {
  const manifest = visibleDeep(await readManifest(folder))
  complete(folder, manifest)
  const [metrics, agents, transactions] = await Promise.all([
    readTable(folder, "metrics"),
    readTable(folder, "agents"),
    readTable(folder, "transactions")
  ])
  return {
    manifest,
    series: seriesOf(metrics.map((row) => ({ ...row, metric: visible(row.metric), value: visible(row.value) }))),
    earnings: earningsOf(
      manifest.populations,
      agents.map((row) => ({ ...row, population: visible(row.population) }))
    ),
    activity: activityOf(
      transactions.map(({ contract, fn, status, population, error, gas_used }) => ({
        contract: visible(contract),
        fn: visible(fn),
        status: visible(status),
        population: visible(population),
        error: visible(error),
        gas_used
      }))
    )
  }
}

const LISTS = ["params", "populations", "contracts", "metrics", "charts", "checks"] as const
const OBJECTS = ["spec", "digest", "scenario", "counts", "audit", "code", "host"] as const

function complete(folder: string, manifest: Manifest): void {
  const lost = [
    ...LISTS.filter((name) => !Array.isArray(manifest[name])),
    ...OBJECTS.filter((name) => typeof manifest[name] !== "object" || manifest[name] === null)
  ]
  if (lost.length === 0) return
  throw new ReportError({
    reason: "UnreadableRun",
    message: `${folder}: its manifest has no ${lost.join(", ")}`,
    fix: "Run it again; the manifest was changed or cut off.",
    offending: { name: "run", value: folder }
  })
}
