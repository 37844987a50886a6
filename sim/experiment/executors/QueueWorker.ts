/**
 * Serves a queue: takes runs, makes them on threads here, answers. Threads do the work, so that this process always says
 * in time that it lives; one that falls silent has its runs given to another.
 */
import { hostname } from "node:os"
import { DelayedError, type Job, Worker } from "bullmq"
import { ScenarioError } from "../../Errors.ts"
import { connect, type FleetAnswer, type FleetJob, QUEUE, type Refusal } from "./Fleet.ts"
import { Pool } from "./Pool.ts"
import type { ThreadsOptions } from "./Workers.ts"

/** Milliseconds for which a worker may be silent before its runs are taken for lost. */
const SILENCE = 10_000

/** Milliseconds after which a refused job is offered again. */
const LATER = 1_000

/** How often a run may lose its worker; more, and it is the run that does it. */
const LOSSES = 3

export interface ServeOptions extends ThreadsOptions {
  /** `redis://…` */
  readonly address: string
  /** What a named scenario is here: URL of its file, and the hash of the code that would run it. */
  readonly find: (named: string) => Promise<{ readonly file: string; readonly fingerprint: string }>
  /** Told as each run ends. */
  readonly onRun?: (run: { readonly arm: string; readonly seed: number; readonly status: string }) => void
  /** Told once it listens. */
  readonly onReady?: () => void
  readonly signal: AbortSignal
}

/**
 * Serves until the signal comes; what runs then is ended first.
 * @returns how many runs were made. @throws ScenarioError Usage, Unreachable, OtherCode.
 */
export async function serve(options: ServeOptions): Promise<number> {
  const redis = await connect(options.address)
  const pool = new Pool(options)
  const leaving = new AbortController()
  let refusal: ScenarioError | undefined
  let made = 0
  const worker = `${hostname()}, process ${process.pid}`
  const jobs = new Worker<FleetJob, FleetAnswer>(
    QUEUE,
    async (job, token) => {
      const refused = await refuse(job, options)
      if (refused !== undefined) {
        refusal ??= refused
        leaving.abort()
        const says: Refusal = { refused: refused.message }
        await job.updateProgress(says)
        // biome-ignore lint/plugin: when a job is offered again is told in real time, and decides no result
        await job.moveToDelayed(Date.now() + LATER, token)
        throw new DelayedError()
      }
      const { named, arm, seed, set, chain } = job.data
      const { file } = await options.find(named)
      const end = await pool.run({ scenario: file, arm, seed, set, chain })
      const { manifest = null, record = null, error = null } = end ?? {}
      // Its thread died: perhaps of another cause than the run, so it is tried again, later and elsewhere.
      if (end === undefined || error?.reason === "Connection")
        throw new Error(error?.message ?? "the worker was stopped")
      made++
      options.onRun?.({ arm, seed, status: record?.status ?? "not begun" })
      return { worker, manifest, record, error: error === null ? null : plainWords(error) }
    },
    {
      connection: redis,
      concurrency: Math.max(1, options.workers ?? 1),
      lockDuration: SILENCE,
      stalledInterval: SILENCE / 2,
      maxStalledCount: LOSSES,
      drainDelay: 1
    }
  )
  // The client connects again by itself after a restart of the server.
  jobs.on("error", () => undefined)
  await jobs.waitUntilReady()
  options.onReady?.()
  const stopped = AbortSignal.any([options.signal, leaving.signal])
  if (!stopped.aborted) await new Promise((resolve) => stopped.addEventListener("abort", resolve, { once: true }))
  await jobs.close()
  await pool.close()
  redis.disconnect()
  if (refusal !== undefined) throw refusal
  return made
}

function plainWords({ tag, reason, message, fix }: NonNullable<FleetAnswer["error"]>): FleetAnswer["error"] {
  return { tag, reason, message, fix }
}

/** Why this worker may not make the run; undefined when it may. */
async function refuse({ data }: Job<FleetJob>, { find }: ServeOptions): Promise<ScenarioError | undefined> {
  const mend =
    "Bring this checkout to the code of the one that conducts (git revision, and no changed file), and start again."
  const offending = { name: "scenario", value: data.named }
  try {
    const { fingerprint } = await find(data.named)
    if (fingerprint === data.fingerprint) return undefined
    return new ScenarioError({
      reason: "OtherCode",
      message: `a worker has other code than the experiment of ${data.named} (fingerprint ${fingerprint.slice(0, 8)}, not ${data.fingerprint.slice(0, 8)})`,
      fix: mend,
      offending
    })
  } catch (cause) {
    return new ScenarioError({
      reason: "OtherCode",
      message: `a worker cannot load ${data.named}: ${(cause as Error).message}`,
      fix: mend,
      offending,
      cause
    })
  }
}
