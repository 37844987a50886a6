/** The parts of a run, made of its options, its set-up and, where it goes on from one, a state. */
import type { Chain } from "../chain/Chain.ts"
import type { Address } from "../chain/Contracts.ts"
import type { Reader } from "../chain/Handle.ts"
import { EventQueue } from "../kernel/EventQueue.ts"
import { Streams } from "../kernel/Stream.ts"
import type { BehaviourRuntime } from "../scenario/Behaviour.ts"
import { type GasRule, gasOf } from "../scenario/BlockAndGas.ts"
import type { Population } from "../scenario/Population.ts"
import { Accounts } from "./Accounts.ts"
import { type Agent, type AgentState, attach, type Engine, populate } from "./Agents.ts"
import { Audits } from "./Audits.ts"
import type { Waiting } from "./BlockBuilder.ts"
import { Blocks } from "./Blocks.ts"
import { Books } from "./Books.ts"
import { engineOf } from "./EngineOf.ts"
import type { Journal } from "./Journal.ts"
import type { Ledger } from "./Ledger.ts"
import { openLedger } from "./OpenLedger.ts"
import { Outside } from "./Outside.ts"
import type { RunOptions } from "./RunOptions.ts"
import type { RunState } from "./RunState.ts"
import { Samples } from "./Samples.ts"
import type { SetUp } from "./Setup.ts"
import { Sights } from "./Sights.ts"
import { Watchers } from "./Watchers.ts"

export interface Parts {
  readonly chain: Chain
  readonly reader: Reader
  readonly journal: Journal
  readonly queue: EventQueue
  readonly streams: Streams
  readonly accounts: Accounts
  readonly outside: Outside
  readonly ledger: Ledger
  readonly books: Books
  readonly blocks: Blocks
  readonly audits: Audits
  readonly engine: Engine
  readonly agents: readonly Agent[]
  /** The contracts that each agent needs, by the agents' places. */
  readonly worlds: readonly { readonly [key: string]: unknown }[]
  readonly watchers: Watchers
  readonly samples: Samples
  readonly sights: Sights | undefined
  readonly gas: Required<GasRule>
  /** Wei per gas now. */
  readonly gasPrice: () => bigint
  /** What tells runs apart: the name of their streams. */
  readonly root: string
  /** Now, and what waits for the next block. */
  readonly moment: { time: number; waiting: Waiting[] }
}

export function assemble(options: RunOptions, setup: SetUp, state: RunState | undefined): Parts {
  const { scenario, resolved, chain } = options
  const { spec } = resolved
  const { world, reader, journal } = setup
  const values = { params: resolved.values }
  const root = `${spec.scenario}/${spec.seed}`
  const accounts = new Accounts(state)
  const processes = scenario.environment(values)
  const gas = gasOf(scenario.id, scenario.gas(values), Object.keys(processes))
  const moment = { time: state?.time ?? 0, waiting: (state?.waiting ?? []).map((each) => ({ ...each })) }
  const queue = state === undefined ? new EventQueue() : EventQueue.restore(state.queue)
  const streams = state === undefined ? new Streams(root) : Streams.restore(state.streams)
  const ledger = openLedger(options, world, state)
  const outside = new Outside(processes, streams, state?.outside)
  const books = new Books(world, ledger, options.recording, state?.books)
  const blocks = new Blocks(
    { spec, chain, journal, reader, prices: ledger.prices },
    root,
    state?.genesisBlock ?? setup.lastBlock,
    state?.lastBlock ?? setup.lastBlock
  )
  const gasPrice = (): bigint => {
    const { price } = gas
    if (typeof price === "bigint") return price
    return BigInt(Math.max(0, Math.round((outside.sensed([price.process])[price.process] ?? 0) * 1e9)))
  }
  const needed = new Map(
    Object.entries(setup.populations).map(([name, { behaviour }]) => [
      name,
      world.needed(behaviour.needs, behaviour.name)
    ])
  )
  const addresses = new Map([...needed].map(([name, handles]) => [name, new Set(addressesOf(handles))]))
  const known = (population: string): ReadonlySet<Address> => addresses.get(population) ?? new Set()
  const blockEvery = spec.block.every
  const engine = engineOf({ chain, accounts, ledger, books, outside, blockEvery, known, moment, gasPrice })
  const agents =
    state === undefined ? cast(setup, ledger, streams, engine) : recast(setup, state, ledger, streams, engine)
  const populations = Object.keys(setup.populations)
  const { untaken } = chain
  return {
    chain,
    reader,
    journal,
    queue,
    streams,
    accounts,
    outside,
    ledger,
    books,
    blocks,
    audits: new Audits(chain, books, journal, state?.audits),
    engine,
    agents,
    worlds: agents.map(({ data }) => needed.get(data.population) ?? {}),
    watchers: new Watchers(agents, world),
    samples: new Samples({ scenario, resolved, untaken, world, ledger, books, outside, agents, populations }, state),
    sights:
      options.onSight === undefined ? undefined : new Sights(options.onSight, { reader, moment, gasLimit: gas.limit }),
    gas,
    gasPrice,
    root,
    moment
  }
}

/** Where the contracts are that a behaviour needs. */
function addressesOf(handles: { readonly [key: string]: unknown }): readonly Address[] {
  // Each is a handle, or an adapted one.
  return Object.values(handles).map((handle) => (handle as { readonly address: Address }).address)
}

/** The agents of a run that begins. */
function cast({ populations }: SetUp, ledger: Ledger, streams: Streams, engine: Engine): readonly Agent[] {
  const agents: Agent[] = []
  for (const [name, population] of Object.entries(populations)) {
    for (let nth = 0; nth < population.count; nth++) ledger.open(name, `${name}/${nth}`)
    agents.push(...populate(name, population, agents.length, streams, engine))
  }
  return agents
}

/** The agents of a run that goes on. */
function recast(
  { populations }: SetUp,
  state: RunState,
  ledger: Ledger,
  streams: Streams,
  engine: Engine
): readonly Agent[] {
  const agents: Agent[] = []
  // Plain data: a clone has the type of what was cloned.
  for (const data of structuredClone(state.agents) as AgentState[]) {
    const population = populations[data.population] as Population<BehaviourRuntime>
    agents.push(attach(data, agents.length, population, streams, engine))
    for (const identity of data.identities) ledger.own(identity, data.id)
  }
  return agents
}
