/**
 * Runs of one scenario, arm and chain, for experiments that look at what one agent earned. A run that fails ends the
 * experiment: what it throws is what the run threw.
 */
import type { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import type { ChainKind } from "../chain/Chain.ts"
import { fromText } from "../run/Plain.ts"
import type { Progress } from "../run/RunOptions.ts"
import { resolve } from "../run/RunSpec.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import { execute } from "./Execute.ts"
import type { Subject } from "./Variant.ts"

/** Where runs are made, and who is told. */
export interface Track {
  readonly scenario: Scenario
  readonly arm: string
  /** Param name to what a person wrote; goes over the arm. */
  readonly set?: { readonly [name: string]: string }
  readonly chain: ChainKind
  readonly artifacts: ArtifactStore
  readonly signal?: AbortSignal
  /** Told before each run what it is for. */
  readonly onRun?: (says: string) => void
  readonly onProgress?: (progress: Progress) => void
}

/** The signal asked the experiment to stop. */
export class Interrupted extends Error {
  override readonly name = "Interrupted"

  constructor() {
    super("interrupted before the experiment was whole")
  }
}

/** What one agent came to in a run. */
export interface Finish {
  /** In the numeraire's whole units, at what selling all it has would fetch. */
  readonly profit: number
  /** Its last state. */
  readonly state: unknown
}

/** Agent id to what it came to. */
export type Finishes = ReadonlyMap<string, Finish>

/** Executes one run of `scenario`, the track's own or a variant of it. @throws Interrupted, or what the run threw. */
export async function race(track: Track, scenario: Scenario, seed: number, says: string): Promise<Finishes> {
  const { arm, set, chain, artifacts, signal } = track
  if (signal?.aborted === true) throw new Interrupted()
  track.onRun?.(says)
  const resolved = resolve(scenario, { arm, seed, ...(set === undefined ? {} : { set }) })
  const { manifest, error, recorder } = await execute({
    scenario,
    resolved,
    chain,
    artifacts,
    ...(signal === undefined ? {} : { signal }),
    ...(track.onProgress === undefined ? {} : { onProgress: track.onProgress })
  })
  if (error !== undefined) throw error
  if (manifest.status !== "complete") throw new Interrupted()
  const { agent = [], profit = [], state = [] } = recorder.columns("agents")
  return new Map(
    agent.map((id, row) => [String(id), { profit: Number(profit[row]), state: fromText(String(state[row])) }])
  )
}

/** The finish of a subject. */
export function finishOf(finishes: Finishes, { population, place }: Subject): Finish {
  const finish = finishes.get(`${population}/${place}`)
  if (finish === undefined) throw new Error(`the run has no agent ${population}/${place}`)
  return finish
}

/** What the populations of the scenario are under the track's arm and settings. */
export function populationsOf(track: Track): ReturnType<Scenario["populations"]> {
  const { scenario, arm, set } = track
  const { values } = resolve(scenario, { arm, seed: 0, ...(set === undefined ? {} : { set }) })
  return scenario.populations({ params: values })
}
