/**
 * One run: the loop. A generator that asks the chain, so that the same code serves a chain that
 * answers at once and one that answers later.
 *
 * Invariant: between two events the whole state is plain data (`save`), and a run resumed from it
 * ends with the digests of a run that was never interrupted.
 */
import type { Receipt, SnapshotId } from "../chain/Chain.ts"
import type { Address, Intent, IntentWithoutTruth } from "../chain/Contracts.ts"
import { Reader } from "../chain/Handle.ts"
import type { Asking } from "../chain/Step.ts"
import { sentBy } from "../scenario/Adapter.ts"
import type { Outcome } from "../scenario/Behaviour.ts"
import { addAgentRows } from "./AgentRows.ts"
import { type Agent, act, settle, wakeOf } from "./Agents.ts"
import { checkpointAfter } from "./Audits.ts"
import { blamed, inOrder, type MadeBlock, type Placed, place } from "./BlockBuilder.ts"
import type { Books } from "./Books.ts"
import { DEPLOYER } from "./Identity.ts"
import { Journal } from "./Journal.ts"
import type { Ledger } from "./Ledger.ts"
import { assemble, type Parts } from "./Parts.ts"
import type { RunOptions } from "./RunOptions.ts"
import type { RunSpec } from "./RunSpec.ts"
import type { RunEnd, RunState } from "./RunState.ts"
import { endow, rebuild, type SetUp, setUp } from "./Setup.ts"
import type { WarmStart } from "./WarmStart.ts"
import type { World } from "./World.ts"

// At one moment the Environment steps first, then blocks come, then samples, then audits, then wakes: whoever wakes sees the block of its time.
const OUTSIDE = 0
const BLOCK = 1
const SAMPLE = 2
const AUDIT = 3
const WAKE = 4

export class Run {
  readonly spec: RunSpec
  readonly books: Books
  readonly world: World
  readonly ledger: Ledger
  readonly agents: readonly Agent[]
  readonly #options: RunOptions
  readonly #parts: Parts
  #sequence: number
  #ended: boolean

  private constructor(options: RunOptions, setup: SetUp, state: RunState | undefined) {
    this.#options = options
    this.#parts = assemble(options, setup, state)
    this.spec = options.resolved.spec
    this.books = this.#parts.books
    this.world = setup.world
    this.ledger = this.#parts.ledger
    this.agents = this.#parts.agents
    this.#sequence = state?.sequence ?? 0
    this.#ended = state?.ended ?? false
  }

  /** Sets the World up, endows the agents and takes the first samples; `warmth` keeps set-ups for later runs. */
  static *begin(options: RunOptions, warmth?: WarmStart): Asking<Run> {
    const warm = warmth === undefined ? undefined : yield* warmth.begin(options)
    const setup = warm?.setup ?? (yield* setUp(options))
    const run = new Run(options, setup, undefined)
    for (const { token, address } of [...run.world.contracts]) if (token) run.books.conservation.watch(address)
    const endowed = warm === undefined ? yield* run.#endow(setup, warmth) : warm.endowed
    if (warm !== undefined) {
      run.#parts.accounts.funded(run.#parts.journal)
      run.#parts.journal.entered(endowed)
    }
    run.#parts.blocks.genesis = setup.lastBlock
    run.#parts.blocks.last = setup.lastBlock
    run.#parts.reader.forget()
    for (const entry of [...setup.entries, ...endowed]) {
      run.books.enter({ ...entry, time: 0, setup: true, sender: () => ({ population: "setup", agent: "deployer" }) })
    }
    run.#sequence = setup.sequence
    yield* run.#parts.audits.block(setup.lastBlock)
    for (const [place, { name, every }] of run.#parts.outside.processes.entries()) {
      run.#outsideRow(name, run.#parts.outside.values[name] ?? 0)
      run.#parts.queue.push(every, OUTSIDE, place, OUTSIDE)
    }
    yield* run.#parts.samples.take(0)
    for (const agent of run.agents) run.#scheduleWake(agent)
    run.books.digest.extend()
    run.#scheduleSample()
    run.#parts.queue.push(checkpointAfter(run.spec, 0), AUDIT, 0, AUDIT)
    yield* run.#parts.journal.checkpoint(run.#parts.chain)
    return run
  }

  *#endow(setup: SetUp, warmth: WarmStart | undefined): Asking<readonly MadeBlock[]> {
    yield* this.#parts.accounts.fund(this.#parts.chain, this.#parts.journal)
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
    const setup: SetUp = {
      reader,
      world,
      journal,
      populations,
      lastBlock: state.genesisBlock,
      sequence: state.sequence,
      entries: []
    }
    return new Run(options, setup, state)
  }

  /** Goes on until the end, or until the block of that number has been made. */
  *continue(untilBlock: number = Number.POSITIVE_INFINITY): Asking<void> {
    const { signal } = this.#options
    while (!this.#ended && this.#parts.blocks.last < untilBlock && signal?.aborted !== true) {
      if (!this.#parts.queue.pop()) {
        this.#ended = true
        return
      }
      const { time, kind, agent } = this.#parts.queue
      if (time > this.spec.horizon) {
        this.#ended = true
        return
      }
      this.#parts.moment.time = time
      if (kind === OUTSIDE) this.#stepOutside(agent)
      else if (kind === BLOCK) yield* this.#block()
      else if (kind === SAMPLE) yield* this.#sample()
      else if (kind === AUDIT) yield* this.#audit()
      else if (time < this.spec.horizon && (this.agents[agent] as Agent).data.wake === this.#parts.queue.sequence) {
        yield* this.#wake(this.agents[agent] as Agent)
      }
      this.books.digest.extend()
    }
  }

  /** The whole state as plain data. */
  save(): RunState {
    return structuredClone({
      spec: this.spec,
      time: this.#parts.moment.time,
      genesisBlock: this.#parts.blocks.genesis,
      lastBlock: this.#parts.blocks.last,
      sequence: this.#sequence,
      ended: this.#ended,
      queue: this.#parts.queue.save(),
      streams: this.#parts.streams.save(),
      agents: this.agents.map(({ data }) => data),
      waiting: this.#parts.moment.waiting,
      ...this.#parts.accounts.save(),
      ...this.#parts.samples.save(),
      ledger: this.ledger.save(),
      prices: this.ledger.prices.save(),
      outside: this.#parts.outside.save(),
      books: this.books.save(),
      audits: this.#parts.audits.save(),
      world: this.world.save(),
      journal: this.#parts.journal.save()
    })
  }

  /** What came of it; `agents` rows are added to the tables, which are then finished. */
  end(): RunEnd {
    const { time } = this.#parts.moment
    if (this.#ended) this.#parts.samples.tryFinally(time)
    this.ledger.accrue(time)
    const { recorder } = this.books
    if (recorder.rows("agents") === 0) addAgentRows(recorder, this.agents, this.ledger)
    recorder.finish()
    return {
      digests: this.books.digest.digests(),
      checks: this.#parts.samples.outcomes(this.#ended),
      counts: this.books.counts,
      reverts: this.books.reverts.save(),
      wakes: this.agents.reduce((sum, { data }) => sum + data.wakes, 0),
      endedAt: time,
      complete: this.#ended,
      now: this.#parts.samples.now,
      audit: {
        tokens: [...this.world.contracts].filter(({ token }) => token).length,
        ...this.#parts.audits.save()
      }
    }
  }

  // ---- events

  *#wake(agent: Agent): Asking<void> {
    const { data } = agent
    data.wake = -1
    data.wakes++
    yield* this.#advance()
    yield* this.#refresh()
    this.#parts.sights?.woke(data)
    const intents = yield* act(
      agent,
      this.#parts.worlds[agent.index] ?? {},
      this.#parts.engine,
      this.#parts.chain.untaken
    )
    this.#parts.sights?.decided(data, intents)
    for (const intent of intents) this.#wait(agent, intent)
    if (intents.length === 0) this.#scheduleWake(agent)
  }

  #wait(agent: Agent, intent: Intent): void {
    const identity = intent.as ?? (agent.data.identities[0] as Address)
    const { time, waiting } = this.#parts.moment
    agent.data.unsettled++
    if (waiting.length === 0) {
      const { every } = this.spec.block
      this.#parts.queue.push((Math.floor(time / every) + 1) * every, BLOCK, 0, BLOCK)
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
      nth: this.#parts.accounts.of(identity).intents++,
      intent: stripped,
      ...(truth === undefined ? {} : { truth }),
      data: this.world.encode(stripped),
      gas: intent.gas ?? this.#parts.gas.limit,
      gasPrice: intent.tip ?? 0n,
      time
    })
  }

  *#block(): Asking<void> {
    const { time } = this.#parts.moment
    const environment = this.#parts.blocks.environment(time, this.#parts.gasPrice())
    // What waits names its tip; what it pays per gas is known when the block is.
    for (const each of this.#parts.moment.waiting) each.gasPrice += environment.baseFee
    const waiting = inOrder(this.#parts.moment.waiting, this.spec.block.order, this.#parts.root)
    this.#parts.moment.waiting = []
    yield* this.#parts.accounts.fund(this.#parts.chain, this.#parts.journal)
    yield* this.#parts.accounts.refresh(this.#parts.chain, waiting)
    const rules = { gasLimit: environment.gasLimit, hardfork: this.spec.hardfork }
    const placed = place(waiting, rules, this.#parts.accounts)
    const transactions = placed.flatMap(({ transaction }) => (transaction === undefined ? [] : [transaction]))
    let receipts: readonly Receipt[]
    try {
      receipts = yield* this.#parts.blocks.execute(environment, transactions)
    } catch (error) {
      const agent = (index: number): string => this.agents[index]?.data.id ?? "nobody"
      throw blamed(error, placed, { keyAt: (to) => this.world.keyAt(to), agent })
    }
    this.#parts.accounts.charge(placed, receipts)
    const outcomes = this.books.enter({
      environment,
      time,
      setup: false,
      placed,
      receipts,
      sender: (agent) => senderOf(this.agents[agent] as Agent)
    })
    yield* this.#parts.audits.block(environment.number)
    // What capital costs until the next block goes by the prices that this one left.
    if (this.ledger.charges) yield* this.#refresh()
    this.#settleAll(placed, outcomes)
    for (const index of this.#parts.watchers.tell(placed, outcomes)) {
      const { data } = this.agents[index] as Agent
      // It acts for the next block.
      if (data.unsettled === 0) data.wake = this.#parts.queue.push(time, WAKE, index, WAKE)
    }
    this.#parts.samples.tryAlways(time)
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
      this.#parts.sights?.settling(agent.data)
      settle(agent, this.#parts.engine)
      this.#parts.sights?.settled(agent.data)
      this.#scheduleWake(agent)
    }
  }

  #stepOutside(place: number): void {
    const { time } = this.#parts.moment
    const { name, value } = this.#parts.outside.step(place, time)
    this.#outsideRow(name, value)
    const every = this.#parts.outside.processes[place]?.every ?? this.spec.horizon
    this.#parts.queue.push(time + every, OUTSIDE, place, OUTSIDE)
  }

  #outsideRow(name: string, value: number): void {
    const { time } = this.#parts.moment
    this.books.recorder.add("environment", { time, process: name, value })
    this.books.digest.row("environment").whole(time).text(name).text(String(value))
  }

  *#sample(): Asking<void> {
    yield* this.#advance()
    yield* this.#parts.samples.take(this.#parts.moment.time)
    this.#scheduleSample()
  }

  *#audit(): Asking<void> {
    yield* this.#advance()
    const contracts = [...this.world.contracts].map(({ address }) => address)
    yield* this.#parts.audits.checkpoint(
      [...this.#parts.accounts.identities, DEPLOYER, ...contracts],
      this.#parts.blocks.last
    )
    this.ledger.audit((token, contract) => this.books.conservation.amountOf(token, contract))
    const { time } = this.#parts.moment
    const next = checkpointAfter(this.spec, time)
    if (next > time) this.#parts.queue.push(next, AUDIT, 0, AUDIT)
  }

  // ---- small things

  /** Mines the empty block of the latest boundary. */
  *#advance(): Asking<void> {
    yield* this.#parts.blocks.advance(this.#parts.moment.time, this.#parts.gasPrice())
  }

  /** Reads the prices that hold now. */
  *#refresh(): Asking<void> {
    yield* this.ledger.refresh(this.#parts.moment.time, this.world.handles, this.#parts.chain.untaken)
  }

  #scheduleWake(agent: Agent): void {
    const time = this.#parts.moment.time + (wakeOf(agent, this.#parts.engine) ?? Number.POSITIVE_INFINITY)
    // Beyond the horizon is never, however far beyond.
    agent.data.wake = time > this.spec.horizon ? -1 : this.#parts.queue.push(time, WAKE, agent.index, WAKE)
  }

  #scheduleSample(): void {
    const { time } = this.#parts.moment
    if (time < this.spec.horizon) this.#parts.queue.push(this.#parts.samples.after(time), SAMPLE, 0, SAMPLE)
  }
}

function senderOf(agent: Agent): { readonly population: string; readonly agent: string } {
  return { population: agent.data.population, agent: agent.data.id }
}
