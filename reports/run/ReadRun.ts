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
import { type OutsideProcess, processesOf } from "./Processes.ts"
import { type Series, seriesOf } from "./Series.ts"

/** A run, as its report tells it. */
export interface RunFacts {
  /** As it was named. */
  readonly folder: string
  readonly manifest: Manifest
  /** Metric to its samples, in order of time. */
  readonly series: ReadonlyMap<string, Series>
  /** The Environment, in the order in which it was declared. */
  readonly processes: readonly OutsideProcess[]
  /** In the order of the populations. */
  readonly earnings: readonly Earnings[]
  readonly activity: Activity
}

/**
 * Reads a run's folder.
 * @throws ReportError UnknownRun, UnreadableRun, SchemaVersion.
 */
export async function readRun(folder: string): Promise<RunFacts> {
  const stored = visibleDeep(await readManifest(folder))
  // Runs from before there was an Environment have neither its words nor its table.
  const manifest = { ...stored, environment: stored.environment ?? [] }
  complete(folder, manifest)
  const [metrics, environment, agents, transactions] = await Promise.all([
    readTable(folder, "metrics"),
    "environment" in manifest.tables ? readTable(folder, "environment") : [],
    readTable(folder, "agents"),
    readTable(folder, "transactions")
  ])
  return {
    folder: visible(folder),
    manifest,
    series: seriesOf(metrics.map((row) => ({ ...row, metric: visible(row.metric), value: visible(row.value) }))),
    processes: processesOf(
      manifest.environment,
      environment.map((row) => ({ ...row, process: visible(row.process) }))
    ),
    earnings: earningsOf(
      manifest.populations,
      agents.map((row) => ({ ...row, population: visible(row.population), behaviour: visible(row.behaviour) }))
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

const LISTS = ["params", "populations", "environment", "contracts", "metrics", "charts", "checks"] as const
const OBJECTS = ["spec", "digest", "scenario", "counts", "audit", "tables", "code", "host"] as const

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
