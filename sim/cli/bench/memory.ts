/**
 * Resident memory of a long experiment: `node sim/cli/bench/memory.ts [runs] [folder]` (10,000 runs). Sweeps open-pool
 * with three honest contributors and no operator over ten costs, and prints a line every five seconds: seconds, runs
 * recorded, and MiB resident in the process that conducts, its threads included.
 */
import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const SECONDS = 5
const POINTS = 10
const SEALED_AT = 500
const runs = Number(process.argv[2] ?? 10_000)
const folder = process.argv[3] ?? join(mkdtempSync(join(tmpdir(), "mesocosm-memory-")), "it")

const small = ["--set", "honest=3", "--set", "operators=0"]
const sweep = ["sweep", "open-pool", "--vary", `cost=1..4/${POINTS}`, "--seeds", String(runs / POINTS), ...small]
const main = join(import.meta.dirname, "..", "main.ts")
const began = performance.now()
const child = spawn(process.execPath, [main, ...sweep, "--out", folder, "--json", "--quiet"], {
  stdio: ["ignore", "ignore", "inherit"]
})

let most = 0
const look = setInterval(() => {
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8")
  const mebibytes = Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
  most = Math.max(most, mebibytes)
  const seconds = Math.round((performance.now() - began) / 1000)
  console.log(
    `${String(seconds).padStart(5)} s ${String(recorded()).padStart(7)} runs ${String(mebibytes).padStart(6)} MiB`
  )
}, SECONDS * 1000)

child.on("close", (code) => {
  clearInterval(look)
  const seconds = Math.round((performance.now() - began) / 1000)
  console.log(`exit ${code} after ${seconds} s, at most ${most} MiB; ${folder}`)
})

/** Runs recorded, at least: whole sealed files, and lines of the log. */
function recorded(): number {
  if (!existsSync(join(folder, "runs"))) return 0
  const lines = readdirSync(join(folder, "log")).map(
    (file) => readFileSync(join(folder, "log", file), "utf8").split("\n").length - 1
  )
  return readdirSync(join(folder, "runs")).length * SEALED_AT + lines.reduce((sum, each) => sum + each, 0)
}
