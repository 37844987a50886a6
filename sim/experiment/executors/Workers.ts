/**
 * Runs side by side on worker threads. Each thread keeps its own chain; the fast chain's module is
 * compiled once and shared. A thread that dies fails the run it had, and no other.
 */
import { availableParallelism } from "node:os"
import { Worker } from "node:worker_threads"
import type { ChainKind } from "../../chain/Chain.ts"
import { loadModule } from "../../chain/revm/loadModule.ts"
import type { ErrorWords, Manifest } from "../../store/Manifest.ts"
import type { RunRecord } from "../../store/RunRecord.ts"

/** One run to be done: plain data. */
export interface Job {
  /** URL of the scenario's file; its default export is the scenario. */
  readonly scenario: string
  readonly arm: string
  readonly seed: number
  readonly set: { readonly [name: string]: string }
  /** Where it runs; the pool's chain when left out. */
  readonly chain?: ChainKind
  /** The folder to write; nothing is written when it is left out. */
  readonly out?: string
}

/** How a job ended. */
export interface JobEnd {
  readonly index: number
  readonly job: Job
  /** Undefined when its thread died, or the job could not begin. */
  readonly manifest: Manifest | undefined
  /** What an experiment keeps of it; undefined as `manifest` is. */
  readonly record: RunRecord | undefined
  /** What it failed of; undefined when it came to its end. */
  readonly error: ErrorWords | undefined
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
  readonly onEnd: (end: JobEnd) => void
  /** No further job begins once it is aborted; those that run are stopped. */
  readonly signal?: AbortSignal
}

export interface WorkersOptions extends ThreadsOptions, Partial<BatchOptions> {}

/** What a thread is started with. */
export interface ThreadData {
  readonly chain: ChainKind
  readonly root: string
  readonly preload: string | undefined
  readonly module: object | undefined
}

/** What a thread answers. */
export type ThreadAnswer =
  | { readonly manifest: Manifest; readonly record: RunRecord; readonly error: ErrorWords | undefined }
  | { readonly manifest: undefined; readonly record: undefined; readonly error: ErrorWords }

/** Threads that wait for batches of jobs. */
export class Threads {
  readonly #data: ThreadData
  readonly #idle: Worker[] = []
  /** Most jobs at once. */
  readonly size: number

  constructor(options: ThreadsOptions) {
    this.size = Math.max(1, options.workers ?? availableParallelism())
    this.#data = {
      chain: options.chain,
      root: options.root,
      preload: options.preload,
      module: options.chain === "revm" ? loadModule() : undefined
    }
  }

  /** Does all jobs; what came of each is told and not kept. Jobs that were never begun (after an abort) are left out. */
  async run(jobs: readonly Job[], { onEnd, signal }: BatchOptions): Promise<void> {
    let next = 0
    let broken = false
    const stopped = (): boolean => broken || signal?.aborted === true
    /** One job after another in one place, until none is left. */
    const place = async (): Promise<void> => {
      while (next < jobs.length && !stopped()) {
        const index = next++
        // In range by the loop's condition.
        const job = jobs[index] as Job
        const worker = this.#idle.pop() ?? this.#start()
        const answer = await ask(worker, job, signal)
        if (answer !== undefined) this.#idle.push(worker)
        // A thread that was stopped on purpose says nothing about its run.
        if (answer === undefined && stopped()) return
        try {
          onEnd({
            index,
            job,
            manifest: answer?.manifest,
            record: answer?.record,
            error: answer === undefined ? lost(job) : answer.error
          })
        } catch (error) {
          broken = true
          throw error
        }
      }
    }
    await Promise.all(Array.from({ length: Math.min(this.size, jobs.length) }, place))
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((worker) => worker.terminate()))
  }

  #start(): Worker {
    const worker = new Worker(new URL("Thread.ts", import.meta.url), { workerData: this.#data })
    // One that dies while it waits is not asked again.
    worker.once("exit", () => {
      const at = this.#idle.indexOf(worker)
      if (at >= 0) this.#idle.splice(at, 1)
    })
    // An exit follows; without a listener the error would end this process.
    worker.on("error", () => undefined)
    return worker
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
      onEnd(end) {
        ends.push(end)
        options.onEnd?.(end)
      },
      ...(options.signal === undefined ? {} : { signal: options.signal })
    })
  } finally {
    await threads.close()
  }
  return ends.sort((a, b) => a.index - b.index)
}

/** The thread's answer; undefined when it died first, or was stopped. */
function ask(worker: Worker, job: Job, signal: AbortSignal | undefined): Promise<ThreadAnswer | undefined> {
  return new Promise((resolve) => {
    const stop = (): void => void worker.terminate()
    const end = (answer: ThreadAnswer | undefined): void => {
      worker.off("message", end)
      worker.off("exit", died)
      signal?.removeEventListener("abort", stop)
      resolve(answer)
    }
    const died = (): void => end(undefined)
    worker.on("message", end)
    worker.on("exit", died)
    signal?.addEventListener("abort", stop)
    worker.postMessage(job)
  })
}

/** What is said of a run whose thread died. */
function lost({ arm, seed }: Job): ErrorWords {
  return {
    tag: "ChainError",
    reason: "Connection",
    message: `the worker thread that ran arm ${arm} with seed ${seed} ended before the run did`,
    fix: `Run it alone to see why: --arm ${arm} --seed ${seed}.`
  }
}
