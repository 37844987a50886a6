/**
 * When the conservation audit is done, and what follows: the touched holders of each block after it, every
 * known holder at checkpoints, and the block of a leak found by replay from the checkpoint before.
 */
import type { Chain } from "../chain/Chain.ts"
import type { Address } from "../chain/Contracts.ts"
import type { Asking } from "../chain/Step.ts"
import type { Books } from "./Books.ts"
import { judge } from "./Conservation.ts"
import type { Journal } from "./Journal.ts"
import type { RunSpec } from "./RunSpec.ts"

/** Full audits over a run, the last at its end. */
const CHECKPOINTS = 8

/** Counts of the full audits so far. */
export interface AuditsState {
  /** Most probes that a checkpoint had. */
  readonly holders: number
  readonly checkpoints: number
}

export class Audits {
  readonly #chain: Chain
  readonly #books: Books
  readonly #journal: Journal
  /** Most probes that a checkpoint had. */
  #holders: number
  #checkpoints: number

  constructor(chain: Chain, books: Books, journal: Journal, state?: AuditsState) {
    this.#holders = state?.holders ?? 0
    this.#checkpoints = state?.checkpoints ?? 0
    this.#chain = chain
    this.#books = books
    this.#journal = journal
  }

  save(): AuditsState {
    return { holders: this.#holders, checkpoints: this.#checkpoints }
  }

  /** Audits what the block moved. @throws ChainError Conservation. */
  *block(number: number): Asking<void> {
    const probes = this.#books.conservation.probes()
    if (probes.length === 0) return
    const outcomes = yield* this.#chain.calls(probes.map(({ call }) => call))
    this.#books.audited(probes, outcomes, number)
  }

  /** Audits every known holder, and remembers the chain as it is. @throws ChainError Conservation. */
  *checkpoint(known: Iterable<Address>, lastBlock: number): Asking<void> {
    const probes = this.#books.conservation.fullProbes(known)
    const leak = judge(probes, yield* this.#chain.calls(probes.map(({ call }) => call)))
    this.#holders = Math.max(this.#holders, probes.length)
    if (leak !== undefined) {
      const block = yield* this.#journal.locate(this.#chain, leak)
      throw this.#books.leak(leak, block ?? lastBlock)
    }
    this.#checkpoints++
    yield* this.#journal.checkpoint(this.#chain)
  }
}

/** The next checkpoint's time: evenly spread over the horizon, on block boundaries; `time` itself at the end. */
export function checkpointAfter({ horizon, block }: RunSpec, time: number): number {
  const step = Math.max(block.every, Math.ceil(horizon / CHECKPOINTS / block.every) * block.every)
  return time >= horizon ? time : Math.min(horizon, time + step)
}
