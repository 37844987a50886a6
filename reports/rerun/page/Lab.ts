/**
 * Where runs are made: a worker of the page's own, which the page never waits for in one piece.
 *
 * Invariant: every run that is asked for is answered once, whatever becomes of the worker.
 */
import type {
  Done,
  Failed,
  FromWorker,
  Progressed,
  RunAsked,
  SampleRow,
  Stopped
} from "../../../sim/browser/Protocol.ts"
import { type Payload, unpack } from "./Payload.ts"

/** A run that came to its end. */
export interface Whole extends Done {
  readonly samples: readonly SampleRow[]
  /** Seconds of real time. */
  readonly seconds: number
}

export type Outcome = Whole | Failed | Stopped

interface Awaited {
  readonly id: number
  readonly began: number
  readonly samples: SampleRow[]
  readonly onProgress: (progress: Progressed, seconds: number) => void
  readonly settle: (outcome: Outcome) => void
}

/** Milliseconds after which a worker that does not heed a stop is ended. */
const PATIENCE = 2_000

export class Lab {
  #payload: Promise<Payload> | undefined
  #worker: Worker | undefined
  #awaited: Awaited | undefined
  #next = 1

  /** Makes a run; one at a time. */
  async run(asked: Omit<RunAsked, "type" | "id">, onProgress: Awaited["onProgress"]): Promise<Outcome> {
    const id = this.#next++
    let worker: Worker
    try {
      worker = this.#worker ?? (await this.#open())
    } catch (error) {
      return { type: "failed", id, error: cannotStart(String(error)) }
    }
    return new Promise((settle) => {
      this.#awaited = { id, began: performance.now(), samples: [], onProgress, settle }
      worker.postMessage({ type: "run", id, ...asked })
    })
  }

  /** Ends the run at hand; where it does not heed that, its worker. */
  stop(): void {
    const awaited = this.#awaited
    if (awaited === undefined) return
    this.#worker?.postMessage({ type: "stop" })
    setTimeout(() => {
      if (this.#awaited === awaited) this.#lose({ type: "stopped", id: awaited.id })
    }, PATIENCE)
  }

  async #open(): Promise<Worker> {
    this.#payload ??= unpack()
    const { script, wasm, artifacts } = await this.#payload
    const url = URL.createObjectURL(script)
    const worker = new Worker(url)
    worker.onmessage = ({ data }) => {
      URL.revokeObjectURL(url)
      this.#hear(data as FromWorker)
    }
    worker.onerror = (event) => {
      event.preventDefault()
      this.#lose({ type: "failed", error: cannotStart(event.message ?? "its script was refused") })
    }
    worker.postMessage({ type: "begin", wasm: new Uint8Array(wasm), artifacts })
    this.#worker = worker
    return worker
  }

  #hear(message: FromWorker): void {
    const awaited = this.#awaited
    if (message.type === "failed" && message.id === undefined) {
      this.#lose(message)
      return
    }
    if (awaited === undefined || message.id !== awaited.id) return
    const seconds = (performance.now() - awaited.began) / 1000
    if (message.type === "progress") {
      awaited.samples.push(...message.samples)
      awaited.onProgress(message, seconds)
      return
    }
    this.#awaited = undefined
    awaited.settle(message.type === "done" ? { ...message, samples: awaited.samples, seconds } : message)
  }

  /** The worker is of no more use; the next run gets another. */
  #lose(outcome: Failed | Stopped): void {
    this.#worker?.terminate()
    this.#worker = undefined
    const awaited = this.#awaited
    this.#awaited = undefined
    awaited?.settle(outcome)
  }
}

function cannotStart(why: string): Failed["error"] {
  return {
    tag: "ReportError",
    reason: "NotForAPage",
    message: `the worker that makes the runs stopped: ${why}`,
    fix: "Open the page in a current browser, or make the run with the command below."
  }
}
