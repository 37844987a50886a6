/**
 * Two worker threads against one: the same runs of a scenario, in turns. The threads are started and warm.
 *
 *     node sim/chain/bench/workers.ts --scenario scenarios/weekly-rewards.ts [--rounds 3] [--size quick]
 */
import { availableParallelism } from "node:os"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { Job } from "../../experiment/executors/Job.ts"
import { Threads } from "../../experiment/executors/Workers.ts"
import { type Contestant, race } from "./fixtures/Race.ts"
import { say, told } from "./fixtures/Script.ts"

const { rounds, scenario: file, set, size } = told()
if (file === undefined) throw new Error("give the scenario's file: --scenario scenarios/weekly-rewards.ts")
const root = new URL("../../..", import.meta.url).pathname
const scenario = pathToFileURL(resolve(file)).href
const runs = size === "quick" ? 4 : 8
const jobs: readonly Job[] = Array.from({ length: runs }, (_, i) => ({ scenario, arm: "baseline", seed: 7 + i, set }))

function threads(workers: number): Contestant {
  const preload = new URL("../../cli/Preload.ts", import.meta.url).href
  const pool = new Threads({ chain: "revm", root, workers, preload })
  return {
    name: workers === 1 ? "one worker" : "two workers",
    async round() {
      const began = performance.now()
      await pool.run(jobs, {
        onEnd: ({ error }) => {
          if (error !== undefined) throw new Error(error.message)
        }
      })
      return (runs / (performance.now() - began)) * 1000
    },
    close: () => pool.close()
  }
}

const raced = await race([threads(2), threads(1)], rounds)
say({
  figures: [...raced.figures("runs/s"), { name: "cores", value: availableParallelism(), unit: "", n: 1 }],
  headlines: [raced.ratio("two workers", "one worker", { least: 1.8 })]
})
