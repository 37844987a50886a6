/**
 * A long run of ERC-20 transfers from 5,000 senders with engine, digests, audits and Parquet recording on: the
 * seconds of each tenth of its transactions, and the most memory it took.
 *
 *     node sim/chain/bench/soak.ts [transactions]
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execute } from "../../experiment/Execute.ts"
import { resolve } from "../../run/RunSpec.ts"
import { ArtifactStore } from "../artifact/ArtifactStore.ts"
import { transfers } from "./fixtures/transfers.ts"

/** What `soak` found. */
export interface Soak {
  readonly transactions: number
  /** Seconds of each tenth of the transactions, in order; the end (files, manifest) is in none. */
  readonly tenths: readonly number[]
  /** The same in seconds of processor time: what others do on the machine weighs less in it. */
  readonly cpuTenths: readonly number[]
  /** Last tenth over second tenth, by processor time. */
  readonly slowing: number
  readonly seconds: number
  /** Most resident memory of the process at any look (one a block), in bytes. */
  readonly peakBytes: number
}

/** Five thousand transactions a day, so a multiple of 5,000. */
export async function soak({ transactions = 1_000_000 }: { transactions?: number } = {}): Promise<Soak> {
  const scenario = transfers(Math.max(2, Math.ceil(transactions / 5000)))
  const out = mkdtempSync(join(tmpdir(), "mesocosm-soak-"))
  const tenths: number[] = []
  const cpuTenths: number[] = []
  let [peak, done] = [0, 0]
  const began = performance.now()
  const cpu = (): number => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  }
  let [lap, cpuLap] = [began, cpu()]
  try {
    const { error, manifest } = await execute({
      scenario,
      resolved: resolve(scenario, { seed: 7 }),
      chain: "revm",
      artifacts: ArtifactStore.open(new URL("../../..", import.meta.url).pathname),
      out,
      onProgress: ({ transactions: count }) => {
        peak = Math.max(peak, process.memoryUsage.rss())
        if (done < 10 && count >= ((done + 1) * transactions) / 10) {
          const [now, cpuNow] = [performance.now(), cpu()]
          tenths.push((now - lap) / 1000)
          cpuTenths.push(cpuNow - cpuLap)
          lap = now
          cpuLap = cpuNow
          done++
        }
      }
    })
    if (error !== undefined) throw error
    peak = Math.max(peak, process.memoryUsage.rss())
    return {
      transactions: manifest.counts.transactions,
      tenths,
      cpuTenths,
      slowing: (cpuTenths[9] ?? Number.NaN) / (cpuTenths[1] ?? Number.NaN),
      seconds: (performance.now() - began) / 1000,
      peakBytes: peak
    }
  } finally {
    rmSync(out, { recursive: true })
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  console.log(await soak(process.argv[2] === undefined ? {} : { transactions: Number(process.argv[2]) }))
}
