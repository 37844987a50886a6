/**
 * What a conductor and its workers share: the queue on Redis or Valkey, what a job says, and what its answer is.
 *
 * A job is named by the hash of its RunSpec, the chain and the code, so that the same run is never queued twice, and an
 * answer that was computed for one who went away serves the next who asks.
 */
import { Redis } from "ioredis"
import type { ChainKind } from "../../chain/Chain.ts"
import type { ErrorWords } from "../../Errors.ts"
import { ScenarioError } from "../../Errors.ts"
import type { Manifest } from "../../store/Manifest.ts"
import type { RunRecord } from "../../store/RunRecord.ts"
import type { Task } from "../Planning.ts"

/** The queue's name: every conductor and every worker of a server meet here. */
export const QUEUE = "mesocosm"

/** A run to be made somewhere: plain data. */
export interface FleetJob extends Task {
  /** The scenario as it was named: an id, or a path that the worker has too. */
  readonly named: string
  readonly chain: ChainKind
  /** Hash of the code that the runs of this experiment are made by. */
  readonly fingerprint: string
}

/** What a worker answers: as a thread does. */
export interface FleetAnswer {
  /** Its machine and process, for who looks on; undefined where nobody made the run. */
  readonly worker?: string
  readonly record: RunRecord | null
  readonly manifest: Manifest | null
  readonly error: ErrorWords | null
}

/** What a worker that has other code says before it leaves. */
export interface Refusal {
  readonly refused: string
}

export function jobId({ hash, chain, fingerprint }: Pick<FleetJob, "hash" | "chain" | "fingerprint">): string {
  return `${hash}-${chain}-${fingerprint.slice(0, 16)}`
}

/** Milliseconds in which a server must have answered once. */
const PATIENCE = 5_000

/**
 * A connection that waits out a restart of the server.
 * @throws ScenarioError Usage for what is no address, Unreachable where no server answers.
 */
export async function connect(address: string): Promise<Redis> {
  if (!/^rediss?:\/\/./.test(address)) {
    throw new ScenarioError({
      reason: "Usage",
      message: `--queue is "${address}", which is no address of a Redis or Valkey server`,
      fix: "Give one as redis://host:port, or rediss:// where it speaks TLS; for example --queue redis://127.0.0.1:6379.",
      offending: { name: "--queue", value: address }
    })
  }
  const shown = masked(address)
  let opened = false
  const redis = new Redis(address, {
    maxRetriesPerRequest: null,
    lazyConnect: true,
    connectTimeout: PATIENCE,
    retryStrategy: (times) => (opened ? Math.min(2_000, 100 * times) : null)
  })
  let said = ""
  redis.on("error", (error: Error) => {
    said = error.message
  })
  try {
    await redis.connect()
    await redis.ping()
    opened = true
    return redis
  } catch (cause) {
    redis.disconnect()
    throw new ScenarioError({
      reason: "Unreachable",
      message: `no Redis or Valkey server answers at ${shown}: ${said || String((cause as Error).message)}`,
      fix: "Start one (redis-server --appendonly yes), or correct the address, its password and its TLS.",
      offending: { name: "--queue", value: shown },
      cause
    })
  }
}

/** An address without its password. */
export function masked(address: string): string {
  return address.replace(/^(rediss?:\/\/[^/@]*:)[^/@]*@/, "$1…@")
}
