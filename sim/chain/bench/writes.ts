/**
 * Writes only: ERC-20 transfers from 5,000 senders as a whole run, digests, audits and Parquet recording on,
 * against a bare loop over the same packed blocks in the wasm module with the answers copied out; in one
 * process and in turns, the best of each.
 *
 *     node sim/chain/bench/writes.ts [days] [rounds]
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execute } from "../../experiment/Execute.ts"
import { open } from "../../run/fixtures/harness.ts"
import { Run } from "../../run/Run.ts"
import { resolve } from "../../run/RunSpec.ts"
import { ArtifactStore } from "../artifact/ArtifactStore.ts"
import { loadModule } from "../revm/loadModule.ts"
import { RevmChain } from "../revm/RevmChain.ts"
import { driveSync } from "../Step.ts"
import { best, clock, type Lap, NEVER } from "./fixtures/Clock.ts"
import { Bare, type Question, recording } from "./fixtures/Recording.ts"
import { transfers } from "./fixtures/transfers.ts"

/** What `writes` found. Seconds are the best of all rounds; set-up and endowing are in neither. */
export interface Writes {
  readonly transactions: number
  /** Transactions per block, on average. */
  readonly perBlock: number
  readonly engineSeconds: number
  readonly bareSeconds: number
  /** Transactions per second with engine, digests, audits and recording on. */
  readonly perSecond: number
  /** Engine's rate over the bare loop's: 1 when the engine costs nothing. */
  readonly ratio: number
  /** The same by processor time, the engine's including what collects its garbage beside it. */
  readonly cpuRatio: number
  /** Transactions per second of processor time. */
  readonly perCpuSecond: number
}

export async function writes({ days = 20, rounds = 3 }: { days?: number; rounds?: number } = {}): Promise<Writes> {
  const scenario = transfers(days)
  const root = new URL("../../..", import.meta.url).pathname
  const artifacts = ArtifactStore.open(root)

  const questions: Question[] = []
  const chain = recording(RevmChain.open({ hardfork: "osaka", module: loadModule() }), questions)
  const run = driveSync(Run.begin(await open(scenario, { seed: 7 }, chain)))
  const setUp = questions.slice()
  driveSync(run.continue())
  const blocks = questions.slice(setUp.length).filter(({ kind, count }) => kind === "block" && count > 0)
  const transactions = blocks.reduce((sum, { count }) => sum + count, 0)

  let [engine, loop] = [NEVER, NEVER]
  for (let round = 0; round < rounds; round++) {
    const folder = mkdtempSync(join(tmpdir(), "mesocosm-writes-"))
    let lap: (() => Lap) | undefined
    const { manifest, error } = await execute({
      scenario,
      resolved: resolve(scenario, { seed: 7 }),
      chain: "revm",
      artifacts,
      out: folder,
      onProgress: () => {
        // The first block after set-up: what came before is not measured, and its own 200 transactions are.
        lap ??= clock()
      }
    })
    engine = best(engine, lap?.() ?? NEVER)
    if (error !== undefined) throw error
    rmSync(folder, { recursive: true })
    if (manifest.digest.trace !== run.end().digests.trace) throw new Error("the digests differ")

    const bare = new Bare()
    bare.ask(setUp)
    const bareLap = clock()
    bare.ask(blocks)
    loop = best(loop, bareLap())
  }
  return {
    transactions,
    perBlock: transactions / blocks.length,
    engineSeconds: engine.seconds,
    bareSeconds: loop.seconds,
    perSecond: transactions / engine.seconds,
    ratio: loop.seconds / engine.seconds,
    cpuRatio: loop.cpu / engine.cpu,
    perCpuSecond: transactions / engine.cpu
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [days, rounds] = process.argv.slice(2).map(Number)
  console.log(await writes({ ...(days === undefined ? {} : { days }), ...(rounds === undefined ? {} : { rounds }) }))
}
