/**
 * The blocks of a run: their environment by the clock, and their execution. `block.number = genesis +
 * elapsed / every`, blocks that nobody made included.
 */
import type { BlockEnvironment, Chain, Receipt, Transaction } from "../chain/Chain.ts"
import { keccakText } from "../chain/codec/Keccak.ts"
import type { Reader } from "../chain/Handle.ts"
import type { Asking } from "../chain/Step.ts"
import { COINBASE } from "./Identity.ts"
import type { Journal } from "./Journal.ts"
import type { Prices } from "./Prices.ts"
import type { RunSpec } from "./RunSpec.ts"

export interface BlocksParts {
  readonly spec: RunSpec
  readonly chain: Chain
  readonly journal: Journal
  readonly reader: Reader
  readonly prices: Prices
}

export class Blocks {
  readonly #parts: BlocksParts
  /** The name that tells runs apart. */
  readonly #root: string
  /** The number of the block at the run's beginning. */
  genesis: number
  /** The number of the last block made. */
  last: number

  constructor(parts: BlocksParts, root: string, genesis: number, last: number) {
    this.#parts = parts
    this.#root = root
    this.genesis = genesis
    this.last = last
  }

  /** The environment of the latest boundary at `time`, in seconds. */
  environment(time: number, baseFee: bigint): BlockEnvironment {
    const { block, genesis } = this.#parts.spec
    const elapsed = Math.floor(time / block.every)
    const number = this.genesis + elapsed
    return {
      number,
      timestamp: genesis + elapsed * block.every,
      baseFee,
      gasLimit: block.gasLimit,
      prevRandao: keccakText(`${this.#root}/randao/${number}`),
      coinbase: COINBASE
    }
  }

  *execute(environment: BlockEnvironment, transactions: readonly Transaction[]): Asking<readonly Receipt[]> {
    const { chain, journal, reader, prices } = this.#parts
    const receipts = yield* chain.block(environment, transactions)
    journal.block(environment, transactions, receipts)
    this.last = environment.number
    reader.forget()
    prices.forget()
    return receipts
  }

  /** Mines the empty block of the latest boundary, so that reads see its number and time. */
  *advance(time: number, baseFee: bigint): Asking<void> {
    if (this.genesis + Math.floor(time / this.#parts.spec.block.every) <= this.last) return
    yield* this.execute(this.environment(time, baseFee), [])
  }
}
