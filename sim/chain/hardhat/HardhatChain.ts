/**
 * The reference chain: Hardhat's simulated network in this process.
 *
 * A block is one batch of requests: the skipped blocks, the environment, the transactions in their
 * order, the mining. The network stops a batch at the first refusal, so a block is mined only when
 * every transaction was accepted; its receipts are a second batch, and the revert data of those
 * that failed a third.
 *
 * Nothing is left to the network's own choice: automatic mining is off, the pool is first come first
 * served, and number, timestamp, base fee, prevrandao, coinbase, gas limit, nonces and prices are given.
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
import type { Read, Step } from "../Step.ts"
import { answered, suspended, Untaken } from "../Step.ts"
import { callOutcome, type Frame, type NodeReceipt, receiptOf, TOP_FRAME } from "./Answers.ts"
import { GENESIS_GAS_LIMIT, Network, type NetworkOptions, type Request } from "./Network.ts"

const ZERO_ADDRESS: Address = `0x${"0".repeat(40)}`

interface Point {
  /** The network's own snapshot, used up when it is gone back to. */
  readonly theirs: unknown
  readonly number: number
}

/** A chain on Hardhat's simulated network. */
export class HardhatChain implements Chain {
  readonly kind = "hardhat"
  readonly hardfork: Hardfork
  readonly untaken: Untaken = new Untaken()
  readonly #network: Network
  /** Gas given to a call. */
  readonly #callGas: Hex
  /** Number of the last block. */
  #number = 0
  /** As last set; undefined when not known. */
  #coinbase: Address | undefined
  #gasLimit: number | undefined = GENESIS_GAS_LIMIT
  readonly #senders = new Set<Address>()
  readonly #points = new Map<SnapshotId, Point>()
  #nextPoint: SnapshotId = 0

  private constructor(network: Network, options: NetworkOptions) {
    this.#network = network
    this.hardfork = options.hardfork
    const cap = options.transactionGasCap
    this.#callGas = hex(typeof cap === "number" ? Math.min(cap, CALL_GAS) : CALL_GAS)
  }

  /** Opens an empty chain at block 0, timestamp 0. The first in a process loads Hardhat, in about a second. */
  static async open(options: NetworkOptions): Promise<HardhatChain> {
    return new HardhatChain(await Network.open(options), options)
  }

  /**
   * @inheritdoc
   * When a transaction was accepted and yet not included, the block stands without it.
   * @throws ChainError Unsupported at timestamp 0, which the network takes for "now".
   */
  block(environment: BlockEnvironment, transactions: readonly Transaction[]): Step<readonly Receipt[]> {
    return suspended(() => this.#block(environment, transactions), this.untaken)
  }

  call(call: Call): Read<CallOutcome> {
    return suspended(async () => callOutcome(asFrame(await this.#network.ask(this.#tracedCall(call)))), this.untaken)
  }

  calls(calls: readonly Call[]): Read<readonly CallOutcome[]> {
    return suspended(async () => {
      const answers = await this.#network.askAll(calls.map((call) => this.#tracedCall(call)))
      return answers.map((answer) => callOutcome(asFrame(answer)))
    }, this.untaken)
  }

  balance(address: Address): Read<bigint> {
    return suspended(
      async () => BigInt(asHex(await this.#network.ask(["eth_getBalance", address, "latest"]))),
      this.untaken
    )
  }

  code(address: Address): Read<Hex> {
    return suspended(async () => asHex(await this.#network.ask(["eth_getCode", address, "latest"])), this.untaken)
  }

  storage(address: Address, slot: Hex): Read<Hex> {
    const word = `0x${slot.slice(2).padStart(64, "0")}`
    return suspended(
      async () => asHex(await this.#network.ask(["eth_getStorageAt", address, word, "latest"])),
      this.untaken
    )
  }

  fund(accounts: readonly Address[], wei: bigint): Step<void> {
    return suspended(async () => {
      const requests: Request[] = []
      for (const account of accounts) {
        requests.push(["hardhat_setBalance", account, hex(wei)])
        this.#impersonate(account, requests)
      }
      await this.#network.askAll(requests)
    }, this.untaken)
  }

  place(address: Address, code: Hex): Step<void> {
    return suspended(async () => {
      await this.#network.ask(["hardhat_setCode", address, code])
    }, this.untaken)
  }

  snapshot(): Step<SnapshotId> {
    return suspended(async () => {
      const id = this.#nextPoint++
      this.#points.set(id, { theirs: await this.#network.ask(["evm_snapshot"]), number: this.#number })
      return id
    }, this.untaken)
  }

  revert(id: SnapshotId): Step<void> {
    return suspended(() => this.#revert(id), this.untaken)
  }

  /** @inheritdoc The network itself keeps its snapshots to the end. */
  release(id: SnapshotId): Step<void> {
    this.#points.delete(id)
    return answered(undefined, this.untaken)
  }

  async close(): Promise<void> {
    this.#points.clear()
    this.#senders.clear()
    await this.#network.close()
  }

  async #block(environment: BlockEnvironment, transactions: readonly Transaction[]): Promise<readonly Receipt[]> {
    this.#mayFollow(environment)
    const requests: Request[] = []
    const skipped = environment.number - this.#number - 1
    const timestamp = hex(environment.timestamp)
    if (skipped > 0) {
      // All at the time of the block that follows: without a time given they would take the wall clock's.
      requests.push(["evm_setNextBlockTimestamp", timestamp], ["hardhat_mine", hex(skipped), "0x0"])
    }
    if (environment.coinbase !== this.#coinbase) requests.push(["hardhat_setCoinbase", environment.coinbase])
    if (environment.gasLimit !== this.#gasLimit) requests.push(["evm_setBlockGasLimit", hex(environment.gasLimit)])
    for (const transaction of transactions) this.#impersonate(transaction.from, requests)
    const first = requests.length
    for (const transaction of transactions) requests.push(sending(transaction))
    requests.push(
      ["evm_setNextBlockTimestamp", timestamp],
      ["hardhat_setNextBlockBaseFeePerGas", hex(environment.baseFee)],
      ["hardhat_setPrevRandao", environment.prevRandao],
      ["evm_mine"]
    )
    let answers: readonly unknown[]
    try {
      answers = await this.#network.askAll(requests)
    } catch (error) {
      throw await this.#refusal(error, environment, transactions)
    }
    this.#number = environment.number
    this.#coinbase = environment.coinbase
    this.#gasLimit = environment.gasLimit
    return this.#receipts(environment, transactions, answers.slice(first, first + transactions.length))
  }

  #mayFollow(environment: BlockEnvironment): void {
    if (environment.number <= this.#number) {
      throw new ChainError({
        reason: "Connection",
        message: `block ${environment.number} cannot follow block ${this.#number}`,
        fix: "Give each block a number above the one before.",
        offending: { name: "number", value: String(environment.number) }
      })
    }
    if (environment.timestamp === 0) {
      throw new ChainError({
        reason: "Unsupported",
        message: "the Hardhat network takes timestamp 0 for the present time",
        fix: "Start simulated time at 1 second or later.",
        offending: { name: "timestamp", value: "0", unit: "seconds" }
      })
    }
  }

  async #receipts(
    environment: BlockEnvironment,
    transactions: readonly Transaction[],
    hashes: readonly unknown[]
  ): Promise<readonly Receipt[]> {
    // What the network answers to this method.
    const answers = (await this.#network.askAll(
      hashes.map((hash) => ["eth_getTransactionReceipt", hash] as const)
    )) as readonly (NodeReceipt | null)[]
    const receipts: Receipt[] = []
    const failures: number[] = []
    for (const [index, transaction] of transactions.entries()) {
      const answer = answers[index] ?? null
      if (
        answer === null ||
        Number(answer.transactionIndex) !== index ||
        Number(answer.blockNumber) !== environment.number
      ) {
        await this.#emptyPool()
        throw outOfPlace(index, environment.number, transaction)
      }
      const receipt = receiptOf(answer)
      if (!receipt.ok) failures.push(index)
      receipts.push(receipt)
    }
    const frames = await this.#network.askAll(
      failures.map((index) => ["debug_traceTransaction", hashes[index], TOP_FRAME] as const)
    )
    for (const [i, index] of failures.entries()) {
      const receipt = receipts[index]
      if (receipt !== undefined) receipts[index] = { ...receipt, revert: callOutcome(asFrame(frames[i])).output }
    }
    return receipts
  }

  /** Empties the pool after a batch that was stopped, and says which transaction stopped it. */
  async #refusal(
    error: unknown,
    environment: BlockEnvironment,
    transactions: readonly Transaction[]
  ): Promise<unknown> {
    // The skipped blocks may have been mined, the senders and settings not have been reached.
    this.#number = Number(asHex(await this.#network.ask(["eth_blockNumber"])))
    this.#forgetSettings()
    await this.#emptyPool()
    const senders: Request[] = []
    for (const transaction of transactions) this.#impersonate(transaction.from, senders)
    await this.#network.askAll(senders)
    for (const [index, transaction] of transactions.entries()) {
      try {
        await this.#network.ask(sending(transaction))
      } catch (again) {
        await this.#emptyPool()
        return new ChainError({
          reason: "Connection",
          message: `transaction ${index} of block ${environment.number} was refused: ${again instanceof Error ? again.message : String(again)}`,
          fix: "Report this with the scenario, arm and seed: the engine's own checks have a gap.",
          offending: { name: "transaction", value: String(index) },
          cause: again
        })
      }
    }
    await this.#emptyPool()
    return error
  }

  async #emptyPool(): Promise<void> {
    // What the network answers to this method.
    const pending = (await this.#network.ask(["eth_pendingTransactions"])) as readonly { readonly hash: Hex }[]
    await this.#network.askAll(pending.map(({ hash }) => ["hardhat_dropTransaction", hash] as const))
  }

  async #revert(id: SnapshotId): Promise<void> {
    const point = this.#points.get(id)
    if (point === undefined || (await this.#network.ask(["evm_revert", point.theirs])) !== true) {
      throw new ChainError({
        reason: "Connection",
        message: `snapshot ${id} is not one of this chain, or was taken after one that was gone back to`,
        fix: "Revert to a snapshot that is still valid.",
        offending: { name: "snapshot", value: String(id) }
      })
    }
    for (const later of [...this.#points.keys()]) if (later > id) this.#points.delete(later)
    this.#points.set(id, { theirs: await this.#network.ask(["evm_snapshot"]), number: point.number })
    this.#number = point.number
    this.#forgetSettings()
  }

  #forgetSettings(): void {
    this.#coinbase = undefined
    this.#gasLimit = undefined
    this.#senders.clear()
  }

  #impersonate(account: Address, requests: Request[]): void {
    if (this.#senders.has(account)) return
    this.#senders.add(account)
    requests.push(["hardhat_impersonateAccount", account])
  }

  #tracedCall(call: Call): Request {
    const transaction = { from: call.from ?? ZERO_ADDRESS, to: call.to, data: call.data, gas: this.#callGas }
    // A trace of the outermost frame tells status and data apart, and takes half the time of eth_call.
    return ["debug_traceCall", transaction, "latest", TOP_FRAME]
  }
}

function sending(transaction: Transaction): Request {
  const fields = {
    from: transaction.from,
    to: transaction.to,
    data: transaction.data,
    value: hex(transaction.value),
    nonce: hex(transaction.nonce),
    gas: hex(transaction.gas),
    gasPrice: hex(transaction.gasPrice)
  }
  return ["eth_sendTransaction", fields]
}

function outOfPlace(index: number, number: number, transaction: Transaction): ChainError {
  return new ChainError({
    reason: "Connection",
    message: `transaction ${index} was accepted and not included at its place in block ${number}`,
    fix: "Report this with the scenario, arm and seed: check its price against the base fee, its sender's funds and nonce at its place, and the gas left in the block.",
    offending: { name: "transaction", value: `${index}, from ${transaction.from} with nonce ${transaction.nonce}` }
  })
}

function hex(value: number | bigint): Hex {
  return `0x${value.toString(16)}`
}

/** What the network answers to the method asked. */
function asHex(answer: unknown): Hex {
  return answer as Hex
}

/** What the network answers to the method asked. */
function asFrame(answer: unknown): Frame {
  return answer as Frame
}
