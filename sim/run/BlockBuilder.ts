/**
 * The block builder: which of the waiting transactions get into a block, and in what order. It
 * judges by rules that need no execution, so that both chains agree: an upfront cost against the
 * balance as of the last block (as a transaction pool does), and gas limits against the block's.
 */
import type { BlockEnvironment, Hardfork, Receipt, Transaction } from "../chain/Chain.ts"
import type { Address, Hex, IntentWithoutTruth, Truth } from "../chain/Contracts.ts"
import { keccakText } from "../chain/codec/Keccak.ts"
import { ChainError } from "../Errors.ts"
import type { Status } from "../scenario/Behaviour.ts"
import type { BlockOrder } from "../scenario/BlockAndGas.ts"

/** An Intent that waits for the next block. Plain data. */
export interface Waiting {
  /** Order of decision in the whole run. */
  readonly sequence: number
  /** Index of the agent. */
  readonly agent: number
  readonly identity: Address
  /** How many Intents this identity had before. */
  readonly nth: number
  readonly intent: IntentWithoutTruth
  /** What only metrics may know of it. */
  readonly truth?: Truth
  readonly data: Hex
  readonly gas: number
  /** Wei per gas: its tip while it waits; from when its block is made on, the base fee included. */
  gasPrice: bigint
  /** Seconds at which it was decided. */
  readonly time: number
}

/** A transaction with its place, or why it has none. */
export interface Placed {
  readonly waiting: Waiting
  readonly status: Status
  /** Undefined when it is not in the block. */
  readonly transaction: Transaction | undefined
}

/**
 * What a chain said that it cannot answer of a transaction, with the call and who wanted it: the chain knows its place in
 * the block alone. Any other error as it is.
 */
export function blamed(
  error: unknown,
  placed: readonly Placed[],
  { keyAt, agent }: { readonly keyAt: (to: Address) => string | undefined; readonly agent: (index: number) => string }
): unknown {
  if (!(error instanceof ChainError && error.reason === "Unsupported" && error.offending?.name === "index"))
    return error
  const sent = placed.filter(({ transaction }) => transaction !== undefined)[Number(error.offending.value)]
  if (sent === undefined) return error
  const { intent, agent: index } = sent.waiting
  const call = `${keyAt(intent.to) ?? intent.contract}.${(intent.via ?? intent).fn}`
  return new ChainError({
    reason: "Unsupported",
    message: `${error.message}: ${call}, sent by ${agent(index)}`,
    fix: error.fix,
    offending: { name: "call", value: call },
    cause: error
  })
}

/** A block that was made of what waited. */
export interface MadeBlock {
  readonly environment: BlockEnvironment
  readonly placed: readonly Placed[]
  /** One per placed transaction that is in the block, in order. */
  readonly receipts: readonly Receipt[]
}

/** The accounts as the builder knows them. */
export interface Accounts {
  nonce(identity: Address): number
  /** Wei, as of the last block. */
  balance(identity: Address): bigint
}

/** EIP-7825: the most gas one transaction may ask for, from osaka on. */
const TRANSACTION_GAS_CAP = 16_777_216

/** Sorts what waits: by decision, by tip, or by a hash of run, identity and number, so that arms stay coupled. */
export function inOrder(waiting: readonly Waiting[], order: BlockOrder, root: string): readonly Waiting[] {
  if (order === "fifo" || waiting.length < 2) return waiting
  const ranked =
    order === "fee"
      ? [...waiting].sort((a, b) =>
          a.gasPrice === b.gasPrice ? a.sequence - b.sequence : a.gasPrice > b.gasPrice ? -1 : 1
        )
      : waiting
          .map((each) => ({ each, key: keccakText(`${root}/${each.identity}/${each.nth}`) }))
          .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.each.sequence - b.each.sequence))
          .map(({ each }) => each)
  // One identity's own transactions keep their order: they take the places its identity won.
  const own = new Map<Address, Waiting[]>()
  for (const each of waiting) {
    const list = own.get(each.identity)
    if (list === undefined) own.set(each.identity, [each])
    else list.push(each)
  }
  return ranked.map((each) => own.get(each.identity)?.shift() ?? each)
}

/** Places what waits into a block. */
export function place(
  waiting: readonly Waiting[],
  rules: { readonly gasLimit: number; readonly hardfork: Hardfork },
  accounts: Accounts
): readonly Placed[] {
  const owed = new Map<Address, bigint>()
  const used = new Map<Address, number>()
  let gas = 0
  return waiting.map((each): Placed => {
    if (rules.hardfork === "osaka" && each.gas > TRANSACTION_GAS_CAP) return refused(each, "gas-over-cap")
    // Whatever its bytes are, call data costs at most 40 gas each.
    if (each.gas < 21_000 + 20 * each.data.length && each.gas < intrinsicGas(each.data)) {
      return refused(each, "gas-too-low")
    }
    if (gas + each.gas > rules.gasLimit) return refused(each, "block-full")
    const value = each.intent.value ?? 0n
    const upfront = (owed.get(each.identity) ?? 0n) + BigInt(each.gas) * each.gasPrice + value
    if (upfront > accounts.balance(each.identity)) return refused(each, "no-funds")
    owed.set(each.identity, upfront)
    gas += each.gas
    const before = used.get(each.identity) ?? 0
    used.set(each.identity, before + 1)
    return {
      waiting: each,
      status: "ok",
      transaction: {
        from: each.identity,
        to: each.intent.to,
        data: each.data,
        value,
        nonce: accounts.nonce(each.identity) + before,
        gas: each.gas,
        gasPrice: each.gasPrice
      }
    }
  })
}

function refused(waiting: Waiting, status: Status): Placed {
  return { waiting, status, transaction: undefined }
}

/**
 * The least gas a call's transaction must bring: 21,000 and its call data (EIP-2028: 4 per zero byte, 16 per
 * other), or the floor of EIP-7623 (10 and 40), whichever is more.
 */
export function intrinsicGas(data: Hex): number {
  let zeros = 0
  const bytes = (data.length - 2) / 2
  for (let at = 2; at < data.length; at += 2) {
    if (data.charCodeAt(at) === 48 && data.charCodeAt(at + 1) === 48) zeros++
  }
  const tokens = zeros + (bytes - zeros) * 4
  return 21_000 + Math.max(tokens * 4, tokens * 10)
}
