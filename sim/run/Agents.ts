/**
 * The agents of a run: their plain state, the views a behaviour gets, and the calls of `wake`,
 * `act` and `settle`. What a behaviour throws becomes an AgentError that names the agent and the time.
 */
import type { Address, Hex, Intent, IntentWithoutTruth } from "../chain/Contracts.ts"
import { toHex } from "../chain/codec/Hexadecimal.ts"
import type { Asking, Read, Untaken } from "../chain/Step.ts"
import { AgentError, type AgentReason, MesocosmError, type Offending, ScenarioError } from "../Errors.ts"
import { Draw } from "../kernel/Draw.ts"
import { spoken } from "../kernel/Duration.ts"
import type { Stream, Streams } from "../kernel/Stream.ts"
import type { BehaviourRuntime, Decision, DecodedEvent, Market, Outcome, Self } from "../scenario/Behaviour.ts"
import type { Population } from "../scenario/Population.ts"
import { isTrait } from "../scenario/Trait.ts"
import { identityAddress } from "./Identity.ts"

/** One agent as plain data. */
export interface AgentState {
  readonly population: string
  readonly id: string
  readonly identities: Address[]
  readonly traits: { readonly [name: string]: unknown }
  state: unknown
  wakes: number
  /** Intents that wait for a block. */
  unsettled: number
  /** What came of Intents while others of the same decision still wait. */
  outcomes: Outcome[]
  /** Sequence of its wake in the queue, which a later one supersedes; −1 when it has none. */
  wake: number
  /** Events of what it watches since it last acted. */
  inbox: DecodedEvent[]
}

/** What the engine does for an agent. */
export interface Engine {
  /** Seconds since the run began. */
  readonly time: number
  /** Seconds between blocks. */
  readonly blockEvery: number
  /** A new identity was made; it is funded before the next block. */
  created(agent: AgentState, identity: Address, wei: bigint, cost: bigint): void
  /** Numeraire base units. */
  gasCost(agent: AgentState, fn: string): bigint
  spend(agent: AgentState, reason: string, amount: bigint): void
  balance(identity: Address): Read<bigint>
  worth(amount: bigint, token: Address | undefined): bigint
  fetches(amount: bigint, token: Address | undefined): bigint
  sensed(names: readonly string[]): { readonly [name: string]: number }
  pending(): readonly IntentWithoutTruth[]
}

/** An agent with what its behaviour needs at hand. */
export interface Agent {
  readonly index: number
  readonly data: AgentState
  readonly behaviour: BehaviourRuntime
  readonly view: Viewed
}

interface Viewed {
  readonly self: Self
  readonly traits: { readonly [name: string]: unknown }
  readonly draw: Draw
  readonly market: Market
}

/**
 * The agents of a population: traits drawn, state made, first identity created.
 * @throws AgentError Threw when a trait or `init` throws.
 */
export function populate(
  name: string,
  population: Population<BehaviourRuntime>,
  from: number,
  streams: Streams,
  engine: Engine
): readonly Agent[] {
  const agents: Agent[] = []
  for (let nth = 0; nth < population.count; nth++) {
    const id = `${name}/${nth}`
    const drawn = new Draw(streams.get(id, "traits"))
    const different = population.agents?.[nth]
    const data: AgentState = {
      population: name,
      id,
      identities: [],
      // Drawn all the same, so that nothing else of the agent differs.
      traits: {
        ...guarded(id, population.behaviour.name, 0, () => drawTraits(population, drawn)),
        ...different?.traits
      },
      state: undefined,
      wakes: 0,
      unsettled: 0,
      outcomes: [],
      wake: -1,
      inbox: []
    }
    const agent = attach(data, from + nth, population, streams, engine)
    agent.view.self.identity(0)
    data.state = guarded(id, population.behaviour.name, 0, () =>
      population.behaviour.init({ traits: data.traits, draw: agent.view.draw })
    )
    if (different?.state !== undefined) data.state = structuredClone(different.state)
    agents.push(agent)
  }
  return agents
}

function drawTraits(population: Population<BehaviourRuntime>, draw: Draw): { readonly [name: string]: unknown } {
  const traits: { [name: string]: unknown } = {}
  const { behaviour } = population
  for (const [name, declared] of Object.entries(behaviour.traits)) {
    const said = population.traits[name]
    if (said === undefined) traits[name] = declared.draw(draw)
    else traits[name] = isTrait(said) ? said.draw(draw) : said
  }
  return traits
}

/** An agent around its data; the same for a fresh one and a restored one. */
export function attach(
  data: AgentState,
  index: number,
  population: Population<BehaviourRuntime>,
  streams: Streams,
  engine: Engine
): Agent {
  const { behaviour, wei, identityCost } = population
  let bytes: Stream | undefined
  const word = new Uint8Array(32)
  const malformed = (message: string, fix: string, value: unknown): AgentError =>
    agentError("MalformedIntent", data.id, behaviour.name, engine.time, message, fix, {
      name: data.id,
      value: String(value)
    })
  const self: Self = {
    id: data.id,
    get address() {
      return data.identities[0] as Address
    },
    identities: data.identities,
    identity(nth) {
      if (!Number.isSafeInteger(nth) || nth < 0) {
        throw malformed(`asked for its identity ${nth}`, "Ask for a whole number from 0.", nth)
      }
      for (let next = data.identities.length; next <= nth; next++) {
        const address = identityAddress(data.id, next)
        data.identities.push(address)
        engine.created(data, address, wei, next === 0 ? 0n : identityCost)
      }
      return data.identities[nth] as Address
    },
    data(): Hex {
      bytes ??= streams.get(data.id, "data")
      for (let at = 0; at < 32; at += 4) {
        const fraction = bytes.next() * 4294967296
        word[at] = fraction >>> 24
        word[at + 1] = (fraction >>> 16) & 255
        word[at + 2] = (fraction >>> 8) & 255
        word[at + 3] = fraction & 255
      }
      return toHex(word)
    },
    gasCost: (fn) => engine.gasCost(data, fn),
    spend(reason, amount) {
      if (typeof amount !== "bigint" || amount < 0n) {
        throw malformed(`spends ${amount} on ${reason}`, "Spend a bigint that is not negative.", amount)
      }
      engine.spend(data, reason, amount)
    },
    balance: (identity) => engine.balance(identity ?? self.address)
  }
  const priced = (f: () => bigint, token: { readonly address: Address } | undefined): bigint => {
    try {
      return f()
    } catch (error) {
      throw malformed(
        error instanceof Error ? error.message : String(error),
        "Name a token that the scenario's numeraire prices.",
        token?.address ?? "no token"
      )
    }
  }
  const market: Market = {
    worth: (amount, token) => priced(() => engine.worth(amount, token?.address), token),
    fetches: (amount, token) => priced(() => engine.fetches(amount, token?.address), token)
  }
  return {
    index,
    data,
    behaviour,
    view: { self, traits: data.traits, draw: new Draw(streams.get(data.id, "draw")), market }
  }
}

/** Whole seconds until the agent wakes next; undefined: never again. @throws AgentError */
export function wakeOf(agent: Agent, engine: Engine): number | undefined {
  const { self, traits, draw } = agent.view
  const delay = guarded(agent.data.id, agent.behaviour.name, engine.time, () =>
    agent.behaviour.wake({
      self,
      traits,
      draw,
      now: engine.time,
      blockEvery: engine.blockEvery,
      state: agent.data.state
    })
  )
  if (delay === null) return undefined
  if (typeof delay !== "number" || !(delay >= 0) || delay === Number.POSITIVE_INFINITY) {
    throw agentError(
      "MalformedWake",
      agent.data.id,
      agent.behaviour.name,
      engine.time,
      `wants to wake in ${String(delay)} seconds`,
      "Return a number of seconds that is not negative, or null for never.",
      { name: agent.data.id, value: String(delay) }
    )
  }
  return Math.max(1, Math.round(delay))
}

/** Lets the agent act. @throws AgentError, or ScenarioError LazyStep. */
export function* act(
  agent: Agent,
  world: { readonly [key: string]: unknown },
  engine: Engine,
  untaken: Untaken
): Asking<readonly Intent[]> {
  const { self, traits, draw, market } = agent.view
  const { data, behaviour } = agent
  const events = data.inbox
  data.inbox = []
  let decided: readonly Intent[] | Decision<unknown>
  try {
    const acting = behaviour.act({
      self,
      traits,
      draw,
      market,
      now: engine.time,
      blockEvery: engine.blockEvery,
      state: data.state,
      world,
      environment: engine.sensed(behaviour.senses),
      events,
      pending: behaviour.pending ? engine.pending() : []
    })
    decided = yield* acting
    untaken.check(`${data.id} (${behaviour.name})`)
  } catch (error) {
    throw asAgentError(error, data.id, behaviour.name, engine.time)
  }
  const malformed = (message: string, fix: string, value: string): AgentError =>
    agentError("MalformedIntent", data.id, behaviour.name, engine.time, message, fix, { name: data.id, value })
  let intents: unknown = decided
  if (typeof decided === "object" && decided !== null && "intents" in decided) {
    data.state = decided.state
    intents = decided.intents
  }
  if (!Array.isArray(intents)) {
    throw malformed(
      "act returned no list of intents",
      "Return an array of intents, empty when it wants nothing.",
      String(intents)
    )
  }
  for (const intent of intents as readonly Intent[]) {
    if (typeof intent !== "object" || intent === null || typeof intent.fn !== "string") {
      throw malformed(
        "act returned something that is no intent",
        "Make intents with world.<contract>.tx.<function>(…).",
        String(intent)
      )
    }
    if (intent.as !== undefined && !data.identities.includes(intent.as)) {
      throw agentError(
        "NotItsIdentity",
        data.id,
        behaviour.name,
        engine.time,
        `sends as ${intent.as}, which is not its identity`,
        "Send as one of self.identities.",
        { name: data.id, value: intent.as }
      )
    }
  }
  return intents as readonly Intent[]
}

/** Gives the agent what came of its Intents. @throws AgentError */
export function settle(agent: Agent, engine: Engine): void {
  const { data, behaviour } = agent
  const receipts = data.outcomes
  data.outcomes = []
  if (behaviour.settle === undefined) return
  const { self, traits, draw } = agent.view
  const settler = behaviour.settle
  data.state = guarded(data.id, behaviour.name, engine.time, () =>
    settler({ self, traits, draw, now: engine.time, blockEvery: engine.blockEvery, state: data.state, receipts })
  )
}

function guarded<A>(id: string, behaviour: string, time: number, f: () => A): A {
  try {
    return f()
  } catch (error) {
    throw asAgentError(error, id, behaviour, time)
  }
}

function asAgentError(error: unknown, id: string, behaviour: string, time: number): MesocosmError {
  if (error instanceof AgentError || error instanceof ScenarioError) return error
  const mend = `Mend ${behaviour}${whereIn(error)}, then run the same seed again.`
  const fix = error instanceof MesocosmError ? error.fix : isWorldless(error) ? `${WORLDLESS} ${mend}` : mend
  const message = `threw: ${error instanceof Error ? error.message : String(error)}`
  return agentError(
    "Threw",
    id,
    behaviour,
    time,
    message,
    fix,
    error instanceof MesocosmError && error.offending !== undefined
      ? error.offending
      : { name: id, value: error instanceof Error ? error.name : typeof error },
    error
  )
}

/** Whether a behaviour asked of the World what is not there for it. */
function isWorldless(error: unknown): boolean {
  return error instanceof TypeError && /of undefined \(reading '(?:tx|read|address)'\)/.test(error.message)
}

const WORLDLESS = "A behaviour sees those contracts alone that its needs name, under the names that setup returns."

/** File and line of the frame that threw, without its folder. */
function whereIn(error: unknown): string {
  const frame =
    error instanceof Error
      ? /([\w.-]+\.[mc]?[jt]s):(\d+)/.exec(error.stack?.split("\n").slice(1).join("\n") ?? "")
      : null
  return frame === null ? "" : ` at ${frame[1]}:${frame[2]}`
}

function agentError(
  reason: AgentReason,
  id: string,
  behaviour: string,
  time: number,
  message: string,
  fix: string,
  offending: Offending,
  cause?: unknown
): AgentError {
  return new AgentError({
    reason,
    message: `agent ${id} (${behaviour}), ${time === 0 ? "at the beginning" : `after ${spoken(time)}`}, ${message}`,
    fix,
    offending,
    cause
  })
}
