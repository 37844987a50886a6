/**
 * Makes an experiment again beside what was published of it. The plan, the analysis and every run that is drawn come of
 * the scenario and the design alone; runs that are not drawn are taken as they were published.
 */
import type { Hex } from "../../chain/Contracts.ts"
import type { Scenario } from "../../scenario/Scenario.ts"
import type { Analysis } from "../../store/Analysis.ts"
import { type Difference, differencesOf } from "../../store/Differences.ts"
import { ExperimentFolder } from "../../store/ExperimentFolder.ts"
import type { ExperimentManifest, PlanRow, PointRow } from "../../store/ExperimentManifest.ts"
import { readRecords } from "../../store/ExperimentRecords.ts"
import type { Manifest } from "../../store/Manifest.ts"
import type { RunRecord } from "../../store/RunRecord.ts"
import { analyse } from "../analysis/analyse.ts"
import { conduct, type ExperimentProgress } from "../Conduct.ts"
import { designHash } from "../Designs.ts"
import type { Executor } from "../executors/Executor.ts"

/** What was published of an experiment. */
export interface Published {
  readonly manifest: ExperimentManifest
  readonly points: readonly PointRow[]
  readonly plan: readonly PlanRow[]
  readonly records: ReadonlyMap<Hex, RunRecord>
  /** Whether the records have their series and ledgers. */
  readonly whole: boolean
  /** The run whose manifest describes an arm. */
  readonly described: ReadonlyMap<string, { readonly hash: Hex; readonly manifest: Manifest | undefined }>
  readonly analysis: Analysis
}

export interface RedoOptions {
  readonly scenario: Scenario
  readonly executor: Executor
  /** A folder that is not there yet: what came again is written there. */
  readonly out: string
  /** The runs to be made again; null for all, audits included. */
  readonly drawn: ReadonlySet<Hex> | null
  readonly onProgress?: (progress: ExperimentProgress) => void
  readonly signal?: AbortSignal
}

/** The runs that are made again whatever is drawn: one of each arm, for its Params, populations and contracts. */
export function alwaysMade({ described }: Published): ReadonlySet<Hex> {
  return new Set([...described.values()].map(({ hash }) => hash))
}

/**
 * Makes it again and compares. @returns every place at which the two part; undefined when the signal came first.
 * @throws ChainError Audit where the chains part; ScenarioError Unwritable, or of a design that the scenario cannot have.
 */
export async function redo(published: Published, options: RedoOptions): Promise<readonly Difference[] | undefined> {
  const { manifest, records, whole } = published
  const { scenario, executor, out, drawn, signal } = options
  const hash = designHash(manifest.design)
  const folder = await ExperimentFolder.create(out, {
    ...manifest,
    hash,
    status: "running",
    runs: { planned: 0, complete: 0, failed: 0 },
    audited: drawn === null ? [] : manifest.audited,
    error: null
  })
  let analysis: Analysis | undefined
  try {
    await describe(published, folder, options)
    for (const record of drawn === null ? [] : records.values()) {
      if (drawn?.has(record.hash) === false) await folder.append(record)
    }
    await conduct({
      scenario,
      folder,
      executor,
      analyse: async () => {
        const again = await analyse(folder, scenario)
        const { fans, ledger } = published.analysis
        // They are sums over what no page carries.
        analysis = whole || drawn === null ? again : { ...again, fans, ledger }
        return analysis
      },
      locate: async () => "the digests differ",
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      ...(signal === undefined ? {} : { signal })
    })
  } finally {
    folder.close()
  }
  if (signal?.aborted === true) return undefined
  const { runs, audited } = folder.manifest
  const head = ({ hash: of, runs: made, audited: on }: Pick<ExperimentManifest, "hash" | "runs" | "audited">) => ({
    hash: of,
    runs: made,
    audited: [...on].sort((a, b) => (a.hash < b.hash ? -1 : 1))
  })
  return [
    ...differencesOf(head(manifest), head({ hash, runs, audited }), "experiment"),
    ...differencesOf(published.points, folder.points, "points"),
    ...differencesOf(published.plan, folder.plan, "plan"),
    ...(await recordDifferences(published, out, drawn)),
    ...(analysis === undefined ? [] : differencesOf(published.analysis, plain(analysis), "analysis"))
  ]
}

/** Makes the runs that describe arms, and writes their manifests down. */
async function describe(published: Published, folder: ExperimentFolder, options: RedoOptions): Promise<void> {
  const { manifest, plan, points } = published
  const { design, chain } = manifest
  const wanted = alwaysMade(published)
  const tasks = new Map<Hex, { arm: string; seed: number; hash: Hex; set: ExperimentManifest["design"]["set"] }>()
  for (const { hash, arm, seed, point } of plan) {
    const set = { ...design.set, ...points.find((each) => each.point === point)?.set }
    if (wanted.has(hash)) tasks.set(hash, { arm, seed, hash, set })
  }
  await options.executor.execute([...tasks.values()], {
    chain,
    async onEnd({ record, manifest: made }) {
      if (record !== undefined) await folder.append(record)
      if (made !== undefined) await folder.describeArm(made)
    },
    ...(options.signal === undefined ? {} : { signal: options.signal })
  })
}

async function recordDifferences(
  { records, whole, described }: Published,
  out: string,
  drawn: ReadonlySet<Hex> | null
): Promise<readonly Difference[]> {
  const found: Difference[] = []
  const again = new Set<Hex>()
  const always = new Set([...described.values()].map(({ hash }) => hash))
  for await (const part of readRecords(out)) {
    for (const record of part) {
      again.add(record.hash)
      if (drawn !== null && !drawn.has(record.hash) && !always.has(record.hash)) continue
      const where = `run of arm ${record.arm}, seed ${record.seed}`
      const one = records.get(record.hash)
      found.push(...differencesOf(one === undefined ? undefined : facts(one, whole), facts(record, whole), where))
    }
  }
  for (const { hash, arm, seed } of records.values()) {
    if (again.has(hash)) continue
    found.push({ where: `run of arm ${arm}, seed ${seed}`, published: hash, again: "not in the plan" })
  }
  return found
}

/** What a record says of what happened; what ran out of gas, which older ones do not say, its trace says too. */
function facts({ host: _, outOfGas: __, series, ledger, values, ...rest }: RunRecord, whole: boolean): unknown {
  const known = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
  return { ...rest, values: known, ...(whole ? { series, ledger } : {}) }
}

/** As a file says it. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
