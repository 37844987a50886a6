/**
 * A whole economy: weekly-rewards at its default size as a run with engine, digests, audits and Parquet recording on,
 * against replaying all it asked of the chain (blocks, calls, balances) bare in the wasm module, answers copied out;
 * in one process and in turns, the best of each.
 *
 *     node sim/chain/bench/economy.ts [rounds]
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import weeklyRewards from "../../../scenarios/weekly-rewards.ts"
import { execute } from "../../experiment/Execute.ts"
import { open } from "../../run/fixtures/harness.ts"
import { Run } from "../../run/Run.ts"
import { resolve } from "../../run/RunSpec.ts"
import { ArtifactStore } from "../artifact/ArtifactStore.ts"
import { loadModule } from "../revm/loadModule.ts"
import { RevmChain } from "../revm/RevmChain.ts"
import { driveSync } from "../Step.ts"
import { best, clock, NEVER } from "./fixtures/Clock.ts"
import { Bare, type Question, recording } from "./fixtures/Recording.ts"

/** What `economy` found. Seconds are the best of all rounds, set-up included in both. */
export interface Economy {
  readonly transactions: number
  /** Calls that were asked of the chain, the audits' among them. */
  readonly calls: number
  readonly engineSeconds: number
  readonly bareSeconds: number
  /** Transactions per second with engine, digests, audits and recording on. */
  readonly perSecond: number
  /** Bare seconds over the engine's: 1 when the engine costs nothing. */
  readonly ratio: number
  /** The same by processor time, the engine's including what collects its garbage beside it. */
  readonly cpuRatio: number
}

export async function economy({ rounds = 5 }: { rounds?: number } = {}): Promise<Economy> {
  const artifacts = ArtifactStore.open(new URL("../../..", import.meta.url).pathname)
  const questions: Question[] = []
  const chain = recording(RevmChain.open({ hardfork: "osaka", module: loadModule() }), questions)
  const run = driveSync(Run.begin(await open(weeklyRewards, { seed: 7 }, chain)))
  driveSync(run.continue())
  const { digests, counts } = run.end()

  let [engine, replay] = [NEVER, NEVER]
  for (let round = 0; round < rounds; round++) {
    const folder = mkdtempSync(join(tmpdir(), "mesocosm-economy-"))
    const lap = clock()
    const { manifest, error } = await execute({
      scenario: weeklyRewards,
      resolved: resolve(weeklyRewards, { seed: 7 }),
      chain: "revm",
      artifacts,
      out: folder
    })
    engine = best(engine, lap())
    rmSync(folder, { recursive: true })
    if (error !== undefined) throw error
    if (manifest.digest.trace !== digests.trace) throw new Error("the digests differ")

    const bare = new Bare()
    const bareLap = clock()
    bare.ask(questions)
    replay = best(replay, bareLap())
  }
  return {
    transactions: counts.transactions,
    calls: questions.reduce((sum, { kind, count }) => sum + (kind === "calls" ? count : 0), 0),
    engineSeconds: engine.seconds,
    bareSeconds: replay.seconds,
    perSecond: counts.transactions / engine.seconds,
    ratio: replay.seconds / engine.seconds,
    cpuRatio: replay.cpu / engine.cpu
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  console.log(await economy(process.argv[2] === undefined ? {} : { rounds: Number(process.argv[2]) }))
}
