/**
 * Behaviours: how one kind of agent wakes, acts and settles. State and view in, new state and
 * Intents out; a behaviour never sends, and keeps nothing outside its state.
 */
import type {
  Address,
  Contract,
  ContractName,
  Events,
  Hex,
  Intent,
  IntentWithoutTruth,
  Reads,
  Txs
} from "../chain/Contracts.ts"
import type { Asking, Read } from "../chain/Step.ts"
import { ScenarioError } from "../Errors.ts"
import type { Draw } from "../kernel/Draw.ts"
import type { Traits, TraitValues } from "./Trait.ts"

/** World key to the contract (or interface) whose functions the behaviour uses. */
export type Needs = { readonly [key: string]: ContractName }

type Handles<N extends Needs> = { readonly [K in keyof N]: Contract<N[K]> }

/** What an agent knows of itself. */
export interface Self {
  /** `population/index`. */
  readonly id: string
  /** Its first identity. */
  readonly address: Address
  /** Every identity it has used, in order of creation. */
  readonly identities: readonly Address[]
  /** The identity of that number, created now if it is new. @throws AgentError MalformedIntent when not a whole number. */
  identity(index: number): Address
  /** 32 fresh bytes from the agent's own stream: what it contributes. */
  data(): Hex
  /**
   * What calling the function costs at the scenario's gas price, in the numeraire: from the gas that it last took in
   * this run at one of the contracts that the behaviour needs.
   */
  gasCost(fn: string): bigint
  /** Books a cost that no chain sees (hardware, electricity), in the numeraire. @throws AgentError MalformedIntent when negative. */
  spend(reason: string, amount: bigint): void
  /** Native balance of an identity, in wei; of the first when left out. */
  balance(identity?: Address): Read<bigint>
}

/** Prices, as the scenario sets them. */
export interface Market {
  /**
   * What an amount of a token is worth in the numeraire. `token` may be left out where the
   * scenario prices one token only.
   * @throws AgentError MalformedIntent when the token has no price.
   */
  worth(amount: bigint, token?: { readonly address: Address }): bigint
  /**
   * What selling that amount would fetch now: less than `worth` where the token trades in a market of limited depth.
   * Of a negative amount: minus what buying it back would cost.
   */
  fetches(amount: bigint, token?: { readonly address: Address }): bigint
}

interface View<T extends Traits> {
  readonly self: Self
  readonly traits: TraitValues<T>
  readonly draw: Draw
  /** Seconds since the run began. */
  readonly now: number
  /** Seconds between blocks. */
  readonly blockEvery: number
}

export interface WakeAt<T extends Traits, S> extends View<T> {
  readonly state: S
}

export interface ActAt<N extends Needs, T extends Traits, S, Senses extends string = never> extends View<T> {
  readonly world: Handles<N>
  readonly market: Market
  readonly state: S
  /** The latest values of the processes it senses. */
  readonly environment: { readonly [K in Senses]: number }
  /** Events of what it watches since it last acted, in order. */
  readonly events: readonly DecodedEvent[]
  /** Not for behaviours: it stands here so that whoever tries is told where Truth can be read. */
  readonly tally: (
    population: "Truth is for metrics alone: use tally in a metric's sample",
    which: "Truth is for metrics alone: use tally in a metric's sample"
  ) => never
  /** Intents that wait for the next block; empty unless the behaviour declares `pending: true`. */
  readonly pending: readonly IntentWithoutTruth[]
}

/** What became of an Intent. */
export interface Outcome {
  readonly intent: IntentWithoutTruth
  /** The identity it was sent from. */
  readonly as: Address
  readonly ok: boolean
  /** `ok`, `reverted`, or why it never was in a block. */
  readonly status: Status
  readonly gasUsed: number
  /** Name of the error of a reverted one, such as `AlreadyContributed`. */
  readonly error: string | undefined
  /** Decoded events it emitted. */
  readonly events: readonly DecodedEvent[]
}

/** An event as a behaviour sees it. */
export interface DecodedEvent {
  readonly address: Address
  readonly contract: string
  readonly event: string
  readonly args: { readonly [name: string]: unknown }
}

export type Status = "ok" | "reverted" | "no-funds" | "block-full" | "gas-too-low" | "gas-over-cap"

export interface SettleAt<T extends Traits, S> extends View<T> {
  readonly state: S
  readonly receipts: readonly Outcome[]
}

/** Intents and a new state, where a behaviour changes its mind without a transaction. */
export interface Decision<S> {
  readonly intents: readonly Intent[]
  readonly state: S
}

/** How a behaviour that learns is trained and judged: all an experiment must know of it. */
export interface Learns<T extends Traits, S> {
  /** The state in which it begins its next run, of the one in which a run ended: what it learnt, and nothing it holds. */
  readonly carries: (state: S) => S
  /** Traits under which it acts on what it learnt, and neither explores nor learns. */
  readonly frozen: Partial<TraitValues<T>>
  /** Whom it must beat from the same endowment, by what they are called: traits that differ. */
  readonly against: { readonly [name: string]: Partial<TraitValues<T>> }
}

/** The literal that `Behaviour.make` takes. */
export interface BehaviourSpec<N extends Needs, T extends Traits, S, G, E extends string = never> {
  /** Which contracts it uses, by the name they have in the World. */
  readonly needs: N
  /** Which processes of the Environment it sees, by name. */
  readonly senses?: readonly E[]
  /** Which events wake it, by the contract's name in the World; it then acts at the time of the block. */
  readonly watches?: { readonly [K in keyof N]?: readonly (keyof Events<N[K]> & string)[] }
  /** Whether it sees what waits for the next block (front runners, copiers). */
  readonly pending?: boolean
  readonly traits: T
  /** Unilateral deviations it is raced against, by what they are called: traits that differ. */
  readonly deviations?: { readonly [name: string]: Partial<TraitValues<NoInfer<T>>> }
  /** Set by what learns: how it is trained, and whom it must beat to be called a learner. */
  readonly learns?: Learns<NoInfer<T>, NoInfer<S>>
  /** The state an agent begins with: plain data. */
  readonly init: (at: { readonly traits: TraitValues<T>; readonly draw: Draw }) => S
  /** Seconds until it wakes next, rounded to whole ones; null: never again. */
  readonly wake: (at: WakeAt<NoInfer<T>, NoInfer<S>>) => number | null
  /** Reads with `yield*`, returns Intents, or Intents with a new state. */
  readonly act: (
    at: ActAt<NoInfer<N>, NoInfer<T>, NoInfer<S>, NoInfer<E>>
  ) => Asking<readonly Intent[] | Decision<NoInfer<S>>>
  /** The state after its Intents came to their end. */
  readonly settle?: (at: SettleAt<NoInfer<T>, NoInfer<S>>) => NoInfer<S>
  /** Numbers that metrics may read of its state, summed over a population. */
  readonly gauges?: { readonly [K in keyof G]: (state: NoInfer<S>) => number }
  /**
   * What its own use of things was worth to it so far, in whole units of the numeraire. No ledger sees that; races
   * count it beside the profit, so that who buys for its own use is not best off buying nothing.
   */
  readonly enjoys?: (state: NoInfer<S>) => number
}

/** A behaviour; its state's type is known to it alone. */
export interface Behaviour<out Name extends string, out N, out T, out G, out E = never> {
  readonly name: Name
  readonly needs: N
  readonly traits: T
  /** The names of its gauges, in types only. */
  readonly gauges: { readonly [K in keyof G]: unknown }
  readonly senses: readonly E[]
}

// biome-ignore lint/suspicious/noExplicitAny: the erased form
export type AnyBehaviour = Behaviour<string, any, any, any, any>

/** `Learns` without its types. */
export interface LearnsRuntime {
  readonly carries: (state: unknown) => unknown
  readonly frozen: { readonly [trait: string]: unknown }
  readonly against: { readonly [name: string]: { readonly [trait: string]: unknown } }
}

/** What the engine calls; the same object, seen from the engine's side. */
export interface BehaviourRuntime {
  readonly name: string
  readonly needs: Needs
  readonly traits: Traits
  readonly init: (at: unknown) => unknown
  readonly wake: (at: unknown) => number | null
  readonly act: (at: unknown) => Asking<readonly Intent[] | Decision<unknown>>
  readonly settle: ((at: unknown) => unknown) | undefined
  readonly gauges: { readonly [name: string]: (state: unknown) => number }
  readonly enjoys: ((state: unknown) => number) | undefined
  readonly deviations: { readonly [name: string]: { readonly [trait: string]: unknown } }
  readonly learns: LearnsRuntime | undefined
  readonly senses: readonly string[]
  readonly watches: { readonly [key: string]: readonly string[] }
  readonly pending: boolean
}

/** Declares a behaviour. The file's name is its id. */
export function make<
  const Name extends string,
  const N extends Needs,
  T extends Traits,
  S,
  const G extends { readonly [name: string]: unknown } = Record<never, never>,
  const E extends string = never
>(name: Name, spec: BehaviourSpec<N, T, S, G, E>): Behaviour<Name, N, T, G, E> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new ScenarioError({
      reason: "MalformedDeclaration",
      message: `"${name}" is not a behaviour's name`,
      fix: "Name it in kebab-case, as its file is named.",
      offending: { name: "behaviour", value: name }
    })
  }
  // Types ask for them; a scenario that is run without a type check may lack them all the same.
  const lacks = (["needs", "traits", "init", "wake", "act"] as const).find((member) => spec[member] == null)
  if (lacks !== undefined) {
    throw new ScenarioError({
      reason: "MalformedDeclaration",
      message: `behaviour ${name} has no ${lacks}`,
      fix: `Give ${lacks}${lacks === "needs" || lacks === "traits" ? ", {} where there are none" : ""}.`,
      offending: { name: `${name}.${lacks}`, value: String(spec[lacks]) }
    })
  }
  const { settle, gauges = {}, enjoys, deviations = {}, learns, senses = [], watches = {}, pending = false } = spec
  const runtime = { ...spec, name, settle, gauges, enjoys, deviations, learns, senses, watches, pending }
  // The engine gives exactly what the spec's callbacks take; their types end here.
  return runtime as unknown as Behaviour<Name, N, T, G, E>
}

/** Whether contract `C` can stand where `Need` is needed: the same, or all its functions with the same types. */
type Serves<C extends ContractName, Need extends ContractName> = C extends Need
  ? true
  : Reads<C> extends Reads<Need>
    ? Txs<C> extends Txs<Need>
      ? true
      : false
    : false

type Lacks<Name extends string, N, W> = {
  [K in keyof N & string]: N[K] extends ContractName
    ? K extends keyof W
      ? W[K] extends Contract<infer C>
        ? false extends (C extends ContractName ? Serves<C, N[K]> : never)
          ? `${Name} needs world.${K} to be ${N[K]}, but it is ${C}`
          : never
        : `${Name} needs world.${K} to be a contract`
      : `${Name} needs world.${K} (${N[K]}), which setup does not return`
    : never
}[keyof N & string]

type Unsensed<Name extends string, E, Env> =
  Exclude<E, keyof Env> extends infer Missing
    ? Missing extends string
      ? `${Name} senses environment.${Missing}, which the scenario's environment does not have`
      : never
    : never

/** The behaviour itself where World and Environment have what it needs, else a sentence that says what is lacking. */
export type FitsWorld<B, W, Env> = 0 extends 1 & W
  ? B
  : B extends Behaviour<infer Name, infer N, infer _T, infer _G, infer E>
    ? [Lacks<Name, N, W>] extends [never]
      ? 0 extends 1 & Env
        ? B
        : [Unsensed<Name, E, Env>] extends [never]
          ? B
          : Unsensed<Name, E, Env>
      : Lacks<Name, N, W>
    : B
