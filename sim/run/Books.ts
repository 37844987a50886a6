/**
 * The books of a run: what every block leaves in the ledger, the recorder, the digests and the
 * conservation audit. A block is entered once, after it was executed; nothing here asks the chain.
 */
import type { CallOutcome, Log, Receipt } from "../chain/Chain.ts"
import type { Address, Truth } from "../chain/Contracts.ts"
import { decodeRevert } from "../chain/codec/Revert.ts"
import type { DecodedEvent, Outcome } from "../scenario/Behaviour.ts"
import type { TruthRecord } from "../scenario/Metric.ts"
import { wholeUnits } from "../scenario/Units.ts"
import type { MadeBlock, Placed } from "./BlockBuilder.ts"
import { Conservation, judge, type Leak, leakError, type Probe } from "./Conservation.ts"
import { Digest, type DigestState } from "./Digest.ts"
import { COINBASE, DEPLOYER } from "./Identity.ts"
import { add, type Ledger } from "./Ledger.ts"
import { argsText, canonical } from "./Plain.ts"
import { Recorder, type RecorderState, type Recording } from "./Recorder.ts"
import { type RevertCount, Reverts, ranOutOfGas } from "./Reverts.ts"
import type { Deployed, World } from "./World.ts"

const ZERO = "0x0000000000000000000000000000000000000000"

/** Who stands behind a transaction, as the tables call it. */
export interface Sender {
  readonly population: string
  readonly agent: string
}

/** Plain data. */
export interface BooksState {
  readonly recorder: RecorderState
  readonly digest: DigestState
  readonly conservation: ReturnType<Conservation["save"]>
  readonly counts: Counts
  /** Absent in states of older versions: a run that goes on from one counts the reverts after it. */
  readonly reverts?: readonly RevertCount[]
  readonly truths: readonly KnownTruth[]
}

/** A Truth with the population that holds it. */
export type KnownTruth = TruthRecord & { readonly population: string }

/** How much happened; setup included. */
export interface Counts {
  blocks: number
  /** In a block, whatever became of them. */
  transactions: number
  reverted: number
  /** Never in a block. */
  invalid: number
  events: number
}

/** A block as it is entered. */
export interface Entry extends MadeBlock {
  /** Seconds since the run began. */
  readonly time: number
  readonly setup: boolean
  readonly sender: (agent: number) => Sender
}

export class Books {
  readonly recorder: Recorder
  readonly digest: Digest
  readonly conservation: Conservation
  readonly counts: Counts
  readonly reverts: Reverts
  /** What only metrics may read. */
  readonly truths: KnownTruth[]
  readonly #world: World
  readonly #ledger: Ledger
  readonly #addresses = new Map<Address, Address>()

  constructor(world: World, ledger: Ledger, recording?: Recording, state?: BooksState) {
    this.#world = world
    this.#ledger = ledger
    this.recorder = new Recorder(recording, state?.recorder)
    this.digest = new Digest(state?.digest)
    this.conservation = new Conservation(state?.conservation)
    this.reverts = new Reverts(state?.reverts)
    this.truths = [...(state?.truths ?? [])]
    this.counts = { ...(state?.counts ?? { blocks: 0, transactions: 0, reverted: 0, invalid: 0, events: 0 }) }
  }

  /** Enters a block. @returns an outcome per placed Intent, in order. */
  enter(entry: Entry): readonly Outcome[] {
    const { environment, placed, receipts } = entry
    let position = 0
    let gasUsed = 0
    const outcomes = placed.map((each): Outcome => {
      if (each.transaction === undefined) {
        this.counts.invalid++
        return this.#refused(entry, each)
      }
      const at = position++
      // The chain gives a receipt per transaction, or throws.
      const receipt = receipts[at] as Receipt
      gasUsed += receipt.gasUsed
      return this.#included(entry, each, receipt, at)
    })
    this.counts.blocks++
    this.recorder.add("blocks", {
      block: environment.number,
      time: entry.time,
      timestamp: environment.timestamp,
      transactions: position,
      gas_used: gasUsed,
      base_fee_wei: environment.baseFee.toString(),
      setup: entry.setup
    })
    this.digest
      .row("blocks")
      .whole(environment.number)
      .whole(environment.timestamp)
      .whole(gasUsed)
      .big(environment.baseFee)
      .whole(environment.gasLimit)
      .hex(environment.prevRandao)
      .hex(environment.coinbase)
    return outcomes
  }

  #refused(entry: Entry, placed: Placed): Outcome {
    const { waiting } = placed
    this.#transactionRow(entry, placed, -1, placed.status, 0, "")
    return {
      intent: waiting.intent,
      as: waiting.identity,
      ok: false,
      status: placed.status,
      gasUsed: 0,
      error: undefined,
      events: []
    }
  }

  #included(entry: Entry, placed: Placed, receipt: Receipt, position: number): Outcome {
    const { waiting } = placed
    this.counts.transactions++
    const deployed = this.#world.at(waiting.intent.to)
    const error = receipt.ok ? undefined : decodeRevert(receipt.revert, deployed?.codec)
    if (error !== undefined) this.#reverted(placed, { ok: false, error: error.name, gasUsed: receipt.gasUsed })
    this.#transactionRow(entry, placed, position, receipt.ok ? "ok" : "reverted", receipt.gasUsed, error?.text ?? "")

    const account = this.#ledger.ownerOf(waiting.identity)
    if (account !== undefined) {
      account.gas += BigInt(receipt.gasUsed) * waiting.gasPrice
      account.transactions++
      if (receipt.ok) add(account.calls, waiting.intent.fn, 1n)
    }

    if (receipt.ok && waiting.truth !== undefined) this.#truth(entry, placed, waiting.truth)

    const events: DecodedEvent[] = []
    for (let index = 0; index < receipt.logs.length; index++) {
      const log = receipt.logs[index] as Log
      const event = this.#log(entry, log, position, index)
      if (event !== undefined) events.push(event)
    }
    this.#ledger.settle()
    return {
      intent: waiting.intent,
      as: waiting.identity,
      ok: receipt.ok,
      status: receipt.ok ? "ok" : "reverted",
      gasUsed: receipt.gasUsed,
      error: error?.name,
      events
    }
  }

  #reverted({ waiting }: Placed, failed: Parameters<typeof ranOutOfGas>[0]): void {
    const { intent, gas } = waiting
    this.counts.reverted++
    this.reverts.add(
      this.#world.keyAt(intent.to) ?? intent.contract,
      (intent.via ?? intent).fn,
      ranOutOfGas(failed, gas) ? gas : undefined
    )
  }

  /** Enters a log. @returns what it says, if its contract is known. */
  #log(entry: Entry, log: Log, position: number, index: number): DecodedEvent | undefined {
    const { number } = entry.environment
    this.counts.events++
    // The rows of both tables end alike: with the log's topics and data.
    const economy = this.digest.row("events").hex(log.address).whole(log.topics.length)
    const from = economy.length
    for (const topic of log.topics) economy.hex(topic)
    economy.hex(log.data)
    this.digest
      .row("logs")
      .whole(number)
      .whole(position)
      .whole(index)
      .hex(log.address)
      .copied(economy.bytes, from, economy.length)
    const said = this.#world.decode(log)
    const key = this.#world.keyAt(log.address)
    if (said?.deployed.token === true && said.event === "Transfer") this.#flow(entry, said.deployed, said.args)
    const row = this.recorder.filling("events")
    if (row !== undefined) {
      row.block.push(number)
      row.position.push(position)
      row.log.push(index)
      // The World's own text where there is one: a slice of a block's text would keep all of it.
      row.address.push(said?.deployed.address ?? log.address)
      row.contract.push(key ?? "")
      row.event.push(said?.event ?? log.topics[0] ?? "")
      row.args.push(said === undefined ? log.data : argsText(said.args))
      this.recorder.added("events")
    }
    if (said === undefined) return undefined
    this.#ledger.event(said.deployed.address, said.verb, said.args, entry.time)
    return { address: said.deployed.address, contract: key ?? said.deployed.name, event: said.verb, args: said.args }
  }

  #truth(entry: Entry, { waiting }: Placed, truth: Truth): void {
    const { population, agent } = entry.sender(waiting.agent)
    const { fn, to } = waiting.intent
    const contract = this.#world.keyAt(to) ?? waiting.intent.contract
    this.truths.push({ population, agent, contract, fn, time: waiting.time, truth })
    const text = canonical(truth)
    this.recorder.add("truths", {
      sequence: waiting.sequence,
      time: waiting.time,
      population,
      agent,
      contract,
      fn,
      truth: text
    })
    this.digest.row("truths").whole(waiting.time).text(agent).text(contract).text(fn).text(text)
  }

  #transactionRow(
    entry: Entry,
    placed: Placed,
    position: number,
    status: string,
    gasUsed: number,
    error: string
  ): void {
    const { waiting, transaction } = placed
    const row = this.recorder.filling("transactions")
    if (row !== undefined) {
      const { population, agent } = entry.sender(waiting.agent)
      const { intent } = waiting
      const { fn, args } = intent.via ?? intent
      row.sequence.push(waiting.sequence)
      row.block.push(entry.environment.number)
      row.position.push(position)
      row.time.push(waiting.time)
      row.population.push(population)
      row.agent.push(agent)
      row.identity.push(waiting.identity)
      row.to.push(intent.to)
      row.contract.push(this.#world.keyAt(intent.to) ?? intent.contract)
      row.fn.push(fn)
      row.args.push(argsText(args))
      row.data.push(waiting.data)
      row.value_wei.push(intent.value === undefined || intent.value === 0n ? "0" : intent.value.toString())
      row.nonce.push(transaction?.nonce ?? -1)
      row.gas_limit.push(waiting.gas)
      row.gas_price_wei.push(waiting.gasPrice.toString())
      row.status.push(status)
      row.gas_used.push(gasUsed)
      row.error.push(error)
      this.recorder.added("transactions")
    }
    this.digest
      .row("transactions")
      .whole(entry.environment.number)
      .whole(position + 1)
      .whole(waiting.time)
      .hex(waiting.identity)
      .hex(waiting.intent.to === ("0x" as Address) ? ZERO : waiting.intent.to)
      .hex(waiting.data)
      .big(waiting.intent.value ?? 0n)
      .whole(waiting.gas)
      .big(waiting.gasPrice)
      .text(status)
      .whole(gasUsed)
      .text(error)
  }

  #flow(entry: Entry, { address: token }: Deployed, args: { readonly [name: string]: unknown }): void {
    // A token's Transfer has exactly these three, in this order, whatever they are called.
    const [giver, taker, amount] = Object.values(args) as [Address, Address, bigint]
    const [from, to] = [this.#same(giver), this.#same(taker)]
    this.conservation.transfer(token, from, to, amount)
    this.#ledger.flow(token, from, to, amount, entry.time, entry.setup)
    this.digest.row("flows").hex(token).hex(from).hex(to).big(amount)
    const row = this.recorder.filling("flows")
    if (row === undefined) return
    row.block.push(entry.environment.number)
    row.token.push(this.#world.keyAt(token) ?? token)
    row.from.push(from)
    row.to.push(to)
    row.from_name.push(this.nameOf(from))
    row.to_name.push(this.nameOf(to))
    row.amount.push(amount.toString())
    row.tokens.push(wholeUnits(amount))
    this.recorder.added("flows")
  }

  /** One and the same text for equal addresses: it is hashed once, however many maps it is looked up in. */
  #same(address: Address): Address {
    const known = this.#addresses.get(address)
    if (known !== undefined) return known
    this.#addresses.set(address, address)
    return address
  }

  /** What the audit asks of a block. @throws ChainError Conservation. */
  audited(probes: readonly Probe[], outcomes: readonly CallOutcome[], block: number): void {
    const leak = judge(probes, outcomes)
    if (leak !== undefined) throw this.leak(leak, block)
    for (const { token, holder, expected } of probes) {
      this.digest
        .row("balances")
        .hex(token)
        .hex(holder ?? token)
        .whole(holder === undefined ? 0 : 1)
        .big(expected)
      const row = this.recorder.filling("balances")
      if (row === undefined) continue
      row.block.push(block)
      row.token.push(this.#world.keyAt(token) ?? token)
      row.holder.push(holder ?? "")
      row.holder_name.push(holder === undefined ? "supply" : this.nameOf(holder))
      row.amount.push(expected.toString())
      row.tokens.push(wholeUnits(expected))
      this.recorder.added("balances")
    }
  }

  leak(leak: Leak, block: number): Error {
    return leakError(leak, block, (address) => this.nameOf(address))
  }

  /** What an address is called: an agent, a contract of the World, or itself. */
  nameOf(address: Address): string {
    if (address === ZERO) return "mint/burn"
    if (address === DEPLOYER) return "deployer"
    if (address === COINBASE) return "coinbase"
    return this.#ledger.ownerOf(address)?.agent ?? this.#world.keyAt(address) ?? address
  }

  save(): BooksState {
    return {
      recorder: this.recorder.save(),
      digest: this.digest.save(),
      conservation: this.conservation.save(),
      counts: { ...this.counts },
      reverts: this.reverts.save(),
      truths: this.truths
    }
  }
}
