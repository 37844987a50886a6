/**
 * Runs side by side on worker threads. Each thread keeps its own chain; the fast chain's module is
 * compiled once and shared. A thread that dies fails the run it had, and no other.
 */
import { availableParallelism } from "node:os"
import type { ChainKind } from "../../chain/Chain.ts"
import { loadModule } from "../../chain/revm/loadModule.ts"
import type { Manifest } from "../../store/Manifest.ts"
import type { RunRecord } from "../../store/RunRecord.ts"
import type { AgentRow } from "../AgentRows.ts"
import { type Hand, startHand } from "./Hand.ts"
import type { Job } from "./Job.ts"
import type { Thrown } from "./Thrown.ts"

/** How a job ended. */
export interface JobEnd {
  readonly index: number
  readonly job: Job
  /** Which of the places that work side by side had it, from 1 on. */
  readonly worker: number
  /** Undefined when its thread died, or the job could not begin. */
  readonly manifest: Manifest | undefined
  /** What an experiment keeps of it; undefined as `manifest` is. */
  readonly record: RunRecord | undefined
  /** What it failed of; undefined when it came to its end. */
  readonly error: Thrown | undefined
  /** Rows of the agents that the job asked for; undefined as `manifest` is. */
  readonly agents: readonly AgentRow[] | undefined
}

export interface ThreadsOptions {
  readonly chain: ChainKind
  /** Where the contracts were compiled: the checkout. */
  readonly root: string
  /** Threads; as many as the machine has cores when left out. */
  readonly workers?: number
  /** URL of a module that every thread imports first. */
  readonly preload?: string
}

export interface BatchOptions {
  /** Called as each job ends, in the order in which they do; what it throws ends the batch. */
  readonly onEnd: (end: JobEnd) => void | Promise<void>
  /** No further job begins once it is aborted; those that run are stopped. */
  readonly signal?: AbortSignal
}

export interface WorkersOptions extends ThreadsOptions, Partial<BatchOptions> {}

/** Hands that wait for batches of jobs. */
export class Threads {
  readonly #options: ThreadsOptions
  readonly #idle: Hand[] = []
  /** Most jobs at once. */
  readonly size: number

  constructor(options: ThreadsOptions) {
    this.size = Math.max(1, options.workers ?? availableParallelism())
    this.#options = options
  }

  /** Does all jobs; what came of each is told and not kept. Jobs that were never begun (after an abort) are left out. */
  async run(jobs: readonly Job[], { onEnd, signal }: BatchOptions): Promise<void> {
    let next = 0
    let broken = false
    const stopped = (): boolean => broken || signal?.aborted === true
    /** One job after another in one place, until none is left. */
    const place = async (worker: number): Promise<void> => {
      while (next < jobs.length && !stopped()) {
        const index = next++
        // In range by the loop's condition.
        const job = jobs[index] as Job
        const chain = job.chain ?? this.#options.chain
        // An audit is done on both chains.
        const hand = this.#take(job.audit === true ? "hardhat" : chain)
        const stop = (): void => hand.stop()
        signal?.addEventListener("abort", stop)
        const answer = await hand.ask({ ...job, chain })
        signal?.removeEventListener("abort", stop)
        if (answer !== undefined) this.#idle.push(hand)
        // One that was stopped on purpose says nothing about its run.
        if (answer === undefined && stopped()) return
        try {
          await onEnd({
            index,
            job,
            worker,
            manifest: answer?.manifest,
            record: answer?.record,
            error: answer === undefined ? lost(job) : answer.error,
            agents: answer?.agents
          })
        } catch (error) {
          broken = true
          throw error
        }
      }
    }
    const places = await Promise.allSettled(
      Array.from({ length: Math.min(this.size, jobs.length) }, (_, at) => place(at + 1))
    )
    const failed = places.find((each) => each.status === "rejected")
    if (failed !== undefined) throw failed.reason
  }

  /** Ends them. */
  async close(): Promise<void> {
    for (const hand of this.#idle.splice(0)) hand.stop()
  }

  #take(chain: ChainKind): Hand {
    for (let at = this.#idle.length - 1; at >= 0; at--) {
      const hand = this.#idle[at] as Hand
      if (hand.ended) this.#idle.splice(at, 1)
      else if (hand.chain === chain) return this.#idle.splice(at, 1)[0] as Hand
    }
    const { root, preload } = this.#options
    return startHand(chain, { root, preload, module: chain === "revm" ? loadModule() : undefined })
  }
}

/**
 * Does all jobs and ends the threads.
 * @returns an end per job begun, by index.
 */
export async function runJobs(jobs: readonly Job[], options: WorkersOptions): Promise<readonly JobEnd[]> {
  const ends: JobEnd[] = []
  const threads = new Threads({
    ...options,
    workers: Math.min(options.workers ?? availableParallelism(), jobs.length)
  })
  try {
    await threads.run(jobs, {
      async onEnd(end) {
        ends.push(end)
        await options.onEnd?.(end)
      },
      ...(options.signal === undefined ? {} : { signal: options.signal })
    })
  } finally {
    await threads.close()
  }
  return ends.sort((a, b) => a.index - b.index)
}

/** What is said of a run whose thread died. */
function lost({ arm, seed }: Job): Thrown {
  return {
    tag: "ChainError",
    reason: "Connection",
    message: `the worker thread that ran arm ${arm} with seed ${seed} ended before the run did`,
    fix: `Run it alone to see why: --arm ${arm} --seed ${seed}.`
  }
}
