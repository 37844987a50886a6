/**
 * A long run of transfers with recording on: whether its last tenth takes as long as its second, and how much
 * memory it holds. A million transactions with --size long, a fifth of that otherwise.
 *
 * Its two tenths cannot be taken in turns, so they are told in seconds of processor time, which what else the machine
 * does hardly moves.
 *
 *     node sim/chain/bench/soak.ts [--size quick|long]
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execute } from "../../experiment/Execute.ts"
import { resolve } from "../../run/RunSpec.ts"
import { ArtifactStore } from "../artifact/ArtifactStore.ts"
import { say, told } from "./fixtures/Script.ts"
import { transfers } from "./fixtures/transfers.ts"

const { size } = told()
/** Days of about 4,950 transfers, so that tenths are whole days. */
const days = size === "long" ? 210 : size === "quick" ? 10 : 40
const scenario = transfers(days)
const folder = mkdtempSync(join(tmpdir(), "mesocosm-soak-"))
const horizon = days * 86_400
/** Seconds of processor time when each tenth of the run was over. */
const over: number[] = []
const processor = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
let transactions = 0
let began = 0
let most = 0
let blocks = 0
const { error } = await execute({
  scenario,
  resolved: resolve(scenario, { seed: 7 }),
  chain: "revm",
  artifacts: ArtifactStore.open(new URL("../../..", import.meta.url).pathname),
  out: folder,
  onProgress: (progress) => {
    if (began === 0) began = performance.now()
    transactions = progress.transactions
    if (++blocks % 24 === 0) most = Math.max(most, process.memoryUsage.rss())
    while (progress.time >= ((over.length + 1) * horizon) / 10) {
      over.push(processor())
      process.stderr.write(
        `  ${over.length} tenths, ${progress.transactions} transactions, ${Math.round(most / 1e6)} MB\n`
      )
    }
  }
})
const whole = performance.now() - began
most = Math.max(most, process.memoryUsage.rss())
rmSync(folder, { recursive: true })
if (error !== undefined) throw error
const tenth = (which: number): number => (over[which - 1] as number) - (over[which - 2] as number)
say({
  figures: [
    { name: "transactions", value: transactions, unit: "", n: 1 },
    { name: "rate of all of it", value: (transactions / whole) * 1000, unit: "transactions/s", n: 1 },
    { name: "second tenth", value: tenth(2), unit: "s of processor time", n: 1 },
    { name: "last tenth", value: tenth(10), unit: "s of processor time", n: 1 }
  ],
  headlines: [
    { name: "last tenth / second tenth", ratio: tenth(10) / tenth(2), n: 1, most: 1.1 },
    { name: "resident memory at most, in GB", ratio: most / 1e9, n: 1, most: 1 }
  ]
})
