/**
 * One run on the fast chain, in turns: between them whoever hosts it may do other things, and stop it.
 * Where the turns lie changes nothing in the run.
 */
import { RevmChain } from "../chain/revm/RevmChain.ts"
import type { CompiledModule } from "../chain/revm/Wasm.ts"
import { driveSync } from "../chain/Step.ts"
import { Run } from "../run/Run.ts"
import type { Progress } from "../run/RunOptions.ts"
import type { Resolved } from "../run/RunSpec.ts"
import type { RunEnd } from "../run/RunState.ts"
import type { Artifacts } from "../run/World.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import type { SampleRow } from "./Protocol.ts"

/** What one run needs, and whom it tells how it goes. */
export interface PageRun {
  readonly scenario: Scenario
  readonly resolved: Resolved
  readonly module: CompiledModule
  readonly artifacts: Artifacts
  /** Called after each turn; true: go no further. What it waits for is the pause between two turns. */
  readonly onTurn: (progress: Progress, samples: readonly SampleRow[]) => Promise<boolean>
}

/** Events of a turn: some milliseconds. */
const EVENTS_PER_TURN = 256

/**
 * Does a run.
 * @returns how it ended; undefined when it was stopped.
 * @throws ScenarioError, ChainError, AgentError as the run does.
 */
export async function runInTurns(options: PageRun): Promise<RunEnd | undefined> {
  const { scenario, resolved, artifacts } = options
  const { hardfork, horizon } = resolved.spec
  const chain = RevmChain.open({ hardfork, module: options.module })
  let progress: Progress = { time: 0, horizon, blocks: 0, transactions: 0 }
  let events = 0
  const signal = {
    get aborted() {
      return ++events > EVENTS_PER_TURN
    }
  }
  try {
    const run = driveSync(
      Run.begin({
        scenario,
        resolved,
        chain,
        artifacts,
        signal,
        onProgress: (now) => {
          progress = now
        }
      })
    )
    let told = 0
    do {
      events = 0
      driveSync(run.continue())
      const samples = samplesFrom(run, told)
      told += samples.length
      if (await options.onTurn(progress, samples)) return undefined
    } while (events > EVENTS_PER_TURN)
    return run.end()
  } finally {
    await chain.close()
  }
}

function samplesFrom({ books: { recorder } }: Run, from: number): readonly SampleRow[] {
  const { metric = [], time = [], value = [], number = [] } = recorder.columns("metrics")
  const rows: SampleRow[] = []
  for (let row = from; row < metric.length; row++) {
    rows.push({
      metric: String(metric[row]),
      time: Number(time[row]),
      value: String(value[row]),
      number: Number(number[row])
    })
  }
  return rows
}
