/**
 * What a page's worker does: it answers the messages of Protocol.ts, one run after another.
 *
 * Invariant: whatever goes wrong is said in words, and the worker goes on with the next run.
 */
import { accelerateKeccak } from "../chain/codec/Keccak.ts"
import { type CompiledModule, compile } from "../chain/revm/Wasm.ts"
import { keccakBy } from "../chain/revm/WasmKeccak.ts"
import { errorWords, ScenarioError } from "../Errors.ts"
import { resolve, specHash } from "../run/RunSpec.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import { runInTurns } from "./PageRun.ts"
import type { Begin, Carried, FromWorker, RunAsked, ToWorker } from "./Protocol.ts"

/** The worker's end of the conversation: a worker's global scope, or a MessagePort. */
export interface Port {
  onmessage: ((event: { readonly data: unknown }) => void) | null
  postMessage(message: FromWorker): void
}

/** Where a pause comes from: neither the language's library nor Node's types alone have it. */
declare const MessageChannel: new () => {
  readonly port1: { onmessage: (() => void) | null; close(): void }
  readonly port2: { postMessage(message: null): void }
}

/** Serves runs of a scenario to whoever is at the other end. */
export function serveRuns(scenario: Scenario, port: Port): void {
  const server = new Server(scenario, port)
  // The other end is a page of ours, or a test: it says what Protocol.ts lists.
  port.onmessage = ({ data }) => server.hear(data as ToWorker)
}

interface Ground {
  readonly module: CompiledModule
  readonly artifacts: Carried
}

class Server {
  readonly #scenario: Scenario
  readonly #port: Port
  #ground: Ground | undefined
  #waiting: RunAsked[] = []
  #busy = false
  #stopped = false

  constructor(scenario: Scenario, port: Port) {
    this.#scenario = scenario
    this.#port = port
  }

  hear(message: ToWorker): void {
    if (message.type === "begin") this.#begin(message)
    else if (message.type === "stop") {
      this.#stopped = this.#busy
      for (const { id } of this.#waiting) this.#port.postMessage({ type: "stopped", id })
      this.#waiting = []
    } else {
      this.#waiting.push(message)
      if (!this.#busy) void this.#work()
    }
  }

  #begin({ wasm, artifacts }: Begin): void {
    try {
      const module = compile(wasm)
      accelerateKeccak(keccakBy(module))
      this.#ground = { module, artifacts }
    } catch (error) {
      this.#port.postMessage({ type: "failed", error: errorWords(error) })
    }
  }

  async #work(): Promise<void> {
    this.#busy = true
    for (let asked = this.#waiting.shift(); asked !== undefined; asked = this.#waiting.shift()) {
      this.#stopped = false
      try {
        this.#port.postMessage(await this.#run(asked))
      } catch (error) {
        this.#port.postMessage({ type: "failed", id: asked.id, error: errorWords(error) })
      }
    }
    this.#busy = false
  }

  async #run({ id, arm, seed, set }: RunAsked): Promise<FromWorker> {
    const ground = this.#ground
    if (ground === undefined) throw new Error("a run was asked for before `begin`")
    const scenario = this.#scenario
    const resolved = resolve(scenario, { arm, seed, set })
    const end = await runInTurns({
      scenario,
      resolved,
      module: ground.module,
      artifacts: (name) => carried(ground.artifacts, name),
      onTurn: async (progress, samples) => {
        this.#port.postMessage({ type: "progress", id, ...progress, samples })
        await pause()
        return this.#stopped
      }
    })
    if (end === undefined) return { type: "stopped", id }
    return {
      type: "done",
      id,
      specHash: specHash(resolved.spec),
      params: resolved.spec.params,
      digests: end.digests,
      checks: end.checks,
      transactions: end.counts.transactions,
      blocks: end.counts.blocks
    }
  }
}

function carried(artifacts: Carried, name: string): Carried[string] {
  const found = Object.hasOwn(artifacts, name) ? artifacts[name] : undefined
  if (found !== undefined) return found
  throw new ScenarioError({
    reason: "UnknownContract",
    message: `this page does not carry the contract ${name}`,
    fix: "Make this run with `mesocosm run`, which has every contract.",
    offending: { name: "contract", value: name }
  })
}

/** A turn of the host's event loop, in which messages are heard; a timer would be held back to 4 ms. */
function pause(): Promise<void> {
  return new Promise((resume) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resume()
    }
    port2.postMessage(null)
  })
}
