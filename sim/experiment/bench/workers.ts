/**
 * The same batch of runs on one worker thread and on two, in turns: how many times one thread's rate two threads have.
 *
 *     node sim/experiment/bench/workers.ts [runs] [rounds]
 */
import { runJobs } from "../executors/Workers.ts"

/** What `workers` found. Seconds are the best of all rounds, the threads' start included. */
export interface WorkersBench {
  readonly runs: number
  readonly oneSeconds: number
  readonly twoSeconds: number
  readonly ratio: number
}

export async function workers({ runs = 12, rounds = 2 } = {}): Promise<WorkersBench> {
  const root = new URL("../../..", import.meta.url).pathname
  const scenario = new URL("../../../scenarios/weekly-rewards.ts", import.meta.url).href
  const jobs = Array.from({ length: runs }, (_, seed) => ({ scenario, arm: "baseline", seed, set: {} }))
  const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let round = 0; round < rounds; round++) {
    for (const threads of [1, 2]) {
      const began = performance.now()
      const ends = await runJobs(jobs, { chain: "revm", root, workers: threads })
      for (const { error } of ends) if (error !== undefined) throw new Error(error.message)
      best[threads - 1] = Math.min(best[threads - 1] ?? 0, (performance.now() - began) / 1000)
    }
  }
  const [oneSeconds = Number.NaN, twoSeconds = Number.NaN] = best
  return { runs, oneSeconds, twoSeconds, ratio: oneSeconds / twoSeconds }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [runs, rounds] = process.argv.slice(2).map(Number)
  console.log(await workers({ ...(runs === undefined ? {} : { runs }), ...(rounds === undefined ? {} : { rounds }) }))
}
