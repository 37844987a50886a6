/**
 * One run: the loop. A generator that asks the chain, so that the same code serves a chain that
 * answers at once and one that answers later.
 *
 * Invariant: between two events the whole state is plain data (`save`), and a run resumed from it
 * ends with the digests of a run that was never interrupted.
 */
import type { BlockEnvironment, Chain, Receipt, SnapshotId, Transaction } from "../chain/Chain.ts"
import type { Address, Intent } from "../chain/Contracts.ts"
import { keccakText } from "../chain/codec/Keccak.ts"
import { Reader } from "../chain/Handle.ts"
import type { Asking, Read } from "../chain/Step.ts"
import { EventQueue, type EventQueueState } from "../kernel/EventQueue.ts"
import { Streams, type StreamsState } from "../kernel/Stream.ts"
import { sentBy } from "../scenario/Adapter.ts"
import type { BehaviourRuntime, Outcome } from "../scenario/Behaviour.ts"
import type { TruthRecord } from "../scenario/Metric.ts"
import type { Population } from "../scenario/Population.ts"
import type { GasRule, Scenario } from "../scenario/Scenario.ts"
import { wholeUnits } from "../scenario/Units.ts"
import { type Agent, type AgentState, act, attach, type Engine, populate, settle, wakeOf } from "./Agents.ts"
import { inOrder, type Placed, place, type Waiting } from "./BlockBuilder.ts"
import { Books, type BooksState, type Counts } from "./Books.ts"
import { judge } from "./Conservation.ts"
import type { Digests } from "./Digest.ts"
import { COINBASE, DEPLOYER } from "./Identity.ts"
import { type ChainOperation, Journal } from "./Journal.ts"
import { Ledger, type LedgerState, total } from "./Ledger.ts"
import { Outside, type OutsideState } from "./Outside.ts"
import { toText } from "./Plain.ts"
import { type Price, Prices, type PricesState } from "./Prices.ts"
import type { RunOptions, Sight } from "./RunOptions.ts"
import type { RunSpec } from "./RunSpec.ts"
import { type CheckOutcome, drawn, gaugeOver, holds, ledgerView, sample } from "./Sampling.ts"
import { endow, rebuild, type SetUp, setUp } from "./Setup.ts"
import type { World, WorldState } from "./World.ts"

// At one moment the Environment steps first, then blocks come, then samples, then audits, then wakes: whoever wakes sees the block of its time.
const OUTSIDE = 0
const BLOCK = 1
const SAMPLE = 2
const AUDIT = 3
const WAKE = 4

/** Full audits over a run, the last at its end. */
const CHECKPOINTS = 8

const UNKNOWN_GAS = 100_000
const DEFAULT_GAS_LIMIT = 1_000_000

/** The whole state of a run between two events, as plain data. */
export interface RunState {
  readonly spec: RunSpec
  readonly time: number
  readonly genesisBlock: number
  readonly lastBlock: number
  readonly sequence: number
  readonly ended: boolean
  readonly queue: EventQueueState
  readonly streams: StreamsState
  readonly agents: readonly AgentState[]
  readonly waiting: readonly Waiting[]
  readonly accounts: readonly (readonly [Address, AccountState])[]
  readonly unfunded: readonly (readonly [Address, bigint])[]
  readonly gasOf: readonly (readonly [string, number])[]
  readonly now: { readonly [metric: string]: number | bigint }
  readonly failed: readonly (readonly [string, number])[]
  readonly ledger: LedgerState
  readonly prices: PricesState
  readonly outside: OutsideState
  readonly books: BooksState
  readonly world: WorldState
  readonly journal: readonly ChainOperation[]
}

interface AccountState {
  nonce: number
  /** Wei it has at least: what it was given less what its own transactions cost. */
  atLeast: bigint
  /** Intents so far. */
  intents: number
}

/** How a run ended. */
export interface RunEnd {
  readonly digests: Digests
  readonly checks: readonly CheckOutcome[]
  readonly counts: Counts
  readonly wakes: number
  /** Seconds since the run began. */
  readonly endedAt: number
  readonly complete: boolean
  readonly now: { readonly [metric: string]: number | bigint }
  readonly audit: { readonly tokens: number; readonly holders: number; readonly checkpoints: number }
}

export class Run {
  readonly spec: RunSpec
  readonly books: Books
  readonly world: World
  readonly ledger: Ledger
  readonly agents: readonly Agent[]
  readonly #options: RunOptions
  readonly #chain: Chain
  readonly #reader: Reader
  readonly #queue: EventQueue
  readonly #streams: Streams
  readonly #engine: Engine
  readonly #gas: GasRule
  readonly #outside: Outside
  /** Address and event to the agents that watch it. */
  readonly #watchers = new Map<string, number[]>()
  readonly #worlds: readonly { readonly [key: string]: unknown }[]
  readonly #accounts: Map<Address, AccountState>
  readonly #unfunded: Map<Address, bigint>
  readonly #gasOf: Map<string, number>
  readonly #journal: Journal
  readonly #failed: Map<string, number>
  readonly #root: string
  readonly #populations: readonly string[]
  #time = 0
  #waiting: Waiting[] = []
  #lastBlock: number
  #genesisBlock: number
  #sequence = 0
  #now: { [metric: string]: number | bigint } = {}
  #ended = false
  #holders = 0
  #checkpoints = 0

  private constructor(parts: Parts) {
    const { options, state, setup } = parts
    this.#options = options
    this.spec = options.resolved.spec
    this.#chain = options.chain
    this.#root = `${this.spec.scenario}/${this.spec.seed}`
    this.#reader = setup.reader
    this.world = setup.world
    this.#journal = setup.journal
    this.#accounts = new Map(state?.accounts.map(([address, account]) => [address, { ...account }]))
    this.#unfunded = new Map(state?.unfunded)
    this.#gasOf = new Map(state?.gasOf)
    this.#failed = new Map(state?.failed)
    this.#gas = options.scenario.gas({ params: options.resolved.values })
    this.#lastBlock = state?.lastBlock ?? setup.lastBlock
    this.#genesisBlock = state?.genesisBlock ?? setup.lastBlock
    this.#sequence = state?.sequence ?? 0
    this.#time = state?.time ?? 0
    this.#waiting = [...(state?.waiting ?? [])]
    this.#now = { ...state?.now }
    this.#ended = state?.ended ?? false
    this.#queue = state === undefined ? new EventQueue() : EventQueue.restore(state.queue)
    this.#streams = state === undefined ? new Streams(this.#root) : Streams.restore(state.streams)
    this.ledger = openLedger(options, this.world, state)
    this.#outside = new Outside(
      options.scenario.environment({ params: options.resolved.values }),
      this.#streams,
      state?.outside
    )
    this.books = new Books(this.world, this.ledger, state?.books)
    this.#engine = this.#makeEngine()
    const populations = Object.entries(setup.populations)
    this.#populations = Object.keys(setup.populations)
    const agents: Agent[] = []
    if (state === undefined) {
      for (const [name, population] of populations) {
        for (let nth = 0; nth < population.count; nth++) this.ledger.open(name, `${name}/${nth}`)
        agents.push(...populate(name, population, agents.length, this.#streams, this.#engine))
      }
    } else {
      for (const data of structuredClone(state.agents) as AgentState[]) {
        const population = setup.populations[data.population] as Population<BehaviourRuntime>
        agents.push(attach(data, agents.length, population, this.#streams, this.#engine))
        for (const identity of data.identities) this.ledger.own(identity, data.id)
      }
    }
    this.agents = agents
    const worlds = new Map(
      populations.map(([name, { behaviour }]) => [name, this.world.needed(behaviour.needs, behaviour.name)])
    )
    this.#worlds = agents.map(({ data }) => worlds.get(data.population) ?? {})
    for (const { index, behaviour } of agents) {
      for (const [key, events] of Object.entries(behaviour.watches)) {
        for (const event of events) {
          const watched = `${this.world.addressOf(key)}/${event}`
          const watching = this.#watchers.get(watched)
          if (watching === undefined) this.#watchers.set(watched, [index])
          else watching.push(index)
        }
      }
    }
  }

  /** Sets the World up, endows the agents and takes the first samples. */
  static *begin(options: RunOptions): Asking<Run> {
    const setup = yield* setUp(options)
    const run = new Run({ options, setup, state: undefined })
    for (const { token, address } of [...run.world.contracts]) if (token) run.books.conservation.watch(address)
    yield* run.#fund()
    const endowed = yield* endow(options, setup, run.agents)
    run.#genesisBlock = setup.lastBlock
    run.#lastBlock = setup.lastBlock
    run.#reader.forget()
    for (const entry of [...setup.entries, ...endowed]) {
      run.books.enter({ ...entry, time: 0, setup: true, sender: () => ({ population: "setup", agent: "deployer" }) })
    }
    run.#sequence = setup.sequence
    yield* run.#auditBlock(setup.lastBlock)
    for (const [place, { name, every }] of run.#outside.processes.entries()) {
      run.#outsideRow(name, run.#outside.values[name] ?? 0)
      run.#queue.push(every, OUTSIDE, place, OUTSIDE)
    }
    yield* run.#sample()
    for (const agent of run.agents) run.#scheduleWake(agent)
    run.books.digest.extend()
    run.#scheduleSample()
    run.#queue.push(run.#checkpointAfter(0), AUDIT, 0, AUDIT)
    yield* run.#journal.checkpoint(run.#chain)
    return run
  }

  /**
   * A run that goes on from a state: on the chain's own snapshot where there is one, else by
   * replaying every recorded operation, whose receipts must be the recorded ones.
   * @throws ChainError Audit when a replayed block differs.
   */
  static *resume(options: RunOptions, state: RunState, snapshot?: SnapshotId): Asking<Run> {
    const journal = new Journal(state.journal)
    if (snapshot === undefined) yield* journal.replay(options.chain)
    else yield* options.chain.revert(snapshot)
    yield* journal.checkpoint(options.chain)
    const reader = new Reader(options.chain)
    const world = yield* rebuild(options, reader, state.world)
    const populations = options.scenario.populations({ params: options.resolved.values })
    return new Run({
      options,
      state,
      setup: {
        reader,
        world,
        journal,
        populations,
        lastBlock: state.genesisBlock,
        sequence: state.sequence,
        entries: []
      }
    })
  }

  /** Goes on until the end, or until the block of that number has been made. */
  *continue(untilBlock: number = Number.POSITIVE_INFINITY): Asking<void> {
    const { signal } = this.#options
    while (!this.#ended && this.#lastBlock < untilBlock && signal?.aborted !== true) {
      if (!this.#queue.pop()) {
        this.#ended = true
        return
      }
      const { time, kind, agent } = this.#queue
      if (time > this.spec.horizon) {
        this.#ended = true
        return
      }
      this.#time = time
      if (kind === OUTSIDE) this.#stepOutside(agent)
      else if (kind === BLOCK) yield* this.#block()
      else if (kind === SAMPLE) yield* this.#sampleNow()
      else if (kind === AUDIT) yield* this.#audit()
      else if (time < this.spec.horizon && (this.agents[agent] as Agent).data.wake === this.#queue.sequence) {
        yield* this.#wake(this.agents[agent] as Agent)
      }
      this.books.digest.extend()
    }
  }

  /** The whole state as plain data. */
  save(): RunState {
    return structuredClone({
      spec: this.spec,
      time: this.#time,
      genesisBlock: this.#genesisBlock,
      lastBlock: this.#lastBlock,
      sequence: this.#sequence,
      ended: this.#ended,
      queue: this.#queue.save(),
      streams: this.#streams.save(),
      agents: this.agents.map(({ data }) => data),
      waiting: this.#waiting,
      accounts: [...this.#accounts],
      unfunded: [...this.#unfunded],
      gasOf: [...this.#gasOf],
      now: this.#now,
      failed: [...this.#failed],
      ledger: this.ledger.save(),
      prices: this.ledger.prices.save(),
      outside: this.#outside.save(),
      books: this.books.save(),
      world: this.world.save(),
      journal: this.#journal.operations
    })
  }

  /** What came of it; `agents` rows are added to the tables. */
  end(): RunEnd {
    const { checks } = this.#options.scenario
    const complete = this.#ended
    if (complete) {
      for (const check of checks) {
        if (check.when === "finally" && !this.#holds(check)) this.#failed.set(check.claim, this.#time)
      }
    }
    this.ledger.accrue(this.#time)
    this.#agentRows()
    return {
      digests: this.books.digest.digests(),
      checks: checks.map(({ claim, when }) => {
        const failedAt = this.#failed.get(claim)
        const tried = complete || when === "always" || failedAt !== undefined
        return { claim, when, held: tried ? failedAt === undefined : undefined, failedAt }
      }),
      counts: this.books.counts,
      wakes: this.agents.reduce((sum, { data }) => sum + data.wakes, 0),
      endedAt: this.#time,
      complete,
      now: this.#now,
      audit: {
        tokens: [...this.world.contracts].filter(({ token }) => token).length,
        holders: this.#holders,
        checkpoints: this.#checkpoints
      }
    }
  }

  #agentRows(): void {
    const { ledger } = this
    if (this.books.recorder.rows("agents") > 0) return
    for (const { data, behaviour } of this.agents) {
      const account = ledger.account(data.id)
      if (account === undefined) continue
      const valued = (flows: ReadonlyMap<string, bigint>): bigint => {
        let worth = 0n
        for (const [place, amount] of flows) worth += ledger.worth(place.slice(43) as Address, amount)
        return worth
      }
      this.books.recorder.add("agents", {
        population: data.population,
        agent: data.id,
        behaviour: behaviour.name,
        identities: data.identities.length,
        wakes: data.wakes,
        transactions: account.transactions,
        received: wholeUnits(valued(account.received)),
        sent: wholeUnits(valued(account.sent)),
        gain: wholeUnits(ledger.gain(account)),
        gas: wholeUnits(ledger.worthOfWei(account.gas)),
        spent: wholeUnits(total(account.spent)),
        capital: wholeUnits(account.capital),
        profit: wholeUnits(ledger.profit(account)),
        traits: toText(data.traits),
        state: toText(data.state)
      })
    }
  }

  // ---- events

  *#wake(agent: Agent): Asking<void> {
    const { onSight } = this.#options
    const { data } = agent
    data.wake = -1
    data.wakes++
    yield* this.#advance()
    yield* this.ledger.prices.refresh(this.world.handles, this.#chain.untaken)
    const before = onSight === undefined ? "" : toText(data.state)
    if (onSight !== undefined) {
      this.#sight(data.id, "woke", "", undefined)
      this.#reader.observer = (contract, fn, args, answer) =>
        this.#sight(data.id, "saw", `${contract}.${fn}`, { args, answer })
    }
    const intents = yield* act(agent, this.#worlds[agent.index] ?? {}, this.#engine, this.#chain.untaken)
    this.#reader.observer = undefined
    if (onSight !== undefined) {
      for (const { contract, fn, args, as } of intents) {
        this.#sight(data.id, "wanted", `${contract}.${fn}`, { args, as: as ?? data.identities[0] })
      }
      if (toText(data.state) !== before) this.#sight(data.id, "became", "", data.state)
    }
    for (const intent of intents) this.#wait(agent, intent)
    if (intents.length === 0) this.#scheduleWake(agent)
  }

  #wait(agent: Agent, intent: Intent): void {
    const identity = intent.as ?? (agent.data.identities[0] as Address)
    const account = this.#accountOf(identity)
    agent.data.unsettled++
    if (this.#waiting.length === 0) {
      const { every } = this.spec.block
      this.#queue.push((Math.floor(this.#time / every) + 1) * every, BLOCK, 0, BLOCK)
    }
    const { truth, ...given } = intent
    const stripped = given.via === undefined ? given : { ...given, via: sentBy(given.via, identity) }
    this.#waiting.push({
      sequence: this.#sequence++,
      agent: agent.index,
      identity,
      nth: account.intents++,
      intent: stripped,
      ...(truth === undefined ? {} : { truth }),
      data: this.world.encode(stripped),
      gas: intent.gas ?? this.#gas.limit ?? DEFAULT_GAS_LIMIT,
      gasPrice: intent.tip ?? 0n,
      time: this.#time
    })
  }

  *#block(): Asking<void> {
    const environment = this.#environment()
    // What waits names its tip; what it pays per gas is known when the block is.
    const due = this.#waiting.map((each) => ({ ...each, gasPrice: environment.baseFee + each.gasPrice }))
    const waiting = inOrder(due, this.spec.block.order, this.#root)
    this.#waiting = []
    yield* this.#fund()
    yield* this.#refreshBalances(waiting)
    const placed = place(
      waiting,
      { gasLimit: environment.gasLimit, hardfork: this.spec.hardfork },
      {
        nonce: (identity) => this.#accountOf(identity).nonce,
        balance: (identity) => this.#accountOf(identity).atLeast
      }
    )
    const transactions = placed.flatMap(({ transaction }) => (transaction === undefined ? [] : [transaction]))
    const receipts = yield* this.#execute(environment, transactions)
    this.#charge(placed, receipts)
    const outcomes = this.books.enter({
      environment,
      time: this.#time,
      setup: false,
      placed,
      receipts,
      sender: (agent) => senderOf(this.agents[agent] as Agent)
    })
    yield* this.#auditBlock(environment.number)
    this.#settleAll(placed, outcomes)
    this.#wakeWatchers(placed, outcomes)
    this.#tryAlways()
    this.#options.onProgress?.({
      time: this.#time,
      horizon: this.spec.horizon,
      blocks: this.books.counts.blocks,
      transactions: this.books.counts.transactions
    })
  }

  *#execute(environment: BlockEnvironment, transactions: readonly Transaction[]): Asking<readonly Receipt[]> {
    const receipts = yield* this.#chain.block(environment, transactions)
    this.#journal.block(environment, transactions, receipts)
    this.#lastBlock = environment.number
    this.#reader.forget()
    this.ledger.prices.forget()
    return receipts
  }

  #charge(placed: readonly Placed[], receipts: readonly Receipt[]): void {
    let position = 0
    for (const { waiting, transaction } of placed) {
      if (transaction === undefined) continue
      const receipt = receipts[position++] as Receipt
      const account = this.#accountOf(waiting.identity)
      account.nonce++
      account.atLeast -= BigInt(receipt.gasUsed) * waiting.gasPrice + (receipt.ok ? transaction.value : 0n)
      if (receipt.ok) this.#gasOf.set(waiting.intent.fn, receipt.gasUsed)
    }
  }

  *#refreshBalances(waiting: readonly Waiting[]): Asking<void> {
    const upfront = new Map<Address, bigint>()
    for (const { identity, gas, gasPrice, intent } of waiting) {
      upfront.set(identity, (upfront.get(identity) ?? 0n) + BigInt(gas) * gasPrice + (intent.value ?? 0n))
    }
    for (const [identity, wei] of upfront) {
      const account = this.#accountOf(identity)
      if (wei > account.atLeast) account.atLeast = yield* this.#chain.balance(identity)
    }
  }

  #settleAll(placed: readonly Placed[], outcomes: readonly Outcome[]): void {
    const settled = new Set<number>()
    for (const [index, { waiting }] of placed.entries()) {
      const agent = this.agents[waiting.agent] as Agent
      agent.data.outcomes.push(outcomes[index] as Outcome)
      agent.data.unsettled--
      if (agent.data.unsettled === 0) settled.add(waiting.agent)
    }
    for (const index of [...settled].sort((a, b) => a - b)) {
      const agent = this.agents[index] as Agent
      const { onSight } = this.#options
      const before = onSight === undefined ? "" : toText(agent.data.state)
      if (onSight !== undefined) {
        for (const { intent, status, gasUsed, error, events } of agent.data.outcomes) {
          this.#sight(agent.data.id, "got", `${intent.contract}.${intent.fn}`, { status, gasUsed, error, events })
        }
      }
      settle(agent, this.#engine)
      if (onSight !== undefined && toText(agent.data.state) !== before) {
        this.#sight(agent.data.id, "became", "", agent.data.state)
      }
      this.#scheduleWake(agent)
    }
  }

  /** Whoever watches an event of another agent's wakes at once, and acts for the next block. */
  #wakeWatchers(placed: readonly Placed[], outcomes: readonly Outcome[]): void {
    if (this.#watchers.size === 0) return
    const woken = new Set<number>()
    for (const [index, { events }] of outcomes.entries()) {
      const source = placed[index]?.waiting.agent
      for (const event of events) {
        for (const watcher of this.#watchers.get(`${event.address}/${event.event}`) ?? []) {
          if (watcher === source) continue
          ;(this.agents[watcher] as Agent).data.inbox.push(event)
          woken.add(watcher)
        }
      }
    }
    for (const index of [...woken].sort((a, b) => a - b)) {
      const { data } = this.agents[index] as Agent
      if (data.unsettled === 0) data.wake = this.#queue.push(this.#time, WAKE, index, WAKE)
    }
  }

  #stepOutside(place: number): void {
    const { name, value } = this.#outside.step(place, this.#time)
    this.#outsideRow(name, value)
    const every = this.#outside.processes[place]?.every ?? this.spec.horizon
    this.#queue.push(this.#time + every, OUTSIDE, place, OUTSIDE)
  }

  #outsideRow(name: string, value: number): void {
    this.books.recorder.add("environment", { time: this.#time, process: name, value })
    this.books.digest.row("environment").whole(this.#time).text(name).text(String(value))
  }

  *#sampleNow(): Asking<void> {
    yield* this.#advance()
    yield* this.#sample()
    this.#scheduleSample()
  }

  *#sample(): Asking<void> {
    const { scenario, resolved } = this.#options
    yield* this.ledger.prices.refresh(this.world.handles, this.#chain.untaken)
    this.ledger.accrue(this.#time)
    const at = {
      world: this.world.handles,
      params: resolved.values,
      ledger: ledgerView(this.ledger, this.world, this.#populations),
      gauge: (population: string, name: string) => gaugeOver(this.agents, population, name),
      environment: this.#outside.values,
      tally: (population: string, which: (known: TruthRecord) => boolean) =>
        BigInt(this.books.truths.filter((known) => known.population === population && which(known)).length),
      time: this.#time
    }
    for (const metric of scenario.metrics) {
      if (this.#time % metric.every !== 0 && this.#time !== this.spec.horizon) continue
      const value = yield* sample(metric, at, this.#time, this.#chain.untaken)
      this.#now = { ...this.#now, [metric.name]: value }
      this.books.digest.row("metrics").whole(this.#time).text(metric.name).text(String(value))
      this.books.recorder.add("metrics", {
        time: this.#time,
        metric: metric.name,
        value: String(value),
        number: drawn(metric, value)
      })
    }
    this.#tryAlways()
  }

  *#audit(): Asking<void> {
    yield* this.#advance()
    const known = [...this.#accounts.keys(), DEPLOYER, ...[...this.world.contracts].map(({ address }) => address)]
    const probes = this.books.conservation.fullProbes(known)
    const leak = judge(probes, yield* this.#chain.calls(probes.map(({ call }) => call)))
    this.#holders = Math.max(this.#holders, probes.length)
    if (leak !== undefined) {
      const block = yield* this.#journal.locate(this.#chain, leak)
      throw this.books.leak(leak, block ?? this.#lastBlock)
    }
    this.#checkpoints++
    yield* this.#journal.checkpoint(this.#chain)
    const next = this.#checkpointAfter(this.#time)
    if (next > this.#time) this.#queue.push(next, AUDIT, 0, AUDIT)
  }

  /** The next audit's time: evenly spread over the horizon, on block boundaries. */
  #checkpointAfter(time: number): number {
    const { horizon } = this.spec
    const { every } = this.spec.block
    const step = Math.max(every, Math.ceil(horizon / CHECKPOINTS / every) * every)
    return time >= horizon ? time : Math.min(horizon, time + step)
  }

  // ---- the chain

  /** Mines the empty block of the latest boundary, so that reads see its number and time. */
  *#advance(): Asking<void> {
    const environment = this.#environment()
    if (environment.number > this.#lastBlock) yield* this.#execute(environment, [])
  }

  #environment(): BlockEnvironment {
    const { every, gasLimit } = this.spec.block
    const elapsed = Math.floor(this.#time / every)
    const number = this.#genesisBlock + elapsed
    return {
      number,
      timestamp: this.spec.genesis + elapsed * every,
      baseFee: this.#gasPrice(),
      gasLimit,
      prevRandao: keccakText(`${this.#root}/randao/${number}`),
      coinbase: COINBASE
    }
  }

  *#fund(): Asking<void> {
    if (this.#unfunded.size === 0) return
    const byWei = new Map<bigint, Address[]>()
    for (const [address, wei] of this.#unfunded) {
      const list = byWei.get(wei)
      if (list === undefined) byWei.set(wei, [address])
      else list.push(address)
    }
    this.#unfunded.clear()
    for (const [wei, addresses] of byWei) {
      yield* this.#chain.fund(addresses, wei)
      this.#journal.fund(addresses, wei)
    }
  }

  *#auditBlock(block: number): Asking<void> {
    const probes = this.books.conservation.probes()
    if (probes.length === 0) return
    const outcomes = yield* this.#chain.calls(probes.map(({ call }) => call))
    this.books.audited(probes, outcomes, block)
  }

  // ---- small things

  #scheduleWake(agent: Agent): void {
    const delay = wakeOf(agent, this.#engine)
    agent.data.wake = delay === undefined ? -1 : this.#queue.push(this.#time + delay, WAKE, agent.index, WAKE)
  }

  /** Wei per gas now. */
  #gasPrice(): bigint {
    const { price } = this.#gas
    if (typeof price === "bigint") return price
    return BigInt(Math.max(0, Math.round((this.#outside.sensed([price.process])[price.process] ?? 0) * 1e9)))
  }

  #scheduleSample(): void {
    let next = this.spec.horizon
    for (const { every } of this.#options.scenario.metrics) {
      next = Math.min(next, (Math.floor(this.#time / every) + 1) * every)
    }
    if (this.#time < this.spec.horizon) this.#queue.push(next, SAMPLE, 0, SAMPLE)
  }

  #tryAlways(): void {
    for (const check of this.#options.scenario.checks) {
      if (check.when !== "always" || this.#failed.has(check.claim)) continue
      if (!this.#holds(check)) this.#failed.set(check.claim, this.#time)
    }
  }

  #holds(check: Scenario["checks"][number]): boolean {
    return holds(check, this.#now, this.#options.resolved.values, this.#time)
  }

  #accountOf(identity: Address): AccountState {
    let account = this.#accounts.get(identity)
    if (account === undefined) {
      account = { nonce: 0, atLeast: 0n, intents: 0 }
      this.#accounts.set(identity, account)
    }
    return account
  }

  #sight(agent: string, what: Sight["what"], subject: string, detail: unknown): void {
    this.#options.onSight?.({ time: this.#time, agent, what, subject, detail })
  }

  #makeEngine(): Engine {
    const run = this
    return {
      get time() {
        return run.#time
      },
      blockEvery: this.spec.block.every,
      created(agent, identity, wei, cost) {
        run.#accountOf(identity).atLeast = wei
        run.#unfunded.set(identity, wei)
        run.ledger.own(identity, agent.id)
        if (cost > 0n) this.spend(agent, "identities", cost)
      },
      gasCost(fn) {
        return run.ledger.worthOfWei(BigInt(run.#gasOf.get(fn) ?? UNKNOWN_GAS) * run.#gasPrice())
      },
      spend(agent, reason, amount) {
        const account = run.ledger.account(agent.id)
        if (account !== undefined) account.spent.set(reason, (account.spent.get(reason) ?? 0n) + amount)
        run.books.digest.row("outlays").whole(run.#time).text(agent.id).text(reason).big(amount)
        run.books.recorder.add("outlays", {
          time: run.#time,
          population: agent.population,
          agent: agent.id,
          reason,
          amount: amount.toString(),
          money: wholeUnits(amount)
        })
      },
      balance: (identity): Read<bigint> => run.#chain.balance(identity),
      worth: (amount, token) => run.ledger.prices.worth(run.#priced(token), amount),
      fetches: (amount, token) => run.ledger.prices.fetches(run.#priced(token), amount),
      sensed: (names) => run.#outside.sensed(names),
      pending: () => run.#waiting.map(({ intent }) => intent)
    }
  }

  /** The token, or the only one with a price. */
  #priced(token: Address | undefined): Address {
    const { prices } = this.ledger
    const named = token ?? prices.only()
    if (named === undefined) throw new Error(`asks what an amount is worth, and ${prices.count} tokens have a price`)
    if (prices.price(named) === undefined) throw new Error(`asks for the price of ${named}, which has none`)
    return named
  }
}

interface Parts {
  readonly options: RunOptions
  readonly state: RunState | undefined
  readonly setup: SetUp
}

function senderOf(agent: Agent): { readonly population: string; readonly agent: string } {
  return { population: agent.data.population, agent: agent.data.id }
}

function openLedger(options: RunOptions, world: World, state: RunState | undefined): Ledger {
  const { scenario, resolved } = options
  const { name, ether, tokens } = scenario.numeraire({ params: resolved.values })
  const priced = new Map(Object.entries(tokens).map(([key, price]): [Address, Price] => [world.addressOf(key), price]))
  const rates = new Map(
    Object.entries(scenario.capital({ params: resolved.values })).flatMap(([key, rate]): [Address, bigint][] =>
      rate > 0 ? [[world.addressOf(key), BigInt(Math.round(rate * 1e9)) * 1_000_000_000n]] : []
    )
  )
  return new Ledger(new Prices({ name, ether, tokens: priced }, state?.prices), rates, state?.ledger)
}
