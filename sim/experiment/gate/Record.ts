/** Makes a baseline: runs of every arm on every seed, and what they rested on. */
import type { ChainKind } from "../../chain/Chain.ts"
import type { ErrorWords } from "../../Errors.ts"
import { resolve, specHash } from "../../run/RunSpec.ts"
import type { Scenario } from "../../scenario/Scenario.ts"
import { type DryRuns, dryOf } from "../../store/DryRuns.ts"
import type { Sets } from "../../store/ExperimentManifest.ts"
import type { Manifest } from "../../store/Manifest.ts"
import type { RunRecord } from "../../store/RunRecord.ts"
import type { Executor, TaskEnd } from "../executors/Executor.ts"
import type { Task } from "../Planning.ts"
import { type ArmRuns, BASELINE_SCHEMA, type Baseline, type Kpi } from "./Baseline.ts"
import { partsOf } from "./Parts.ts"

/** Which runs, and who makes them. */
export interface RunsAsked {
  readonly scenario: Scenario
  readonly executor: Executor
  readonly chain: ChainKind
  readonly arms: readonly string[]
  readonly set: Sets
  readonly seeds: readonly number[]
  readonly onRun?: (done: number, planned: number) => void
  readonly signal?: AbortSignal
}

/** What came of runs, arm by arm and seed by seed. */
export class Runs {
  readonly #ends = new Map<string, TaskEnd>()
  readonly #manifests = new Map<string, Manifest>()

  /** Makes the runs that are not there yet. */
  async make({ scenario, executor, chain, arms, set, seeds, onRun, signal }: RunsAsked): Promise<void> {
    const tasks: Task[] = []
    for (const seed of seeds) {
      for (const arm of arms) {
        if (this.#ends.has(`${arm}/${seed}`)) continue
        tasks.push({ arm, seed, set, hash: specHash(resolve(scenario, { arm, seed, set }).spec) })
      }
    }
    let done = 0
    await executor.execute(tasks, {
      chain,
      onEnd: (end) => {
        this.add(end)
        onRun?.(++done, tasks.length)
      },
      ...(signal === undefined ? {} : { signal })
    })
  }

  add(end: TaskEnd): void {
    const { arm, seed } = end.task
    this.#ends.set(`${arm}/${seed}`, end)
    if (end.manifest?.status === "complete" && !this.#manifests.has(arm)) this.#manifests.set(arm, end.manifest)
  }

  /** Whether every arm has its run of the seed. */
  has(arms: readonly string[], seed: number): boolean {
    return arms.every((arm) => this.#ends.has(`${arm}/${seed}`))
  }

  /** What money is counted in; undefined where no run came to its end. */
  get numeraire(): string | undefined {
    const [first] = this.#manifests.values()
    return first?.scenario.numeraire
  }

  /** What a run failed of, with what to do about it; undefined where it did not. */
  failure(arm: string, seed: number): ErrorWords | undefined {
    const end = this.#ends.get(`${arm}/${seed}`)
    return end?.record?.error ?? end?.error ?? undefined
  }

  /** What ran out of gas in the complete runs; undefined where nothing did. */
  outOfGas(): DryRuns | undefined {
    const complete = [...this.#ends.values()].filter(({ record }) => record?.status === "complete")
    return dryOf(complete.map(({ record }) => record?.outOfGas))
  }

  /** An arm's runs of the seeds, in their order. */
  of(arm: string, seeds: readonly number[], kpis: readonly string[]): ArmRuns {
    const ends = seeds.map((seed) => this.#ends.get(`${arm}/${seed}`))
    const complete = ends.map((end) => (end?.record?.status === "complete" ? end.record : undefined))
    const manifest = this.#manifests.get(arm)
    const broken: { [claim: string]: number[] } = {}
    for (const record of complete) {
      for (const claim of record?.failedChecks ?? []) broken[claim] = [...(broken[claim] ?? []), record?.seed ?? 0]
    }
    const failed = ends.flatMap((end) => {
      const error = end?.record?.error ?? end?.error
      return end === undefined || error === undefined || error === null ? [] : [[end.task.seed, error.message] as const]
    })
    return {
      params: Object.fromEntries((manifest?.params ?? []).map(({ name, value, unit }) => [name, worded(value, unit)])),
      contracts: Object.fromEntries(
        (manifest?.contracts ?? []).map(({ key, name, bytecodeHash }) => [key, `${name} ${bytecodeHash.slice(0, 18)}`])
      ),
      populations: Object.fromEntries(
        (manifest?.populations ?? []).map(({ name, behaviour, agents, traits }) => [
          name,
          [`${behaviour} × ${agents}`, ...Object.entries(traits).map(([trait, words]) => `${trait} ${words}`)].join(
            "; "
          )
        ])
      ),
      values: Object.fromEntries(kpis.map((kpi) => [kpi, complete.map((record) => record?.values[kpi] ?? null)])),
      digests: complete.map((record) => record?.trace.slice(0, 18) ?? null),
      profits: profitsOf(complete.filter((record) => record !== undefined)),
      broken,
      failed: Object.fromEntries(failed)
    }
  }
}

function worded(value: string, unit: string): string {
  return unit === "" || unit === "choice" || unit === "count" ? value : `${value} ${unit}`
}

function profitsOf(records: readonly RunRecord[]): { readonly [population: string]: number } {
  const sums = new Map<string, { profit: number; agents: number }>()
  for (const { population, profit, agents } of records.flatMap(({ ledger }) => ledger)) {
    const sum = sums.get(population) ?? { profit: 0, agents: 0 }
    sums.set(population, { profit: sum.profit + profit, agents: sum.agents + agents })
  }
  return Object.fromEntries(
    [...sums].map(([population, { profit, agents }]) => [population, agents === 0 ? 0 : profit / agents])
  )
}

/** The KPIs of a scenario: its metrics that say what matters. */
export function kpisOf(scenario: Scenario): { readonly [kpi: string]: Kpi } {
  return Object.fromEntries(
    scenario.metrics.flatMap(({ name, unit, matters }) => (matters === undefined ? [] : [[name, { unit, ...matters }]]))
  )
}

/** The baseline of runs that were made. */
export function baselineOf(
  runs: Runs,
  {
    scenario,
    arms,
    set,
    seeds,
    named,
    mesocosm
  }: Pick<RunsAsked, "scenario" | "arms" | "set" | "seeds"> & { readonly named: string; readonly mesocosm: string }
): Baseline {
  const kpis = kpisOf(scenario)
  const { numeraire } = runs
  return {
    schema: BASELINE_SCHEMA,
    scenario: scenario.id,
    named,
    mesocosm,
    set,
    seeds: { from: seeds[0] ?? 1, count: seeds.length },
    ...(numeraire === undefined ? {} : { numeraire }),
    kpis,
    code: partsOf(scenario, arms, set),
    arms: Object.fromEntries(arms.map((arm) => [arm, runs.of(arm, seeds, Object.keys(kpis))]))
  }
}
