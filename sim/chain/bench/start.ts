/**
 * From a command's start to its first event: `mesocosm run` of open-pool's contracts and agents with --chain revm,
 * contracts compiled, in processes of their own.
 *
 *     node sim/chain/bench/start.ts [times]
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** What `start` found: seconds from before the process was made until the first agent acted. */
export interface Start {
  /** Of each time, in order; the first may have to fill caches. */
  readonly seconds: readonly number[]
  readonly best: number
  readonly median: number
}

const root = new URL("../../..", import.meta.url).pathname

export function start({ times = 7 }: { times?: number } = {}): Start {
  const out = mkdtempSync(join(tmpdir(), "mesocosm-start-"))
  const scenario = new URL("fixtures/first-event.ts", import.meta.url).pathname
  const words = ["run", scenario, "--chain", "revm", "--quiet", "--no-report", "--out", out]
  const seconds = Array.from({ length: times }, () => {
    const began = performance.timeOrigin + performance.now()
    const { stdout, stderr } = spawnSync(process.execPath, [join(root, "sim/cli/main.ts"), ...words], {
      encoding: "utf8"
    })
    const at = /^first event at (\S+)$/m.exec(stdout)?.[1]
    if (at === undefined) throw new Error(`no event came: ${stdout}${stderr}`)
    return (Number(at) - began) / 1000
  })
  rmSync(out, { recursive: true })
  const sorted = [...seconds].sort((a, b) => a - b)
  return { seconds, best: sorted[0] ?? Number.NaN, median: sorted[sorted.length >> 1] ?? Number.NaN }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  console.log(start(process.argv[2] === undefined ? {} : { times: Number(process.argv[2]) }))
}
