/**
 * Measures a known answer on contracts: `measure` on a fresh chain, each send in a block of its own, at the moment at
 * which the last block was made, until it lets time pass.
 */
import type { BlockEnvironment, Chain, Receipt, Transaction } from "../chain/Chain.ts"
import type { Address, Contract, ContractName, Hex, Intent } from "../chain/Contracts.ts"
import { keccakText } from "../chain/codec/Keccak.ts"
import { decodeRevert, type Revert } from "../chain/codec/Revert.ts"
import { Reader } from "../chain/Handle.ts"
import { type Asking, stepOf } from "../chain/Step.ts"
import { ChainError, MesocosmError, ScenarioError } from "../Errors.ts"
import { Draw } from "../kernel/Draw.ts"
import { type Duration, seconds } from "../kernel/Duration.ts"
import { Stream } from "../kernel/Stream.ts"
import { COINBASE, DEPLOYER, identityAddress } from "../run/Identity.ts"
import { GENESIS } from "../run/RunSpec.ts"
import { type Artifacts, codecOf, World } from "../run/World.ts"
import type { KnownAnswer, MeasureAt, Sent, Values } from "../scenario/KnownAnswer.ts"

/** Below osaka's cap for one transaction. */
const GAS = 16_000_000
const BLOCK_GAS = 1_000_000_000_000
/** A million ether, in wei. */
const WEALTH = 1_000_000n * 1_000_000_000_000_000_000n

/** Where a replication is measured. */
export interface Place {
  readonly chain: Chain
  readonly artifacts: Artifacts
  readonly seed: number
}

/** What `measure` gives. @throws ScenarioError MeasureFailed, LazyStep, and what contracts and artifacts throw. */
export function* measureOn(answer: KnownAnswer, place: Place): Asking<Values> {
  if (answer.measure === undefined) throw new Error(`${answer.id} is read off runs`)
  const table = new Table(answer.id, place)
  try {
    const values = yield* answer.measure(table.at)
    place.chain.untaken.check(`known answer ${answer.id}`)
    return values
  } catch (error) {
    throw error instanceof MesocosmError ? error : threw(answer.id, error)
  }
}

/** What the declaration's own code threw. */
export function threw(id: string, error: unknown): ScenarioError {
  return new ScenarioError({
    reason: "MeasureFailed",
    message: `known answer ${id} threw: ${error instanceof Error ? error.message : String(error)}`,
    fix: `Mend scenarios/known-answers/${id}.ts.`,
    offending: { name: id, value: error instanceof Error ? error.name : typeof error },
    cause: error
  })
}

/** The chain of one replication and all that has been put on it. */
class Table {
  readonly #id: string
  readonly #chain: Chain
  readonly #artifacts: Artifacts
  readonly #seed: number
  readonly #reader: Reader
  readonly #world: World
  readonly #nonces = new Map<Address, number>()
  #block = 0
  #now = GENESIS

  constructor(id: string, { chain, artifacts, seed }: Place) {
    this.#id = id
    this.#chain = chain
    this.#artifacts = artifacts
    this.#seed = seed
    this.#reader = new Reader(chain)
    this.#world = new World(this.#reader, artifacts)
  }

  get at(): MeasureAt {
    const { untaken } = this.#chain
    return {
      deployer: DEPLOYER,
      account: (name) => identityAddress(`known/${name}`, 0),
      // The handle's ABI is that of the artifact of this name.
      deploy: ((name: string, args: readonly unknown[], how = {}) =>
        stepOf(this.#deploy(name, args, how), untaken)) as MeasureAt["deploy"],
      at: ((name: string, address: Address) =>
        this.#world.add(name, address.toLowerCase() as Address).handle) as MeasureAt["at"],
      send: (intent) => stepOf(this.#send(intent), untaken),
      together: (intents) => stepOf(this.#together(intents), untaken),
      reverts: (intent) => stepOf(this.#reverts(intent), untaken),
      advance: (time, how) => stepOf(this.#advance(time, how?.blocks ?? 1), untaken),
      balance: (address) => this.#chain.balance(address),
      now: () => this.#now,
      block: () => this.#block,
      draw: new Draw(Stream.open(`known/${this.#id}/${this.#seed}/draw`)),
      seed: this.#seed
    }
  }

  *#deploy(
    name: string,
    args: readonly unknown[],
    { as = DEPLOYER, value = 0n }: { readonly as?: Address; readonly value?: bigint }
  ): Asking<Contract<ContractName>> {
    const artifact = this.#artifacts(name)
    if (artifact.bytecode.length <= 2) {
      throw new ChainError({
        reason: "NoBytecode",
        message: `${name} has no bytecode, so it cannot be deployed`,
        fix: `Deploy a contract that implements ${name}.`,
        offending: { name: "contract", value: name }
      })
    }
    const codec = codecOf(artifact)
    const data = codec.encodeDeploy(artifact.bytecode, args)
    const [receipt] = yield* this.#mine([{ from: as, data, value }])
    if (receipt?.created === undefined) {
      throw this.#failed(`deploying ${name} reverted: ${decodeRevert(receipt?.revert ?? "0x", codec).text}`)
    }
    return this.#world.add(name, receipt.created).handle
  }

  *#send(intent: Intent): Asking<Sent> {
    const [sent] = yield* this.#together([intent])
    // One receipt per transaction.
    return sent as Sent
  }

  *#together(intents: readonly Intent[]): Asking<readonly Sent[]> {
    const receipts = yield* this.#mine(intents.map((intent) => this.#transaction(intent)))
    return receipts.map((receipt, index) => {
      // As many receipts as intents.
      const intent = intents[index] as Intent
      if (!receipt.ok) {
        throw this.#failed(`${intent.contract}.${intent.fn} reverted: ${this.#why(intent, receipt).text}`)
      }
      return this.#sent(receipt)
    })
  }

  *#reverts(intent: Intent): Asking<Revert> {
    const [receipt] = yield* this.#mine([this.#transaction(intent)])
    if (receipt === undefined || receipt.ok) {
      throw this.#failed(`${intent.contract}.${intent.fn} was to revert, and did not`)
    }
    return this.#why(intent, receipt)
  }

  *#advance(time: Duration, blocks: number): Asking<void> {
    this.#now += seconds(time)
    this.#block += blocks - 1
    yield* this.#mine([])
  }

  *#mine(wanted: readonly Pick<Transaction, "from" | "to" | "data" | "value">[]): Asking<readonly Receipt[]> {
    const strangers = new Set(wanted.map(({ from }) => from).filter((from) => !this.#nonces.has(from)))
    if (strangers.size > 0) yield* this.#chain.fund([...strangers], WEALTH)
    const number = ++this.#block
    const environment: BlockEnvironment = {
      number,
      timestamp: this.#now,
      baseFee: 0n,
      gasLimit: BLOCK_GAS,
      prevRandao: keccakText(`known/${this.#id}/${this.#seed}/randao/${number}`),
      coinbase: COINBASE
    }
    const transactions = wanted.map((each): Transaction => {
      const nonce = this.#nonces.get(each.from) ?? 0
      this.#nonces.set(each.from, nonce + 1)
      return { ...each, nonce, gas: GAS, gasPrice: 0n }
    })
    const receipts = yield* this.#chain.block(environment, transactions)
    this.#reader.forget()
    return receipts
  }

  #transaction(intent: Intent): Pick<Transaction, "from" | "to" | "data" | "value"> {
    const { as = DEPLOYER, to, value = 0n } = intent
    return { from: as, to, data: this.#world.encode(intent), value }
  }

  #sent({ gasUsed, logs }: Receipt): Sent {
    const world = this.#world
    return {
      gas: gasUsed,
      events: ((contract: { readonly address: Address }, event: string) =>
        logs
          .filter(({ address }) => address === contract.address)
          .map((log) => world.decode(log))
          .filter((said) => said?.event === event)
          .map((said) => said?.args)) as unknown as Sent["events"]
    }
  }

  /** The errors of the contract that was called come first; those of a contract it called are known too. */
  #why(intent: Intent, { revert }: Receipt): Revert {
    const selector = revert.slice(0, 10) as Hex
    const codecs = [this.#world.at(intent.to), ...this.#world.contracts].map((deployed) => deployed?.codec)
    return decodeRevert(revert, codecs.find((codec) => codec?.errorsBySelector.has(selector)) ?? codecs[0])
  }

  #failed(message: string): ScenarioError {
    return new ScenarioError({
      reason: "MeasureFailed",
      message: `known answer ${this.#id}: ${message}`,
      fix: `Mend the arguments or the order in scenarios/known-answers/${this.#id}.ts; use reverts where a revert is meant.`,
      offending: { name: this.#id, value: message }
    })
  }
}
