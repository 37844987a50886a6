/**
 * Validates the lab against known answers: each is measured on every chain asked for, and judged. The outcomes are
 * plain data, for a command, a report or a test.
 */
import type { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import type { Chain, ChainKind, Hardfork } from "../chain/Chain.ts"
import { driveAsync } from "../chain/Step.ts"
import { type ErrorWords, errorWords, MesocosmError, ScenarioError } from "../Errors.ts"
import { nearest } from "../Nearest.ts"
import type { Recorder } from "../run/Recorder.ts"
import { TABLES, type TableName } from "../run/Recorder.ts"
import { resolve } from "../run/RunSpec.ts"
import type { KnownAnswer, Ran, RunWanted, Values } from "../scenario/KnownAnswer.ts"
import type { Scenario } from "../scenario/Scenario.ts"

import { execute, openChain } from "./Execute.ts"
import { type Judged, judge } from "./Judge.ts"
import { measureOn, threw } from "./Measure.ts"
import { Interrupted } from "./Race.ts"

/** What came of a known answer on a chain: plain data. */
export interface Outcome {
  readonly id: string
  readonly claim: string
  readonly setting: string
  readonly source: string
  readonly unit: string | null
  readonly chain: ChainKind
  readonly replications: number
  /** Empty when the measurement failed. */
  readonly values: readonly Judged[]
  /** What the measurement failed of. */
  readonly error: ErrorWords | null
  /** Whether every value lies within its tolerance. */
  readonly held: boolean
  /** Seconds the host took. */
  readonly seconds: number
}

export interface ValidateOptions {
  readonly chains: readonly ChainKind[]
  readonly artifacts: ArtifactStore
  readonly signal?: AbortSignal
  /** Told before each measurement. */
  readonly onBegin?: (answer: KnownAnswer, chain: ChainKind, replication: number) => void
}

/** How many measurements `validate` will make. */
export function measurements(answers: readonly KnownAnswer[], chains: readonly ChainKind[]): number {
  return answers.reduce((sum, { replications }) => sum + replications, 0) * chains.length
}

/**
 * Validates.
 * @returns an outcome per answer and chain, in that order; those not whole when the signal came are left out.
 */
export async function validate(answers: readonly KnownAnswer[], options: ValidateOptions): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  try {
    for (const answer of answers) {
      for (const chain of options.chains) outcomes.push(await outcomeOf(answer, chain, options))
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
  }
  return outcomes
}

async function outcomeOf(answer: KnownAnswer, chain: ChainKind, options: ValidateOptions): Promise<Outcome> {
  // biome-ignore lint/plugin: how long the host took feeds no result
  const began = performance.now()
  let values: readonly Judged[] = []
  let error: unknown
  try {
    const replications: Values[] = []
    for (let nth = 0; nth < answer.replications; nth++) {
      // biome-ignore lint/plugin: a turn of the host's event loop, so that a Ctrl-C is heard; no result depends on it
      await new Promise((resolve) => setImmediate(resolve))
      if (options.signal?.aborted === true) throw new Interrupted()
      options.onBegin?.(answer, chain, nth)
      replications.push(await replication(answer, answer.seed + nth, chain, options))
    }
    values = judge(answer, replications)
  } catch (thrown) {
    if (thrown instanceof Interrupted) throw thrown
    error = thrown
  }
  const { id, claim, setting, source, unit, replications } = answer
  return {
    id,
    claim,
    setting,
    source,
    unit: unit ?? null,
    chain,
    replications,
    values,
    error: error === undefined ? null : errorWords(error),
    held: error === undefined && values.every(({ held }) => held),
    // biome-ignore lint/plugin: see above
    seconds: Math.round(performance.now() - began) / 1000
  }
}

/** The newest rules there are: known answers are not about them. */
const HARDFORK: Hardfork = "osaka"

async function replication(
  answer: KnownAnswer,
  seed: number,
  kind: ChainKind,
  options: ValidateOptions
): Promise<Values> {
  if (answer.runs !== undefined) return readOff(answer, answer.runs, seed, kind, options)
  let chain: Chain | undefined
  try {
    chain = await openChain(kind, HARDFORK)
    const place = { chain, artifacts: (name: string) => options.artifacts.get(name), seed }
    return await driveAsync(measureOn(answer, place))
  } finally {
    await chain?.close()
  }
}

async function readOff(
  { id }: KnownAnswer,
  { scenario, of, value }: NonNullable<KnownAnswer["runs"]>,
  seed: number,
  chain: ChainKind,
  options: ValidateOptions
): Promise<Values> {
  const ran: { [name: string]: Ran } = {}
  for (const [name, wanted] of Object.entries(of)) {
    ran[name] = await run(id, scenario, wanted, seed, chain, options)
  }
  try {
    return value(ran)
  } catch (error) {
    throw error instanceof MesocosmError ? error : threw(id, error)
  }
}

async function run(
  id: string,
  scenario: Scenario,
  wanted: RunWanted,
  seed: number,
  chain: ChainKind,
  { artifacts, signal }: ValidateOptions
): Promise<Ran> {
  const resolved = resolve(scenario, { ...wanted, seed })
  const { manifest, error, recorder } = await execute({
    scenario,
    resolved,
    chain,
    artifacts,
    ...(signal === undefined ? {} : { signal })
  })
  if (error !== undefined) throw error
  if (manifest.status !== "complete") throw new Interrupted()
  const broken = manifest.checks.find(({ held }) => held !== true)
  if (broken !== undefined) {
    throw new ScenarioError({
      reason: "MeasureFailed",
      message: `known answer ${id}: the check "${broken.claim}" of ${scenario.id} failed, so its numbers say nothing`,
      fix: `Mend ${scenario.id}, or the runs that the known answer asks for.`,
      offending: { name: "check", value: broken.claim }
    })
  }
  return ranOf(id, recorder, seed, manifest.digest)
}

function ranOf(id: string, recorder: Recorder, seed: number, { economy, trace }: Ran["digest"]): Ran {
  const column = (metric: string, name: "number" | "value"): readonly (number | string | boolean)[] => {
    const metrics = recorder.columns("metrics")
    const names = metrics["metric"] ?? []
    const found = (metrics[name] ?? []).filter((_, row) => names[row] === metric)
    if (found.length === 0) throw unknownMetric(id, metric, [...new Set(names.map(String))])
    return found
  }
  const samples = (metric: string): readonly number[] => column(metric, "number").map(Number)
  return {
    seed,
    digest: { economy, trace },
    samples,
    exact: (metric) => column(metric, "value").map((value) => BigInt(String(value))),
    // A metric that is found has a sample.
    last: (metric) => samples(metric).at(-1) as number,
    table: (name) => {
      if (!Object.hasOwn(TABLES, name)) throw unknownTable(id, name)
      return recorder.columns(name as TableName)
    }
  }
}

function unknownMetric(id: string, metric: string, names: readonly string[]): ScenarioError {
  const near = nearest(metric, names)
  return new ScenarioError({
    reason: "MeasureFailed",
    message: `known answer ${id} reads the metric "${metric}", which its runs do not have`,
    fix: `${near === undefined ? "" : `Did you mean ${near}? `}The metrics are ${names.join(", ")}.`,
    offending: { name: "metric", value: metric }
  })
}

function unknownTable(id: string, table: string): ScenarioError {
  return new ScenarioError({
    reason: "MeasureFailed",
    message: `known answer ${id} reads the table "${table}", which runs do not have`,
    fix: `The tables are ${Object.keys(TABLES).join(", ")}.`,
    offending: { name: "table", value: table }
  })
}
