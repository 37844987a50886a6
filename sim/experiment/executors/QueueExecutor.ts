/**
 * Has the runs of an experiment made by workers elsewhere. What a server forgets (a restart, an answer that nobody
 * heard) is found by looking after the jobs whenever none has ended for a while: a job that is gone is queued again.
 *
 * Invariant: of each task exactly one end is told, whatever was done twice out there.
 */
import { type Job, Queue, QueueEvents } from "bullmq"
import type { Redis } from "ioredis"
import { ScenarioError } from "../../Errors.ts"
import type { Task } from "../Planning.ts"
import type { Batch, Executor, TaskEnd } from "./Executor.ts"
import { connect, type FleetAnswer, type FleetJob, jobId, masked, QUEUE, type Refusal } from "./Fleet.ts"

/** Jobs in the queue at once: enough for any fleet, and few enough to be taken back quickly. */
const WINDOW = 1_000

/** Milliseconds of a tick, and ticks without an end after which the jobs are looked after. */
const TICK = 500
const QUIET = 4

export interface QueueOptions {
  /** `redis://…` */
  readonly address: string
  readonly named: string
  readonly fingerprint: string
  /** Told what a person who waits should know. */
  readonly onNotice?: (says: string) => void
}

export class QueueExecutor implements Executor {
  readonly #options: QueueOptions
  readonly #redis: Redis
  readonly #queue: Queue
  readonly #events: QueueEvents

  private constructor(options: QueueOptions, redis: Redis) {
    this.#options = options
    this.#redis = redis
    this.#queue = new Queue(QUEUE, { connection: redis })
    this.#events = new QueueEvents(QUEUE, { connection: redis })
    // The client connects again by itself; what was missed meanwhile is looked after.
    this.#queue.on("error", () => undefined)
    this.#events.on("error", () => undefined)
  }

  /** @throws ScenarioError Usage, Unreachable. */
  static async open(options: QueueOptions): Promise<QueueExecutor> {
    const executor = new QueueExecutor(options, await connect(options.address))
    await executor.#events.waitUntilReady()
    return executor
  }

  async execute(tasks: readonly Task[], { chain, onEnd, signal }: Batch): Promise<void> {
    if (tasks.length === 0 || signal?.aborted === true) return
    const { named, fingerprint } = this.#options
    const outstanding = new Map<string, FleetJob>()
    let next = 0
    let quiet = 0
    let refused: string | undefined
    let fail: (error: unknown) => void = () => undefined
    let finish: () => void = () => undefined
    const over = new Promise<void>((resolve, reject) => {
      finish = resolve
      fail = reject
    })
    /** One after another, so that a window is filled once. */
    let turn: Promise<void> = Promise.resolve()
    const inTurn = (act: () => Promise<void>): void => {
      turn = turn.then(act).catch(fail)
    }
    const add = async (jobs: readonly FleetJob[]): Promise<void> => {
      await this.#queue.addBulk(jobs.map((data) => ({ name: `${data.arm} ${data.seed}`, data, opts: optionsOf(data) })))
    }
    const fill = async (): Promise<void> => {
      const fresh: FleetJob[] = []
      while (outstanding.size < WINDOW && next < tasks.length) {
        const job = { ...(tasks[next++] as Task), named, chain, fingerprint }
        outstanding.set(jobId(job), job)
        fresh.push(job)
      }
      if (fresh.length > 0) await add(fresh)
      if (outstanding.size === 0) finish()
    }
    const ended = async (id: string, answer: FleetAnswer): Promise<void> => {
      const job = outstanding.get(id)
      if (job === undefined || signal?.aborted === true) return
      outstanding.delete(id)
      quiet = 0
      await onEnd(endOf(job, answer))
      await this.#queue.remove(id)
      if (outstanding.size <= WINDOW / 2) await fill()
    }
    const lookAfter = async (): Promise<void> => {
      const missing: FleetJob[] = []
      for (const [id, data] of [...outstanding]) {
        // Of a job by that name, this is the data.
        const job = (await this.#queue.getJob(id)) as Job<FleetJob, FleetAnswer> | undefined
        if (job === undefined) missing.push(data)
        else if (await job.isCompleted()) await ended(id, job.returnvalue)
        else if (await job.isFailed()) await ended(id, failedAnswer(data, job.failedReason))
      }
      if (missing.length > 0) await add(missing)
      quiet = 0
      const workers = await this.#queue.getWorkersCount()
      if (workers > 0) return
      if (refused !== undefined) throw otherCode(this.#options.address, refused)
      this.#options.onNotice?.(`no worker listens at ${masked(this.#options.address)}: start mesocosm worker --queue …`)
    }
    const onCompleted = ({ jobId: id, returnvalue }: { jobId: string; returnvalue: unknown }): void => {
      // The event carries what the worker returned, as data; its type says text, which it was on the wire.
      if (outstanding.has(id)) inTurn(() => ended(id, returnvalue as FleetAnswer))
    }
    const onProgress = ({ jobId: id, data }: { jobId: string; data: unknown }): void => {
      if (!outstanding.has(id) || typeof data !== "object" || data === null || !("refused" in data)) return
      refused = (data as Refusal).refused
      this.#options.onNotice?.(refused)
    }
    // biome-ignore lint/plugin: how often a server is asked decides no result
    const look = setInterval(() => {
      quiet++
      if (quiet === QUIET) inTurn(lookAfter)
    }, TICK)
    const stop = (): void => finish()
    this.#events.on("completed", onCompleted)
    this.#events.on("progress", onProgress)
    signal?.addEventListener("abort", stop)
    try {
      await this.#forgetFailed(tasks.map((task) => jobId({ ...task, chain, fingerprint })))
      inTurn(fill)
      await over
    } finally {
      clearInterval(look)
      signal?.removeEventListener("abort", stop)
      this.#events.off("completed", onCompleted)
      this.#events.off("progress", onProgress)
      await turn
      // Those that run go on: their answers wait for whoever asks again. Those that wait are taken back.
      await Promise.all([...outstanding.keys()].map((id) => this.#queue.remove(id)))
    }
  }

  async close(): Promise<void> {
    await this.#events.close()
    await this.#queue.close()
    this.#redis.disconnect()
  }

  /** What failed for somebody before is tried again for us. */
  async #forgetFailed(ids: readonly string[]): Promise<void> {
    const ours = new Set(ids)
    for (const job of await this.#queue.getFailed()) if (ours.has(job.id ?? "")) await job.remove()
  }
}

function optionsOf(data: FleetJob): {
  readonly jobId: string
  readonly attempts: number
  readonly backoff: { readonly type: "exponential"; readonly delay: number }
  readonly removeOnComplete: { readonly age: number }
  readonly removeOnFail: { readonly age: number }
} {
  // Answers that nobody took are kept for a day.
  const age = 86_400
  return {
    jobId: jobId(data),
    attempts: 3,
    backoff: { type: "exponential", delay: 1_000 },
    removeOnComplete: { age },
    removeOnFail: { age }
  }
}

function endOf({ named: _, chain: __, fingerprint: ___, ...task }: FleetJob, answer: FleetAnswer): TaskEnd {
  const { record, manifest, error, worker } = answer
  return {
    ...{ task, record: record ?? undefined, manifest: manifest ?? undefined, error: error ?? undefined },
    ...(worker === undefined ? {} : { worker })
  }
}

function failedAnswer({ arm, seed }: FleetJob, why: string): FleetAnswer {
  return {
    record: null,
    manifest: null,
    error: {
      tag: "ChainError",
      reason: "Connection",
      message: `every worker that took arm ${arm} with seed ${seed} was lost: ${why}`,
      fix: `Run it alone to see why: --arm ${arm} --seed ${seed}.`
    }
  }
}

function otherCode(address: string, refused: string): ScenarioError {
  return new ScenarioError({
    reason: "OtherCode",
    message: `no worker is left at ${masked(address)}: ${refused}`,
    fix: "Bring the workers' checkouts to the code of this one (git revision, and no changed file), start them again, then resume.",
    offending: { name: "--queue", value: masked(address) }
  })
}
