/**
 * Runs of one scenario, arm and chain, for experiments that look at what single agents earned: one after another in
 * this process, or side by side on threads, with the same results. A run that fails ends the experiment: what it
 * throws is what the run threw.
 */
import type { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import type { ChainKind } from "../chain/Chain.ts"
import { Stream } from "../kernel/Stream.ts"
import { fromText } from "../run/Plain.ts"
import { type RevertCount, thoseOutOfGas } from "../run/Reverts.ts"
import type { Progress } from "../run/RunOptions.ts"
import { resolve } from "../run/RunSpec.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import type { Manifest } from "../store/Manifest.ts"
import { type AgentRow, agentRows } from "./AgentRows.ts"
import { execute } from "./Execute.ts"
import type { Pool } from "./executors/Pool.ts"
import { asError } from "./executors/Thrown.ts"
import { agentId, type Subject, type Variant, variant } from "./Variant.ts"

/** Where runs are made, and who is told. */
export interface Track {
  readonly scenario: Scenario
  readonly arm: string
  /** Param name to what a person wrote; goes over the arm. */
  readonly set?: { readonly [name: string]: string }
  readonly chain: ChainKind
  readonly artifacts: ArtifactStore
  /** Threads that do the runs, and the URL of the scenario's file; without them they are done here. */
  readonly threads?: { readonly pool: Pool; readonly file: string }
  readonly signal?: AbortSignal
  /** Told before each run what it is for. */
  readonly onRun?: (says: string) => void
  /** Asks for an audit of one run of each kind on the other chain; told of each that was identical. A difference fails the experiment. */
  readonly onAudited?: (says: string) => void
  /** Told of each run in which calls ran out of gas which they were. */
  readonly onOutOfGas?: (functions: readonly RevertCount[]) => void
  /** Of runs in this process. */
  readonly onProgress?: (progress: Progress) => void
}

/** The signal asked the experiment to stop. */
export class Interrupted extends Error {
  override readonly name = "Interrupted"

  constructor() {
    super("interrupted before the experiment was whole")
  }
}

/** A kind of run: who runs differently, and who is looked at. */
export interface Leg {
  /** What it is for; the run that is audited is drawn by this name. */
  readonly kind: string
  /** Nobody is different when left out. */
  readonly variant?: Variant
  readonly subjects: readonly Subject[]
}

/** What one agent came to in a run. */
export interface Finish {
  /** In the numeraire's whole units: the ledger's profit, and what it enjoyed of what it bought for its own use. */
  readonly profit: number
  /** Its last state. */
  readonly state: unknown
}

/** How one run of a leg is made. */
export interface Heat {
  readonly seed: number
  /** Said of it, in place of the leg's kind and the seed. */
  readonly says?: string
  /** Before those that wait for a thread: others wait for it. */
  readonly first?: boolean
  /** Done again on the other chain, which must leave the same digests. */
  readonly audit?: boolean
}

/** Executes one run. @returns what each subject of the leg came to. @throws Interrupted, or what the run threw. */
export async function race(track: Track, leg: Leg, heat: Heat): Promise<readonly Finish[]> {
  const { signal, threads } = track
  if (signal?.aborted === true) throw new Interrupted()
  const says = heat.says ?? `${leg.kind}, seed ${heat.seed}`
  const audit = heat.audit === true && track.onAudited !== undefined
  const rows =
    threads === undefined ? await here(track, leg, heat, says, audit) : await there(track, leg, heat, says, audit)
  if (audit) track.onAudited?.(says)
  const populations = populationsOf(track)
  return leg.subjects.map((subject) => {
    const row = rows.find(({ agent }) => agent === agentId(subject))
    if (row === undefined) throw new Error(`the run has no agent ${agentId(subject)}`)
    const state = fromText(row.state)
    return { profit: row.profit + (populations[subject.population]?.behaviour.enjoys?.(state) ?? 0), state }
  })
}

/** Races a leg over seeds, one of the runs audited. @returns by seed what the leg's subjects came to. */
export function races(
  track: Track,
  leg: Leg,
  { seeds, first = false }: { readonly seeds: readonly number[]; readonly first?: boolean }
): Promise<readonly (readonly Finish[])[]> {
  const audited = drawn(leg.kind, seeds)
  return each(track, seeds, (seed) => race(track, leg, { seed, first, audit: seed === audited }))
}

/** The one of the values whose run is audited: drawn by a stream of the kind's name, which no run knows. */
export function drawn<A>(kind: string, values: readonly A[]): A | undefined {
  return values[Math.floor(Stream.open(`audit/${kind}`).next() * values.length)]
}

/** Makes something of each item: side by side where there are threads to wait for, else one after another. */
export async function each<A, B>(
  track: Track,
  items: readonly A[],
  make: (item: A) => Promise<B>
): Promise<readonly B[]> {
  if (track.threads !== undefined) return Promise.all(items.map(make))
  const made: B[] = []
  for (const item of items) made.push(await make(item))
  return made
}

async function here(
  track: Track,
  leg: Leg,
  { seed }: Heat,
  says: string,
  audit: boolean
): Promise<readonly AgentRow[]> {
  const { arm, set, chain, artifacts, signal, onProgress } = track
  track.onRun?.(says)
  const scenario = leg.variant === undefined ? track.scenario : variant(track.scenario, leg.variant)
  const { manifest, error, recorder } = await execute({
    scenario,
    resolved: resolve(scenario, { arm, seed, ...(set === undefined ? {} : { set }) }),
    chain,
    artifacts,
    audit,
    recording: "summary",
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress })
  })
  if (error !== undefined) throw error
  if (manifest.status !== "complete") throw new Interrupted()
  tellOutOfGas(track, manifest)
  return agentRows(recorder, leg.subjects.map(agentId))
}

async function there(track: Track, leg: Leg, heat: Heat, says: string, audit: boolean): Promise<readonly AgentRow[]> {
  const { arm, set = {}, threads, signal, onRun } = track
  // Asked for where there are threads.
  const { pool, file } = threads as NonNullable<Track["threads"]>
  const { variant: different, subjects } = leg
  const job = {
    scenario: file,
    arm,
    seed: heat.seed,
    set,
    audit,
    agents: subjects.map(agentId),
    ...(different === undefined ? {} : { variant: different })
  }
  const answer = await pool.run(job, { first: heat.first === true, onBegin: () => onRun?.(says) })
  if (signal?.aborted === true || answer === undefined) throw new Interrupted()
  if (answer.error !== undefined) throw asError(answer.error)
  tellOutOfGas(track, answer.manifest)
  return answer.agents ?? []
}

function tellOutOfGas({ onOutOfGas }: Track, manifest: Manifest | undefined): void {
  const functions = thoseOutOfGas(manifest?.reverts)
  if (functions.length > 0) onOutOfGas?.(functions)
}

/** What the populations of the scenario are under the track's arm and settings. */
export function populationsOf(track: Track): ReturnType<Scenario["populations"]> {
  const { scenario, arm, set } = track
  const { values } = resolve(scenario, { arm, seed: 0, ...(set === undefined ? {} : { set }) })
  return scenario.populations({ params: values })
}
