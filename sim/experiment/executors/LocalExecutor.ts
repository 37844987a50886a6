/** Makes the runs of an experiment on worker threads of this process. */
import type { Task } from "../Planning.ts"
import type { Batch, Executor } from "./Executor.ts"
import type { Job } from "./Job.ts"
import { Threads, type ThreadsOptions } from "./Workers.ts"

export class LocalExecutor implements Executor {
  readonly #threads: Threads
  readonly #scenario: string

  /** `scenario` is the URL of its file. */
  constructor(scenario: string, options: ThreadsOptions) {
    this.#threads = new Threads(options)
    this.#scenario = scenario
  }

  async execute(tasks: readonly Task[], { chain, onEnd, signal }: Batch): Promise<void> {
    const jobs = tasks.map(({ arm, seed, set }): Job => ({ scenario: this.#scenario, arm, seed, set, chain }))
    /** A run whose thread died is begun once more: another run may have taken the thread with it. */
    const lost: Task[] = []
    const batch = { ...(signal === undefined ? {} : { signal }) }
    await this.#threads.run(jobs, {
      ...batch,
      async onEnd({ index, manifest, record, error, worker }) {
        const task = tasks[index] as Task
        if (record === undefined && error?.reason === "Connection") lost.push(task)
        else await onEnd({ task, manifest, record, error, worker: `thread ${worker}` })
      }
    })
    if (lost.length === 0) return
    const again = lost.map(({ arm, seed, set }): Job => ({ scenario: this.#scenario, arm, seed, set, chain }))
    await this.#threads.run(again, {
      ...batch,
      onEnd: ({ index, manifest, record, error, worker }) =>
        onEnd({ task: lost[index] as Task, manifest, record, error, worker: `thread ${worker}` })
    })
  }

  close(): Promise<void> {
    return this.#threads.close()
  }
}
