/**
 * Runs side by side on worker threads. Each thread keeps its own chain; the fast chain's module is
 * compiled once and shared. Results come by index, whatever order they end in; a thread that dies
 * fails the run it had, and no other.
 */
import { availableParallelism } from "node:os"
import { Worker } from "node:worker_threads"
import type { ChainKind } from "../../chain/Chain.ts"
import { loadModule } from "../../chain/revm/loadModule.ts"
import type { ErrorWords, Manifest } from "../../store/Manifest.ts"

/** One run to be done: plain data. */
export interface Job {
  /** URL of the scenario's file; its default export is the scenario. */
  readonly scenario: string
  readonly arm: string
  readonly seed: number
  readonly set: { readonly [name: string]: string }
  /** The folder to write; nothing is written when it is left out. */
  readonly out?: string
}

/** How a job ended. */
export interface JobEnd {
  readonly index: number
  readonly job: Job
  /** Undefined when its thread died, or the job could not begin. */
  readonly manifest: Manifest | undefined
  /** What it failed of; undefined when it came to its end. */
  readonly error: ErrorWords | undefined
}

export interface WorkersOptions {
  readonly chain: ChainKind
  /** Where the contracts were compiled: the checkout. */
  readonly root: string
  /** Threads; as many as the machine has cores when left out. */
  readonly workers?: number
  /** URL of a module that every thread imports first. */
  readonly preload?: string
  /** Called as each job ends, in the order in which they do. */
  readonly onEnd?: (end: JobEnd) => void
  /** No further job begins once it is aborted; those that run are stopped. */
  readonly signal?: AbortSignal
}

/** What a thread is started with. */
export interface ThreadData {
  readonly chain: ChainKind
  readonly root: string
  readonly preload: string | undefined
  readonly module: object | undefined
}

/** What a thread answers. */
export type ThreadAnswer =
  | { readonly manifest: Manifest; readonly error: ErrorWords | undefined }
  | { readonly manifest: undefined; readonly error: ErrorWords }

/**
 * Does all jobs.
 * @returns an end per job begun, by index; jobs that were never begun (after an abort) are left out.
 */
export async function runJobs(jobs: readonly Job[], options: WorkersOptions): Promise<readonly JobEnd[]> {
  const ends: (JobEnd | undefined)[] = new Array(jobs.length).fill(undefined)
  const threads = Math.max(1, Math.min(options.workers ?? availableParallelism(), jobs.length))
  let next = 0
  const data: ThreadData = {
    chain: options.chain,
    root: options.root,
    preload: options.preload,
    module: options.chain === "revm" ? loadModule() : undefined
  }

  /** One thread after another in one place, until no job is left. */
  const place = async (): Promise<void> => {
    let worker: Worker | undefined
    while (next < jobs.length && options.signal?.aborted !== true) {
      const index = next++
      // In range by the loop's condition.
      const job = jobs[index] as Job
      worker ??= new Worker(new URL("Thread.ts", import.meta.url), { workerData: data })
      const answer = await ask(worker, job, options.signal)
      if (answer === undefined) worker = undefined
      const end: JobEnd = {
        index,
        job,
        manifest: answer?.manifest,
        error: answer === undefined ? lost(job) : answer.error
      }
      ends[index] = end
      options.onEnd?.(end)
    }
    await worker?.terminate()
  }
  await Promise.all(Array.from({ length: threads }, place))
  return ends.filter((end) => end !== undefined)
}

/** The thread's answer; undefined when it died first, or was stopped. */
function ask(worker: Worker, job: Job, signal: AbortSignal | undefined): Promise<ThreadAnswer | undefined> {
  return new Promise((resolve) => {
    const stop = (): void => void worker.terminate()
    const end = (answer: ThreadAnswer | undefined): void => {
      worker.off("message", end)
      worker.off("exit", died)
      worker.off("error", failed)
      signal?.removeEventListener("abort", stop)
      resolve(answer)
    }
    const died = (): void => end(undefined)
    // An exit follows; without a listener the error would end this process.
    const failed = (): void => undefined
    worker.on("message", end)
    worker.on("exit", died)
    worker.on("error", failed)
    signal?.addEventListener("abort", stop)
    worker.postMessage(job)
  })
}

function lost({ arm, seed }: Job): ErrorWords {
  return {
    tag: "ChainError",
    reason: "Connection",
    message: `the worker thread that ran arm ${arm} with seed ${seed} ended before the run did`,
    fix: `Run it alone to see why: --arm ${arm} --seed ${seed}.`
  }
}
