/**
 * The journal: every operation that changed the chain, in order, with what its receipts came to. It
 * rebuilds a chain that exports no state, and finds the block in which a token leaked. It goes back to the
 * beginning, or to the last checkpoint alone, so that long runs do not fill memory.
 */
import type { BlockEnvironment, Chain, Receipt, SnapshotId, Transaction } from "../chain/Chain.ts"
import type { Address, Hex } from "../chain/Contracts.ts"
import { keccakText } from "../chain/codec/Keccak.ts"
import type { Asking } from "../chain/Step.ts"
import { ChainError } from "../Errors.ts"
import type { MadeBlock } from "./BlockBuilder.ts"
import type { Leak } from "./Conservation.ts"
import { amountIn, questionOf } from "./TokenQuestion.ts"

/** Plain data. */
export type ChainOperation =
  | { readonly kind: "fund"; readonly accounts: readonly Address[]; readonly wei: bigint }
  | {
      readonly kind: "block"
      readonly environment: BlockEnvironment
      readonly transactions: readonly Transaction[]
      readonly came: Came
    }

/** Plain data; `cut` says that what came before was let go. */
export interface JournalState {
  readonly operations: readonly ChainOperation[]
  readonly cut: boolean
}

/** What a block came to: gas, successes and logs. A replay that differs anywhere nearly always differs here. */
interface Came {
  readonly gas: number
  readonly ok: number
  readonly logs: number
}

const TRANSFER: Hex = keccakText("Transfer(address,address,uint256)")

export class Journal {
  #operations: ChainOperation[]
  readonly #bounded: boolean
  /** Whether operations before those at hand were let go. */
  #cut = false
  #checkpoint: { readonly snapshot: SnapshotId; readonly at: number } | undefined

  constructor(reach: "whole" | "checkpoint" = "whole", state?: JournalState) {
    this.#bounded = reach === "checkpoint"
    this.#operations = [...(state?.operations ?? [])]
    this.#cut = state?.cut ?? false
  }

  save(): JournalState {
    return { operations: this.#operations, cut: this.#cut }
  }

  fund(accounts: readonly Address[], wei: bigint): void {
    this.#operations.push({ kind: "fund", accounts, wei })
  }

  block(environment: BlockEnvironment, transactions: readonly Transaction[], receipts: readonly Receipt[]): void {
    this.#operations.push({ kind: "block", environment, transactions, came: cameOf(receipts) })
  }

  /** The blocks of set-up, as they were entered. */
  entered(entries: readonly MadeBlock[]): void {
    for (const { environment, placed, receipts } of entries) {
      const transactions = placed.flatMap(({ transaction }) => (transaction === undefined ? [] : [transaction]))
      this.block(environment, transactions, receipts)
    }
  }

  /** Remembers the chain as it is: leaks are looked for from here on. */
  *checkpoint(chain: Chain): Asking<void> {
    const before = this.#checkpoint
    if (this.#bounded && this.#operations.length > 0) {
      this.#operations = []
      this.#cut = true
    }
    this.#checkpoint = { snapshot: yield* chain.snapshot(), at: this.#operations.length }
    if (before !== undefined) yield* chain.release(before.snapshot)
  }

  /**
   * Does every operation again, on a fresh chain.
   * @throws ChainError Audit when a block's receipts are not the recorded ones, or the journal does not go back to
   *   the beginning.
   */
  *replay(chain: Chain): Asking<void> {
    if (this.#cut) {
      throw new ChainError({
        reason: "Audit",
        message: "the journal of this run goes back to its last checkpoint only, so that the chain cannot be rebuilt",
        fix: "Go on from the chain's own snapshot, or begin the run with journal: whole."
      })
    }
    for (const operation of this.#operations) {
      const receipts = yield* perform(chain, operation)
      if (operation.kind === "block" && differs(cameOf(receipts), operation.came)) {
        throw new ChainError({
          reason: "Audit",
          message: `block ${operation.environment.number}, replayed, gave other receipts than the recorded ones`,
          fix: "Run it again with the recorded versions; the manifest names them.",
          offending: { name: "block", value: String(operation.environment.number) }
        })
      }
    }
  }

  /**
   * The block in which a leak happened, found by replay from the last checkpoint; undefined when
   * the replay does not show it. The chain is left where the leak was found.
   */
  *locate(chain: Chain, leak: Leak): Asking<number | undefined> {
    const from = this.#checkpoint
    const question = questionOf(leak.token, leak.holder)
    // Without a checkpoint the leak is somewhere since the beginning, which only a fresh chain could replay.
    if (from === undefined) return undefined
    yield* chain.revert(from.snapshot)
    let expected = amountIn(yield* chain.call(question))
    for (const operation of this.#operations.slice(from.at)) {
      const receipts = yield* perform(chain, operation)
      if (operation.kind !== "block") continue
      for (const receipt of receipts) {
        for (const log of receipt.logs) {
          if (log.address !== leak.token || log.topics[0] !== TRANSFER || log.topics.length !== 3) continue
          const amount = BigInt(log.data)
          expected += change(log.topics[1] as Hex, log.topics[2] as Hex, leak.holder, amount)
        }
      }
      if (amountIn(yield* chain.call(question)) !== expected) return operation.environment.number
    }
    return undefined
  }
}

function change(from: Hex, to: Hex, holder: Address | undefined, amount: bigint): bigint {
  const [minted, burnt] = [BigInt(from) === 0n, BigInt(to) === 0n]
  if (holder === undefined) return minted ? amount : burnt ? -amount : 0n
  const who = holder.slice(2)
  return (to.slice(26) === who ? amount : 0n) - (from.slice(26) === who ? amount : 0n)
}

function* perform(chain: Chain, operation: ChainOperation): Asking<readonly Receipt[]> {
  if (operation.kind === "block") return yield* chain.block(operation.environment, operation.transactions)
  yield* chain.fund(operation.accounts, operation.wei)
  return []
}

function cameOf(receipts: readonly Receipt[]): Came {
  let [gas, ok, logs] = [0, 0, 0]
  for (const receipt of receipts) {
    gas += receipt.gasUsed
    logs += receipt.logs.length
    if (receipt.ok) ok++
  }
  return { gas, ok, logs }
}

function differs(a: Came, b: Came): boolean {
  return a.gas !== b.gas || a.ok !== b.ok || a.logs !== b.logs
}
