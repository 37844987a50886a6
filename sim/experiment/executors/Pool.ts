/**
 * Threads for jobs that are not all known at the beginning: the next may depend on what the last one gave. Who asks
 * waits; which thread does a job, and in which order, changes nothing in its answer.
 */
import type { Job } from "./Job.ts"
import { type JobEnd, Threads, type ThreadsOptions } from "./Workers.ts"

/** How a job waits. */
export interface Place {
  /** Before all that wait. */
  readonly first?: boolean
  /** Called as it begins. */
  readonly onBegin?: () => void
}

interface Waiting {
  readonly job: Job
  readonly place: Place
  readonly resolve: (end: JobEnd | undefined) => void
}

/** A queue before threads that stay until `close`. */
export class Pool {
  readonly #threads: Threads
  readonly #closing = new AbortController()
  readonly #signal: AbortSignal
  readonly #waiting: Waiting[] = []
  #busy = 0

  /** Once `signal` is aborted no further job begins, and those that run are stopped. */
  constructor(options: ThreadsOptions & { readonly signal?: AbortSignal }) {
    const { signal, ...threads } = options
    this.#threads = new Threads(threads)
    const closing = this.#closing.signal
    this.#signal = signal === undefined ? closing : AbortSignal.any([closing, signal])
    this.#signal.addEventListener("abort", () => this.#begin())
  }

  /** Does a job once a thread is free. @returns how it ended; undefined when it was stopped, or never begun. */
  run(job: Job, place: Place = {}): Promise<JobEnd | undefined> {
    return new Promise((resolve) => {
      const waiting = { job, place, resolve }
      if (place.first === true) this.#waiting.unshift(waiting)
      else this.#waiting.push(waiting)
      this.#begin()
    })
  }

  /** Ends all threads; what still ran or waited ends with undefined. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#threads.close()
  }

  #begin(): void {
    if (this.#signal.aborted) for (const { resolve } of this.#waiting.splice(0)) resolve(undefined)
    while (this.#busy < this.#threads.size) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      this.#busy++
      void this.#serve(next)
    }
  }

  async #serve({ job, place, resolve }: Waiting): Promise<void> {
    place.onBegin?.()
    let ended: JobEnd | undefined
    const onEnd = (end: JobEnd): void => {
      ended = end
    }
    await this.#threads.run([job], { onEnd, signal: this.#signal })
    this.#busy--
    resolve(ended)
    this.#begin()
  }
}
