/**
 * Executes one run from its spec to its folder. Whatever happens in between is a record: a run
 * that failed or was interrupted leaves its tables up to then, and says so in its manifest.
 */
import type { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import type { Chain, ChainKind, Hardfork } from "../chain/Chain.ts"
import { fromHex } from "../chain/codec/Hexadecimal.ts"
import { keccakHex } from "../chain/codec/Keccak.ts"
import { driveAsync } from "../chain/Step.ts"
import { errorWords } from "../Errors.ts"
import { Digest, type Digests } from "../run/Digest.ts"
import { Recorder } from "../run/Recorder.ts"
import { Run } from "../run/Run.ts"
import type { Progress, Sight } from "../run/RunOptions.ts"
import { type Resolved, specHash } from "../run/RunSpec.ts"
import type { RunEnd } from "../run/RunState.ts"
import type { RuntimeChart, Scenario } from "../scenario/Scenario.ts"
import { isTrait } from "../scenario/Trait.ts"
import { wholeUnits } from "../scenario/Units.ts"
import { codeWords } from "../store/CodeVersion.ts"
import { type Manifest, type MetricWords, SCHEMA } from "../store/Manifest.ts"
import { withoutLine } from "../store/Register.ts"
import { RunWriter } from "../store/RunFolder.ts"
import { type Audited, auditError, auditor } from "./Audit.ts"
import type { Warm } from "./Warm.ts"

export interface ExecuteOptions {
  readonly scenario: Scenario
  readonly resolved: Resolved
  readonly chain: ChainKind
  readonly artifacts: ArtifactStore
  /** The folder to write; nothing is written when it is left out. */
  readonly out?: string
  /** Where the scenario was named by its file: the file's path, from the run's folder. */
  readonly file?: string
  /** Whether the register has a line; the manifest names those that are cited and that it has not. */
  readonly hasLine?: (line: string) => boolean
  /** Without a folder: whether all tables stay in memory (unless said otherwise), or `metrics` and `agents` alone. */
  readonly recording?: "memory" | "summary"
  /** Keeps the fast chain and its set-up for the next run; give it to one run at a time, all on revm. */
  readonly warm?: Warm
  readonly onProgress?: (progress: Progress) => void
  readonly onSight?: (sight: Sight) => void
  readonly signal?: AbortSignal
  /** Whether a run that came to its end is done again on the other chain, which must leave the same digests. */
  readonly audit?: boolean
}

/** A run that was executed. */
export interface Executed {
  readonly manifest: Manifest
  /** What the run threw; undefined when it did not fail. */
  readonly error: unknown
  /** The tables in memory: all, or, of a run that was written to a folder, `metrics` and `agents`. */
  readonly recorder: Recorder
  /** Where it was written; beside `out` where it was interrupted and a complete run stands there. */
  readonly folder?: string
}

/**
 * Executes a run.
 * @throws ScenarioError Unwritable when the folder cannot be written; all else is in what is returned.
 */
export async function execute(options: ExecuteOptions): Promise<Executed> {
  const { scenario, resolved, out } = options
  const writer = out === undefined ? undefined : await RunWriter.open(out)
  // biome-ignore lint/plugin: how long the host took stands in the manifest and feeds no digest
  const began = performance.now()
  const turn = new Turn(options.signal)
  let run: Run | undefined
  let error: unknown
  let chain: Chain | undefined
  try {
    const { warm } = options
    const open = (): Promise<Chain> => openChain(options.chain, resolved.spec.hardfork)
    const place = await warm?.place(options, open)
    const opened = place?.chain ?? (await open())
    chain = opened
    const runOptions = {
      scenario,
      resolved,
      chain: opened,
      artifacts: (name: string) => options.artifacts.get(name),
      recording: writer ?? options.recording ?? "memory",
      journal: "checkpoint" as const,
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      ...(options.onSight === undefined ? {} : { onSight: options.onSight }),
      signal: turn
    }
    run = await driveAsync(Run.begin(runOptions, place?.start))
    do {
      turn.begin()
      await driveAsync(run.continue())
    } while (await turn.isPaused())
  } catch (thrown) {
    error = thrown
  } finally {
    if (options.warm === undefined) await chain?.close()
  }
  let end: RunEnd | undefined
  try {
    end = run?.end()
  } catch (thrown) {
    // A check that throws at the end is a record like any other failure.
    error ??= thrown
  }
  // biome-ignore lint/plugin: see above
  const seconds = (performance.now() - began) / 1000
  const recorder = run?.books.recorder ?? new Recorder()
  // Of a run whose end threw, too.
  recorder.finish()
  let audited: Audited | null = null
  if (options.audit === true && error === undefined && end?.complete === true) {
    const other = auditor(options.chain)
    error = await difference(options, end.digests, other)
    audited = { chain: other, same: error === undefined }
  }
  const described = describe(options, run, end, error, seconds)
  const unregistered = withoutLine(
    [...described.params, ...described.environment].map(({ source }) => source),
    options.hasLine ?? (() => true)
  )
  const manifest = { ...described, ...(unregistered.length === 0 ? {} : { unregistered }), audited }
  const written = writer === undefined ? { ...manifest, tables: {} } : await writer.finish(manifest)
  return { manifest: written, error, recorder, ...(writer === undefined ? {} : { folder: writer.folder }) }
}

/**
 * Executes the run on another chain. Where the digests differ it is done on both once more, with all tables in
 * memory, to say where.
 * @returns what the run failed of there, or the difference; undefined when there is none.
 */
async function difference(options: ExecuteOptions, digests: Digests, other: ChainKind): Promise<unknown> {
  const { out: _, onSight: __, warm: ___, ...rest } = options
  const on = (chain: ChainKind, recording: "memory" | "summary"): Promise<Executed> =>
    execute({ ...rest, chain, recording, audit: false })
  const again = await on(other, "summary")
  if (again.error !== undefined) return again.error
  const theirs = again.manifest.digest
  if (digests.economy === theirs.economy && digests.trace === theirs.trace) return undefined
  const chains = { one: options.chain, other }
  const records = { one: (await on(options.chain, "memory")).recorder, other: (await on(other, "memory")).recorder }
  return auditError(chains, { one: digests, other: theirs }, records)
}

/** Events after which a run lets the process see to other things. */
const EVENTS_PER_TURN = 64

/**
 * Lets a run pause between events: a chain that answers at once would otherwise keep the process from hearing a
 * Ctrl-C until the end. Where it pauses changes nothing in the run.
 */
class Turn {
  readonly #signal: AbortSignal | undefined
  #events = 0

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal
  }

  begin(): void {
    this.#events = 0
  }

  /** Asked by the run before each event. */
  get aborted(): boolean {
    return this.#signal?.aborted === true || ++this.#events > EVENTS_PER_TURN
  }

  /** Whether the run stopped for a pause, which is over then; false: it ended, or shall go no further. */
  async isPaused(): Promise<boolean> {
    if (this.#events <= EVENTS_PER_TURN || this.#signal?.aborted === true) return false
    // biome-ignore lint/plugin: a turn of the host's event loop; no result depends on it
    await new Promise((resolve) => setImmediate(resolve))
    return true
  }
}

/** Opens the chain a run shall live on. */
export async function openChain(kind: ChainKind, hardfork: Hardfork): Promise<Chain> {
  if (kind === "revm") {
    const { RevmChain } = await import("../chain/revm/RevmChain.ts")
    const { loadModule } = await import("../chain/revm/loadModule.ts")
    return RevmChain.open({ hardfork, module: loadModule() })
  }
  const { HardhatChain } = await import("../chain/hardhat/HardhatChain.ts")
  return HardhatChain.open({ hardfork })
}

function describe(
  options: ExecuteOptions,
  run: Run | undefined,
  end: RunEnd | undefined,
  error: unknown,
  seconds: number
): Omit<Manifest, "tables" | "audited"> {
  const { scenario, resolved } = options
  const values = { params: resolved.values }
  const transactions = end?.counts.transactions ?? 0
  return {
    schema: SCHEMA,
    status: error !== undefined ? "failed" : end?.complete === true ? "complete" : "interrupted",
    spec: resolved.spec,
    specHash: specHash(resolved.spec),
    digest: end?.digests ?? new Digest().digests(),
    scenario: {
      id: scenario.id,
      question: scenario.question ?? null,
      about: scenario.about ?? null,
      omits: scenario.omits,
      arms: Object.fromEntries(
        Object.entries(scenario.arms).map(([arm, sets]) => [
          arm,
          Object.fromEntries(Object.entries(sets).map(([name, value]) => [name, String(value)]))
        ])
      ),
      numeraire: scenario.numeraire(values).name
    },
    params: Object.entries(scenario.params).map(([name, param]) => ({
      name,
      value: resolved.spec.params[name] ?? "",
      unit: param.unit,
      setBy: resolved.setBy[name] ?? "default",
      source: param.source,
      domain: param.domain?.map((bound) => param.text(bound)) ?? null,
      range: param.range?.map((bound) => param.text(bound)) ?? null,
      declared: param.text(param.value)
    })),
    populations: populationWords(options, run),
    environment: processWords(options, run),
    contracts: contractWords(options, run),
    metrics: scenario.metrics.map((metric): MetricWords => {
      const value = end?.now[metric.name]
      const number = typeof value === "bigint" ? (metric.unit === "count" ? Number(value) : wholeUnits(value)) : value
      return {
        name: metric.name,
        unit: metric.unit,
        every: metric.every,
        says: metric.says ?? null,
        matters: metric.matters ?? null,
        over: metric.over,
        last: value === undefined || number === undefined ? null : { value: String(value), number }
      }
    }),
    charts: scenario.charts.map((chart) => ({
      metrics: chart.metrics,
      by: chart.by ?? null,
      title: chart.title ?? null,
      says: chart.says ?? null,
      theory: theoryOf(chart, values)
    })),
    checks:
      end?.checks ?? scenario.checks.map(({ claim, when }) => ({ claim, when, held: undefined, failedAt: undefined })),
    error: error === undefined ? null : errorWords(error),
    counts: {
      ...(end?.counts ?? { blocks: 0, transactions: 0, reverted: 0, invalid: 0, events: 0 }),
      wakes: end?.wakes ?? 0
    },
    reverts: end?.reverts ?? [],
    endedAt: end?.endedAt ?? 0,
    audit: end?.audit ?? { tokens: 0, holders: 0, checkpoints: 0 },
    code: codeWords(),
    host: {
      chain: options.chain,
      node: process.version,
      seconds: Math.round(seconds * 1000) / 1000,
      transactionsPerSecond: Math.round(transactions / seconds),
      ...(options.file === undefined ? {} : { file: options.file })
    }
  }
}

function populationWords(options: ExecuteOptions, run: Run | undefined): Manifest["populations"] {
  if (run === undefined) return []
  const declared = options.scenario.populations({ params: options.resolved.values })
  return Object.entries(declared).map(([name, population]) => {
    const { behaviour } = population
    const traits = Object.entries(behaviour.traits).map(([trait, of]): [string, string] => {
      const said = population.traits[trait]
      const words = said === undefined ? of.describes : isTrait(said) ? said.describes : inWords(said)
      return [trait, `${words} ${of.unit}`]
    })
    return {
      name,
      behaviour: behaviour.name,
      agents: population.count,
      identities: run.agents.reduce(
        (sum, { data }) => (data.population === name ? sum + data.identities.length : sum),
        0
      ),
      traits: Object.fromEntries(traits)
    }
  })
}

/** What theory says for these Params, where it says something. */
function theoryOf(
  { theory }: RuntimeChart,
  values: { readonly params: unknown }
): Manifest["charts"][number]["theory"] {
  const value = theory?.value(values)
  return theory === undefined || value === undefined ? null : { label: theory.label, value }
}

function processWords(options: ExecuteOptions, run: Run | undefined): Manifest["environment"] {
  // What never began may have failed in this very declaration.
  if (run === undefined) return []
  const declared = options.scenario.environment({ params: options.resolved.values })
  return Object.entries(declared).map(([name, { unit, describes, source }]) => ({
    name,
    unit,
    says: describes,
    source
  }))
}

function inWords(value: unknown): string {
  return typeof value === "bigint" ? String(wholeUnits(value)) : String(value)
}

function contractWords(options: ExecuteOptions, run: Run | undefined): Manifest["contracts"] {
  return [...(run?.world.contracts ?? [])].map(({ name, address, token }) => ({
    key: run?.world.keyAt(address) ?? name,
    name,
    address,
    bytecodeHash: keccakHex(fromHex(options.artifacts.get(name).bytecode)),
    token
  }))
}
