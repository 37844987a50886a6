/**
 * One run: the loop. A generator that asks the chain, so that the same code serves a chain that
 * answers at once and one that answers later.
 *
 * Invariant: between two events the whole state is plain data (`save`), and a run resumed from it
 * ends with the digests of a run that was never interrupted.
 */
import type { Chain, SnapshotId } from "../chain/Chain.ts"
import type { Address, Intent, IntentWithoutTruth } from "../chain/Contracts.ts"
import { Reader } from "../chain/Handle.ts"
import type { Asking } from "../chain/Step.ts"
import { EventQueue } from "../kernel/EventQueue.ts"
import { Streams } from "../kernel/Stream.ts"
import { sentBy } from "../scenario/Adapter.ts"
import type { BehaviourRuntime, Outcome } from "../scenario/Behaviour.ts"
import type { Population } from "../scenario/Population.ts"
import type { GasRule } from "../scenario/Scenario.ts"
import { Accounts } from "./Accounts.ts"
import { addAgentRows } from "./AgentRows.ts"
import { type Agent, type AgentState, act, attach, type Engine, populate, settle, wakeOf } from "./Agents.ts"
import { Audits, checkpointAfter } from "./Audits.ts"
import { inOrder, type MadeBlock, type Placed, place, type Waiting } from "./BlockBuilder.ts"
import { Blocks } from "./Blocks.ts"
import { Books } from "./Books.ts"
import { engineOf } from "./EngineOf.ts"
import { DEPLOYER } from "./Identity.ts"
import { Journal } from "./Journal.ts"
import type { Ledger } from "./Ledger.ts"
import { openLedger } from "./OpenLedger.ts"
import { Outside } from "./Outside.ts"
import type { RunOptions } from "./RunOptions.ts"
import type { RunSpec } from "./RunSpec.ts"
import type { RunEnd, RunState } from "./RunState.ts"
import { Samples } from "./Samples.ts"
import { endow, rebuild, type SetUp, setUp } from "./Setup.ts"
import { Sights } from "./Sights.ts"
import type { WarmStart } from "./WarmStart.ts"
import { Watchers } from "./Watchers.ts"
import type { World } from "./World.ts"

// At one moment the Environment steps first, then blocks come, then samples, then audits, then wakes: whoever wakes sees the block of its time.
const OUTSIDE = 0
const BLOCK = 1
const SAMPLE = 2
const AUDIT = 3
const WAKE = 4

const DEFAULT_GAS_LIMIT = 1_000_000

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
  readonly #watchers: Watchers
  readonly #worlds: readonly { readonly [key: string]: unknown }[]
  readonly #accounts: Accounts
  readonly #journal: Journal
  readonly #blocks: Blocks
  readonly #audits: Audits
  readonly #samples: Samples
  readonly #sights: Sights | undefined
  readonly #root: string
  /** Now, and what waits for the next block. */
  readonly #moment: { time: number; waiting: Waiting[] }
  #sequence: number
  #ended: boolean

  private constructor({ options, state, setup }: Parts) {
    const { scenario, resolved, chain } = options
    const values = { params: resolved.values }
    this.#options = options
    this.spec = resolved.spec
    this.#chain = chain
    this.#root = `${this.spec.scenario}/${this.spec.seed}`
    this.#reader = setup.reader
    this.world = setup.world
    this.#journal = setup.journal
    this.#accounts = new Accounts(state)
    this.#gas = scenario.gas(values)
    this.#sequence = state?.sequence ?? 0
    this.#moment = { time: state?.time ?? 0, waiting: (state?.waiting ?? []).map((each) => ({ ...each })) }
    this.#ended = state?.ended ?? false
    this.#queue = state === undefined ? new EventQueue() : EventQueue.restore(state.queue)
    this.#streams = state === undefined ? new Streams(this.#root) : Streams.restore(state.streams)
    this.ledger = openLedger(options, this.world, state)
    this.#outside = new Outside(scenario.environment(values), this.#streams, state?.outside)
    this.books = new Books(this.world, this.ledger, options.recording, state?.books)
    this.#blocks = new Blocks(
      { spec: this.spec, chain, journal: setup.journal, reader: setup.reader, prices: this.ledger.prices },
      this.#root,
      state?.genesisBlock ?? setup.lastBlock,
      state?.lastBlock ?? setup.lastBlock
    )
    this.#audits = new Audits(chain, this.books, setup.journal)
    this.#engine = engineOf({
      chain,
      accounts: this.#accounts,
      ledger: this.ledger,
      books: this.books,
      outside: this.#outside,
      blockEvery: this.spec.block.every,
      moment: this.#moment,
      gasPrice: () => this.#gasPrice()
    })
    this.#sights = options.onSight === undefined ? undefined : new Sights(options.onSight, setup.reader, this.#moment)
    this.agents = this.#populate(setup, state)
    const worlds = new Map(
      Object.entries(setup.populations).map(([name, { behaviour }]) => [
        name,
        this.world.needed(behaviour.needs, behaviour.name)
      ])
    )
    this.#worlds = this.agents.map(({ data }) => worlds.get(data.population) ?? {})
    this.#watchers = new Watchers(this.agents, this.world)
    this.#samples = new Samples(
      {
        scenario,
        resolved,
        untaken: chain.untaken,
        world: this.world,
        ledger: this.ledger,
        books: this.books,
        outside: this.#outside,
        agents: this.agents,
        populations: Object.keys(setup.populations)
      },
      state
    )
  }

  #populate({ populations }: SetUp, state: RunState | undefined): readonly Agent[] {
    const agents: Agent[] = []
    if (state === undefined) {
      for (const [name, population] of Object.entries(populations)) {
        for (let nth = 0; nth < population.count; nth++) this.ledger.open(name, `${name}/${nth}`)
        agents.push(...populate(name, population, agents.length, this.#streams, this.#engine))
      }
      return agents
    }
    for (const data of structuredClone(state.agents) as AgentState[]) {
      const population = populations[data.population] as Population<BehaviourRuntime>
      agents.push(attach(data, agents.length, population, this.#streams, this.#engine))
      for (const identity of data.identities) this.ledger.own(identity, data.id)
    }
    return agents
  }

  /** Sets the World up, endows the agents and takes the first samples; `warmth` keeps set-ups for later runs. */
  static *begin(options: RunOptions, warmth?: WarmStart): Asking<Run> {
    const warm = warmth === undefined ? undefined : yield* warmth.begin(options)
    const setup = warm?.setup ?? (yield* setUp(options))
    const run = new Run({ options, setup, state: undefined })
    for (const { token, address } of [...run.world.contracts]) if (token) run.books.conservation.watch(address)
    const endowed = warm === undefined ? yield* run.#endow(setup, warmth) : warm.endowed
    if (warm !== undefined) {
      run.#accounts.funded(run.#journal)
      run.#journal.entered(endowed)
    }
    run.#blocks.genesis = setup.lastBlock
    run.#blocks.last = setup.lastBlock
    run.#reader.forget()
    for (const entry of [...setup.entries, ...endowed]) {
      run.books.enter({ ...entry, time: 0, setup: true, sender: () => ({ population: "setup", agent: "deployer" }) })
    }
    run.#sequence = setup.sequence
    yield* run.#audits.block(setup.lastBlock)
    for (const [place, { name, every }] of run.#outside.processes.entries()) {
      run.#outsideRow(name, run.#outside.values[name] ?? 0)
      run.#queue.push(every, OUTSIDE, place, OUTSIDE)
    }
    yield* run.#samples.take(0)
    for (const agent of run.agents) run.#scheduleWake(agent)
    run.books.digest.extend()
    run.#scheduleSample()
    run.#queue.push(checkpointAfter(run.spec, 0), AUDIT, 0, AUDIT)
    yield* run.#journal.checkpoint(run.#chain)
    return run
  }

  *#endow(setup: SetUp, warmth: WarmStart | undefined): Asking<readonly MadeBlock[]> {
    yield* this.#accounts.fund(this.#chain, this.#journal)
    const endowed = yield* endow(this.#options, setup, this.agents)
    if (warmth !== undefined) yield* warmth.keep(this.#options, { setup, endowed })
    return endowed
  }

  /**
   * A run that goes on from a state: on the chain's own snapshot where there is one, else by
   * replaying every recorded operation, whose receipts must be the recorded ones.
   * @throws ChainError Audit when a replayed block differs.
   */
  static *resume(options: RunOptions, state: RunState, snapshot?: SnapshotId): Asking<Run> {
    const journal = new Journal(options.journal, state.journal)
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
    while (!this.#ended && this.#blocks.last < untilBlock && signal?.aborted !== true) {
      if (!this.#queue.pop()) {
        this.#ended = true
        return
      }
      const { time, kind, agent } = this.#queue
      if (time > this.spec.horizon) {
        this.#ended = true
        return
      }
      this.#moment.time = time
      if (kind === OUTSIDE) this.#stepOutside(agent)
      else if (kind === BLOCK) yield* this.#block()
      else if (kind === SAMPLE) yield* this.#sample()
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
      time: this.#moment.time,
      genesisBlock: this.#blocks.genesis,
      lastBlock: this.#blocks.last,
      sequence: this.#sequence,
      ended: this.#ended,
      queue: this.#queue.save(),
      streams: this.#streams.save(),
      agents: this.agents.map(({ data }) => data),
      waiting: this.#moment.waiting,
      ...this.#accounts.save(),
      ...this.#samples.save(),
      ledger: this.ledger.save(),
      prices: this.ledger.prices.save(),
      outside: this.#outside.save(),
      books: this.books.save(),
      world: this.world.save(),
      journal: this.#journal.save()
    })
  }

  /** What came of it; `agents` rows are added to the tables, which are then finished. */
  end(): RunEnd {
    const { time } = this.#moment
    if (this.#ended) this.#samples.tryFinally(time)
    this.ledger.accrue(time)
    const { recorder } = this.books
    if (recorder.rows("agents") === 0) addAgentRows(recorder, this.agents, this.ledger)
    recorder.finish()
    return {
      digests: this.books.digest.digests(),
      checks: this.#samples.outcomes(this.#ended),
      counts: this.books.counts,
      wakes: this.agents.reduce((sum, { data }) => sum + data.wakes, 0),
      endedAt: time,
      complete: this.#ended,
      now: this.#samples.now,
      audit: {
        tokens: [...this.world.contracts].filter(({ token }) => token).length,
        holders: this.#audits.holders,
        checkpoints: this.#audits.checkpoints
      }
    }
  }

  // ---- events

  *#wake(agent: Agent): Asking<void> {
    const { data } = agent
    data.wake = -1
    data.wakes++
    yield* this.#advance()
    yield* this.ledger.prices.refresh(this.world.handles, this.#chain.untaken)
    this.#sights?.woke(data)
    const intents = yield* act(agent, this.#worlds[agent.index] ?? {}, this.#engine, this.#chain.untaken)
    this.#sights?.decided(data, intents)
    for (const intent of intents) this.#wait(agent, intent)
    if (intents.length === 0) this.#scheduleWake(agent)
  }

  #wait(agent: Agent, intent: Intent): void {
    const identity = intent.as ?? (agent.data.identities[0] as Address)
    const { time, waiting } = this.#moment
    agent.data.unsettled++
    if (waiting.length === 0) {
      const { every } = this.spec.block
      this.#queue.push((Math.floor(time / every) + 1) * every, BLOCK, 0, BLOCK)
    }
    const { truth } = intent
    let stripped: IntentWithoutTruth = intent
    if (truth !== undefined || intent.via !== undefined) {
      const { truth: _, ...given } = intent
      stripped = given.via === undefined ? given : { ...given, via: sentBy(given.via, identity) }
    }
    waiting.push({
      sequence: this.#sequence++,
      agent: agent.index,
      identity,
      nth: this.#accounts.of(identity).intents++,
      intent: stripped,
      ...(truth === undefined ? {} : { truth }),
      data: this.world.encode(stripped),
      gas: intent.gas ?? this.#gas.limit ?? DEFAULT_GAS_LIMIT,
      gasPrice: intent.tip ?? 0n,
      time
    })
  }

  *#block(): Asking<void> {
    const { time } = this.#moment
    const environment = this.#blocks.environment(time, this.#gasPrice())
    // What waits names its tip; what it pays per gas is known when the block is.
    for (const each of this.#moment.waiting) each.gasPrice += environment.baseFee
    const waiting = inOrder(this.#moment.waiting, this.spec.block.order, this.#root)
    this.#moment.waiting = []
    yield* this.#accounts.fund(this.#chain, this.#journal)
    yield* this.#accounts.refresh(this.#chain, waiting)
    const rules = { gasLimit: environment.gasLimit, hardfork: this.spec.hardfork }
    const placed = place(waiting, rules, this.#accounts)
    const transactions = placed.flatMap(({ transaction }) => (transaction === undefined ? [] : [transaction]))
    const receipts = yield* this.#blocks.execute(environment, transactions)
    this.#accounts.charge(placed, receipts)
    const outcomes = this.books.enter({
      environment,
      time,
      setup: false,
      placed,
      receipts,
      sender: (agent) => senderOf(this.agents[agent] as Agent)
    })
    yield* this.#audits.block(environment.number)
    this.#settleAll(placed, outcomes)
    for (const index of this.#watchers.tell(placed, outcomes)) {
      const { data } = this.agents[index] as Agent
      // It acts for the next block.
      if (data.unsettled === 0) data.wake = this.#queue.push(time, WAKE, index, WAKE)
    }
    this.#samples.tryAlways(time)
    const { blocks, transactions: sent } = this.books.counts
    this.#options.onProgress?.({ time, horizon: this.spec.horizon, blocks, transactions: sent })
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
      this.#sights?.settling(agent.data)
      settle(agent, this.#engine)
      this.#sights?.settled(agent.data)
      this.#scheduleWake(agent)
    }
  }

  #stepOutside(place: number): void {
    const { time } = this.#moment
    const { name, value } = this.#outside.step(place, time)
    this.#outsideRow(name, value)
    const every = this.#outside.processes[place]?.every ?? this.spec.horizon
    this.#queue.push(time + every, OUTSIDE, place, OUTSIDE)
  }

  #outsideRow(name: string, value: number): void {
    const { time } = this.#moment
    this.books.recorder.add("environment", { time, process: name, value })
    this.books.digest.row("environment").whole(time).text(name).text(String(value))
  }

  *#sample(): Asking<void> {
    yield* this.#advance()
    yield* this.#samples.take(this.#moment.time)
    this.#scheduleSample()
  }

  *#audit(): Asking<void> {
    yield* this.#advance()
    const contracts = [...this.world.contracts].map(({ address }) => address)
    yield* this.#audits.checkpoint([...this.#accounts.identities, DEPLOYER, ...contracts], this.#blocks.last)
    const { time } = this.#moment
    const next = checkpointAfter(this.spec, time)
    if (next > time) this.#queue.push(next, AUDIT, 0, AUDIT)
  }

  // ---- small things

  /** Mines the empty block of the latest boundary. */
  *#advance(): Asking<void> {
    yield* this.#blocks.advance(this.#moment.time, this.#gasPrice())
  }

  #scheduleWake(agent: Agent): void {
    const delay = wakeOf(agent, this.#engine)
    agent.data.wake = delay === undefined ? -1 : this.#queue.push(this.#moment.time + delay, WAKE, agent.index, WAKE)
  }

  #scheduleSample(): void {
    const { time } = this.#moment
    if (time < this.spec.horizon) this.#queue.push(this.#samples.after(time), SAMPLE, 0, SAMPLE)
  }

  /** Wei per gas now. */
  #gasPrice(): bigint {
    const { price } = this.#gas
    if (typeof price === "bigint") return price
    return BigInt(Math.max(0, Math.round((this.#outside.sensed([price.process])[price.process] ?? 0) * 1e9)))
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
