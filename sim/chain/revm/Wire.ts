/**
 * Blocks and calls into a wasm instance's memory, receipts and outcomes out of it, in the form that the
 * crate's `wire` and `machine` describe.
 *
 * Digits cross as digits: the crate reads and prints them, which is quicker than doing it here.
 */
import { ChainError } from "../../Errors.ts"
import type { BlockEnvironment, Call, CallOutcome, Log, Receipt, Transaction } from "../Chain.ts"
import type { Address, Hex } from "../Contracts.ts"
import type { Instance } from "./Instance.ts"

const ENVIRONMENT = 4 * 8
const TRANSACTION = 1 + 32 + 8 + 8 + 16 + 4
const ZERO_ADDRESS: Address = `0x${"0".repeat(40)}`
const WORD = 64n
const LOW = (1n << WORD) - 1n

/** Writes a block as the question at hand. */
export function writeBlock(
  instance: Instance,
  environment: BlockEnvironment,
  transactions: readonly Transaction[]
): void {
  let text = environment.prevRandao + environment.coinbase
  for (const { from, to, data } of transactions) text += to === undefined ? from + data : from + to + data
  const view = instance.ask(4 + ENVIRONMENT + 4 + TRANSACTION * transactions.length, text)
  const at = instance.start
  whole(view, at, environment.number, "block number")
  whole(view, at + 8, environment.timestamp, "timestamp")
  wide(view, at + 16, environment.baseFee, 1, "base fee")
  whole(view, at + 24, environment.gasLimit, "block gas limit")
  writeTransactions(view, at + ENVIRONMENT, transactions)
}

function writeTransactions(view: DataView, start: number, transactions: readonly Transaction[]): void {
  view.setUint32(start, transactions.length, true)
  let at = start + 4
  for (const transaction of transactions) {
    if (transaction.to === undefined) view.setUint8(at, 1)
    wide(view, at + 1, transaction.value, 4, "value")
    whole(view, at + 33, transaction.nonce, "nonce")
    whole(view, at + 41, transaction.gas, "gas")
    wide(view, at + 49, transaction.gasPrice, 2, "gas price")
    view.setUint32(at + 65, (transaction.data.length - 2) >>> 1, true)
    at += TRANSACTION
  }
}

/** Reads the receipts of so many transactions from the answer at hand. */
export function readReceipts(instance: Instance, count: number): Receipt[] {
  const { view } = instance
  let at = instance.binary
  const words = instance.words()
  let textAt = 0
  const receipts = new Array<Receipt>(count)
  for (let index = 0; index < count; index++) {
    const length = view.getUint32(at, true)
    const flags = view.getUint8(at + 4)
    const gasUsed = view.getUint32(at + 5, true) + view.getUint32(at + 9, true) * 4_294_967_296
    const logCount = view.getUint32(at + 13, true)
    at += 17
    const start = textAt
    textAt += length
    if ((flags & 1) === 0) {
      if ((flags & 4) !== 0) at += 4
      const revert = (flags & 4) === 0 ? "0x" : hex(words, start, length)
      receipts[index] = { ok: false, gasUsed, logs: NO_LOGS, revert }
      continue
    }
    let next = (flags & 2) === 0 ? start : start + 42
    const logs = logCount === 0 ? NO_LOGS : new Array<Log>(logCount)
    for (let i = 0; i < logCount; i++) {
      const topicCount = view.getUint8(at)
      const size = 2 + 2 * view.getUint32(at + 1, true)
      at += 5
      const address = hex(words, next, 42)
      next += 42
      const topics = new Array<Hex>(topicCount)
      for (let topic = 0; topic < topicCount; topic++) {
        topics[topic] = hex(words, next, 66)
        next += 66
      }
      logs[i] = { address, topics, data: hex(words, next, size) }
      next += size
    }
    receipts[index] =
      (flags & 2) === 0
        ? { ok: true, gasUsed, logs, revert: "0x" }
        : { ok: true, gasUsed, logs, revert: "0x", created: hex(words, start, 42) }
  }
  return receipts
}

const NO_LOGS: Log[] = []

/** Writes calls as the question at hand. */
export function writeCalls(instance: Instance, calls: readonly Call[]): void {
  let text = ""
  for (const { from, to, data } of calls) text += (from ?? ZERO_ADDRESS) + to + data
  const view = instance.ask(4 + 4 + 4 * calls.length, text)
  let at = instance.start
  view.setUint32(at, calls.length, true)
  for (const { data } of calls) {
    at += 4
    view.setUint32(at, (data.length - 2) >>> 1, true)
  }
}

/** Reads the outcomes of so many calls from the answer at hand. */
export function readOutcomes(instance: Instance, count: number): CallOutcome[] {
  const { view } = instance
  let at = instance.binary
  const words = instance.words()
  let textAt = 0
  const outcomes = new Array<CallOutcome>(count)
  for (let index = 0; index < count; index++) {
    const length = 2 + 2 * view.getUint32(at + 1, true)
    outcomes[index] = { ok: view.getUint8(at) === 1, output: hex(words, textAt, length) }
    at += 5
    textAt += length
  }
  return outcomes
}

/** Writes accounts and the balance each shall have. */
export function writeFund(instance: Instance, accounts: readonly Address[], wei: bigint): void {
  const view = instance.ask(4 + 32 + 4, accounts.join(""))
  wide(view, instance.start, wei, 4, "balance")
  view.setUint32(instance.start + 32, accounts.length, true)
}

/** Writes an address and the code it shall have. */
export function writePlace(instance: Instance, address: Address, code: Hex): void {
  instance.ask(8, address + code).setUint32(instance.start, (code.length - 2) >>> 1, true)
}

/** Writes an address, or an address and a slot. */
export function writeWhere(instance: Instance, address: Address, slot: string = ""): void {
  instance.ask(4, address + slot)
}

/** What the crate prints there: 0x and digits. */
function hex(text: string, from: number, length: number): Hex {
  return text.slice(from, from + length) as Hex
}

function whole(view: DataView, at: number, value: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < 0) throw outOfRange(name, value)
  view.setUint32(at, value >>> 0, true)
  if (value > 0xffff_ffff) view.setUint32(at + 4, Math.floor(value / 4_294_967_296), true)
}

/** Writes a bigint of at most `words` times 64 bits; zero is there already. */
function wide(view: DataView, at: number, value: bigint, words: number, name: string): void {
  if (value === 0n) return
  if (value < 0n || value >> (WORD * BigInt(words)) !== 0n) throw outOfRange(name, value)
  if (value <= LOW) {
    view.setBigUint64(at, value, true)
    return
  }
  let rest = value
  for (let to = at; rest > 0n; to += 8) {
    view.setBigUint64(to, rest & LOW, true)
    rest >>= WORD
  }
}

function outOfRange(name: string, value: number | bigint): ChainError {
  return new ChainError({
    reason: "MalformedArguments",
    message: `${name} is beyond what a block can hold`,
    fix: `Give a whole ${name} that is not negative and not that large.`,
    offending: { name, value: String(value) }
  })
}
