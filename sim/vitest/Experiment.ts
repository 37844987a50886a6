/** Runs of a scenario in the process of a test: as many seeds as are asked for, one arm, on the fast chain. */
import { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import type { ChainKind } from "../chain/Chain.ts"
import { ScenarioError } from "../Errors.ts"
import { execute } from "../experiment/Execute.ts"
import { seedsOf } from "../experiment/Planning.ts"
import { recordOf } from "../experiment/Recording.ts"
import { Warm } from "../experiment/Warm.ts"
import { resolve } from "../run/RunSpec.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import type { Sets } from "../store/ExperimentManifest.ts"
import type { Manifest } from "../store/Manifest.ts"
import type { RunRecord } from "../store/RunRecord.ts"

/** Which runs. */
export interface ExperimentOptions {
  /** `baseline` when left out. */
  readonly arm?: string
  /** How many; 20 when left out. */
  readonly seeds?: number
  /** The first of them; 1 when left out. */
  readonly seed?: number
  /** Param to what a person writes: `{ stake: "5000" }`. */
  readonly set?: Sets
  /** `revm` when left out. */
  readonly chain?: ChainKind
  /** The project whose compiled contracts are the World; the folder one works in when left out. */
  readonly root?: string
}

/** What came of it: plain data, but for the scenario. */
export interface Found {
  readonly scenario: Scenario
  readonly arm: string
  readonly set: Sets
  readonly seeds: readonly number[]
  readonly records: readonly RunRecord[]
  readonly manifests: readonly Manifest[]
  /** A metric's value for each seed, in whole units. @throws ScenarioError UnknownMetric, MetricFailed. */
  values(metric: string): readonly number[]
}

/**
 * Makes the runs, one after another.
 * @throws ScenarioError as `resolve`; what a run throws.
 */
export async function experiment(scenario: Scenario, options: ExperimentOptions = {}): Promise<Found> {
  const { arm = "baseline", seeds = 20, seed: first = 1, set = {}, chain = "revm", root = process.cwd() } = options
  const all = seedsOf({ from: first, count: seeds })
  const artifacts = ArtifactStore.openOver(root)
  const warm = new Warm()
  const records: RunRecord[] = []
  const manifests: Manifest[] = []
  for (const seed of all) {
    const executed = await execute({
      scenario,
      resolved: resolve(scenario, { arm, seed, set }),
      chain,
      artifacts,
      recording: "summary",
      ...(chain === "revm" ? { warm } : {})
    })
    if (executed.error !== undefined) throw executed.error
    records.push(recordOf(executed))
    manifests.push(executed.manifest)
  }
  return {
    scenario,
    arm,
    set,
    seeds: all,
    records,
    manifests,
    values(metric) {
      const names = scenario.metrics.map(({ name }) => name)
      if (!names.includes(metric)) {
        throw new ScenarioError({
          reason: "UnknownMetric",
          message: `${scenario.id} has no metric "${metric}"`,
          fix: `Choose one of ${names.join(", ")}.`,
          offending: { name: "metric", value: metric }
        })
      }
      return records.map(({ values, seed }) => {
        const value = values[metric]
        if (typeof value === "number") return value
        throw new ScenarioError({
          reason: "MetricFailed",
          message: `${metric} has no value at seed ${seed}`,
          fix: `Give ${metric} a sample in every run, or ask of another metric.`,
          offending: { name: metric, value: "none" }
        })
      })
    }
  }
}
