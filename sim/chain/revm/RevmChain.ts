/**
 * The fast chain: revm as WebAssembly, in this thread, answering at once. It runs in Node and in a page.
 *
 * A block is one call into the module, and happens whole or not at all. Skipped empty blocks cost nothing,
 * since a block's environment is given with it. A snapshot is a copy of linear memory.
 *
 * What hangs on state roots it cannot know: BLOCKHASH of an earlier block and the contracts of EIP-2935 and
 * EIP-4788 fail there and then with ChainError Unsupported, in transactions, calls and reads alike.
 */
import { ChainError } from "../../Errors.ts"
import type {
  BlockEnvironment,
  Call,
  CallOutcome,
  Chain,
  Hardfork,
  Receipt,
  SnapshotId,
  Transaction
} from "../Chain.ts"
import type { Address, Hex } from "../Contracts.ts"
import { CALL_GAS } from "../Rules.ts"
import { answered, failed, type Read, type Step, Untaken } from "../Step.ts"
import { Instance, MALFORMED, OK, type Question, REFUSED, UNSUPPORTED } from "./Instance.ts"
import type { CompiledModule } from "./Wasm.ts"
import { readOutcomes, readReceipts, writeBlock, writeCalls, writeFund, writePlace, writeWhere } from "./Wire.ts"

/** How a revm chain is opened. */
export interface RevmOptions {
  readonly hardfork: Hardfork
  /** The compiled revm.wasm; one module serves any number of chains. */
  readonly module: CompiledModule
}

/** Most bytes that a chain's snapshots may take together. */
const SNAPSHOT_BYTES = 2_147_483_648

interface Point {
  readonly memory: Uint8Array
  readonly number: number
  readonly timestamp: number
}

/** A chain on revm. */
export class RevmChain implements Chain {
  readonly kind = "revm"
  readonly hardfork: Hardfork
  readonly untaken: Untaken = new Untaken()
  readonly #module: CompiledModule
  /** Undefined once the chain is closed, or its memory ran out. */
  #instance: Instance | undefined
  #closed = false
  /** Of the last block. */
  #number = 0
  #timestamp = 0
  readonly #points = new Map<SnapshotId, Point>()
  #nextPoint: SnapshotId = 0
  #snapshotBytes = 0
  /** The memory of a snapshot that nobody needs, for the next one. */
  #spare: Uint8Array | undefined

  private constructor({ hardfork, module }: RevmOptions) {
    this.hardfork = hardfork
    this.#module = module
    this.#instance = new Instance(module)
    this.#instance.open(hardfork === "prague" ? 0 : 1, CALL_GAS)
  }

  /** Opens an empty chain at block 0, timestamp 0. */
  static open(options: RevmOptions): RevmChain {
    return new RevmChain(options)
  }

  /**
   * @inheritdoc
   * A block of which a transaction was refused leaves nothing behind.
   * @throws ChainError Unsupported when a transaction asked for what hangs on state roots.
   */
  block(environment: BlockEnvironment, transactions: readonly Transaction[]): Step<readonly Receipt[]> {
    return this.#step(() => {
      this.#mayFollow(environment)
      const instance = this.#open()
      writeBlock(instance, environment, transactions)
      this.#ask("block", (index) => `transaction ${index} of block ${environment.number}`)
      this.#number = environment.number
      this.#timestamp = environment.timestamp
      return readReceipts(instance, transactions.length)
    })
  }

  call(call: Call): Read<CallOutcome> {
    return this.#step(() => {
      const [outcome] = this.#calls([call])
      // As many outcomes as calls.
      return outcome as CallOutcome
    })
  }

  calls(calls: readonly Call[]): Read<readonly CallOutcome[]> {
    return this.#step(() => this.#calls(calls))
  }

  balance(address: Address): Read<bigint> {
    return this.#step(() => {
      const instance = this.#where("account", address)
      return BigInt(instance.read(instance.text, 66))
    })
  }

  /** Bytes of linear memory: what a snapshot takes. */
  get memory(): number {
    return this.#open().size
  }

  /** The number of transactions an account has sent, and of contracts a contract has made. */
  nonce(address: Address): Read<number> {
    return this.#step(() => {
      const instance = this.#where("account", address)
      return Number(instance.read(instance.text + 66, 18))
    })
  }

  code(address: Address): Read<Hex> {
    return this.#step(() => {
      const instance = this.#where("account", address)
      const length = 2 + 2 * instance.view.getUint32(instance.binary, true)
      // The crate prints 0x and digits.
      return instance.read(instance.text + 66 + 18, length) as Hex
    })
  }

  storage(address: Address, slot: Hex): Read<Hex> {
    // The crate prints 0x and digits.
    return this.#step(() => this.#where("storage", address, `0x${slot.slice(2).padStart(64, "0")}`).words() as Hex)
  }

  fund(accounts: readonly Address[], wei: bigint): Step<void> {
    return this.#step(() => {
      writeFund(this.#open(), accounts, wei)
      this.#ask("fund", (index) => `the funding of ${accounts[index]}`)
    })
  }

  place(address: Address, code: Hex): Step<void> {
    return this.#step(() => {
      writePlace(this.#open(), address, code)
      this.#ask("place", () => `the code for ${address}`)
    })
  }

  /**
   * @inheritdoc
   * It takes as many bytes as linear memory has: about a megabyte for an empty chain, 40 for 100,000 accounts.
   * @throws ChainError Unsupported when all snapshots together would take more than SNAPSHOT_BYTES.
   */
  snapshot(): Step<SnapshotId> {
    return this.#step(() => {
      const instance = this.#open()
      if (this.#snapshotBytes + instance.size > SNAPSHOT_BYTES) throw tooManySnapshots(this.#points.size)
      const id = this.#nextPoint++
      this.#points.set(id, { memory: instance.copy(this.#spare), number: this.#number, timestamp: this.#timestamp })
      this.#spare = undefined
      this.#snapshotBytes += instance.size
      return id
    })
  }

  release(id: SnapshotId): Step<void> {
    return this.#step(() => this.#drop(id))
  }

  #drop(id: SnapshotId): void {
    const point = this.#points.get(id)
    if (point === undefined) return
    this.#points.delete(id)
    this.#snapshotBytes -= point.memory.length
    this.#spare = point.memory
  }

  /**
   * @inheritdoc
   * A chain whose memory ran out works again after it.
   */
  revert(id: SnapshotId): Step<void> {
    return this.#step(() => {
      const point = this.#points.get(id)
      if (point === undefined) throw notASnapshot(id)
      this.#instance ??= new Instance(this.#module)
      this.#instance.restore(point.memory)
      this.#number = point.number
      this.#timestamp = point.timestamp
      for (const other of this.#points.keys()) if (other > id) this.#drop(other)
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#instance = undefined
    this.#points.clear()
    this.#spare = undefined
    this.#snapshotBytes = 0
  }

  #step<A>(ask: () => A): Read<A> {
    let answer: A
    try {
      answer = ask()
    } catch (error) {
      return failed(error, this.untaken)
    }
    return answered(answer, this.untaken)
  }

  #calls(calls: readonly Call[]): readonly CallOutcome[] {
    const instance = this.#open()
    writeCalls(instance, calls)
    this.#ask("calls", (index) => `a call to ${calls[index]?.to}`)
    return readOutcomes(instance, calls.length)
  }

  #where(question: "account" | "storage", address: Address, slot?: string): Instance {
    const instance = this.#open()
    writeWhere(instance, address, slot)
    this.#ask(question, () => `a read of ${address}`)
    return instance
  }

  #open(): Instance {
    if (this.#instance !== undefined && !this.#closed) return this.#instance
    throw new ChainError({
      reason: "Connection",
      message: this.#closed ? "the chain is closed" : "the chain's memory ran out before",
      fix: this.#closed ? "Ask it before it is closed." : "Revert to a snapshot, or open another chain."
    })
  }

  #mayFollow({ number, timestamp }: BlockEnvironment): void {
    const name = number <= this.#number ? "number" : timestamp < this.#timestamp ? "timestamp" : undefined
    if (name === undefined) return
    throw new ChainError({
      reason: "Connection",
      message: `block ${number} at ${timestamp} s cannot follow block ${this.#number} at ${this.#timestamp} s`,
      fix: "Give each block a number above the one before, and a time not before it.",
      offending: { name, value: String(name === "number" ? number : timestamp) }
    })
  }

  /** Asks what was written; `which` names an entry of it. */
  #ask(question: Question, which: (index: number) => string): void {
    const instance = this.#open()
    let code: number
    try {
      code = instance.answer(question)
    } catch (cause) {
      // The one trap there is: memory ran out. What is in it now cannot be trusted.
      this.#instance = undefined
      throw outOfMemory(cause)
    }
    if (code !== OK) throw wrong(code, which(instance.view.getUint32(instance.binary, true)), instance)
  }
}

function wrong(code: number, which: string, instance: Instance): ChainError {
  const words = instance.words()
  const index = String(instance.view.getUint32(instance.binary, true))
  if (code === UNSUPPORTED) {
    return new ChainError({
      reason: "Unsupported",
      message: `${which} asks for ${words}, which hangs on state roots; the revm chain has none`,
      fix: "Run it with --chain hardhat, or do without it.",
      offending: { name: "index", value: index }
    })
  }
  if (code === MALFORMED) {
    return new ChainError({
      reason: "MalformedData",
      message: "an address, word or data is not in hexadecimal digits, or not of its length",
      fix: "Give addresses of 20 bytes, words of 32, and whole bytes, in hexadecimal digits after 0x."
    })
  }
  return new ChainError({
    reason: "Connection",
    message: `${which} was refused: ${words}`,
    fix: "Report this with the scenario, arm and seed: the engine's own checks have a gap.",
    offending: { name: code === REFUSED ? "transaction" : "index", value: index }
  })
}

function outOfMemory(cause: unknown): ChainError {
  return new ChainError({
    reason: "Unsupported",
    message: "the revm chain's memory ran out",
    fix: "Give transactions less gas, or run it with --chain hardhat.",
    cause
  })
}

function notASnapshot(id: SnapshotId): ChainError {
  return new ChainError({
    reason: "Connection",
    message: `snapshot ${id} is not one of this chain, or was taken after one that was gone back to`,
    fix: "Revert to a snapshot that is still valid.",
    offending: { name: "snapshot", value: String(id) }
  })
}

function tooManySnapshots(count: number): ChainError {
  return new ChainError({
    reason: "Unsupported",
    message: `${count} snapshots take all the memory that snapshots may take`,
    fix: "Keep fewer snapshots: going back to one frees those taken after it.",
    offending: { name: "snapshots", value: String(SNAPSHOT_BYTES), unit: "bytes" }
  })
}
