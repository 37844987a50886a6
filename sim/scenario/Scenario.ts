/**
 * Scenarios: a declaration, one file. Which contracts, who acts, how long, what is measured, what
 * must hold, what is drawn.
 *
 * The callbacks stand directly in one literal, so that TypeScript infers the World from `setup`
 * and everything else from it. `metrics` must stand below `setup` and `populations`: types cannot
 * tell, so `make` checks it. Everything past `make` is erased.
 */
import type { Hardfork } from "../chain/Chain.ts"
import type { Address, Contract, ContractName, DeployArgs, Deployable, Intent } from "../chain/Contracts.ts"
import type { Asking, Step } from "../chain/Step.ts"
import { ScenarioError } from "../Errors.ts"
import type { Duration } from "../kernel/Duration.ts"
import { seconds } from "../kernel/Duration.ts"
import { nearest } from "../Nearest.ts"
import type { BehaviourRuntime } from "./Behaviour.ts"
import { type BlockOrder, type BlockRule, blockOf, type GasRule } from "./BlockAndGas.ts"
import type { Capital, RuntimeCapital } from "./Capital.ts"
import type { Processes } from "./Environment.ts"
import type { Answer, Matters, MetricAt, Over } from "./Metric.ts"
import type { AnyParam, Params, ParamValue, Values, Varying, Written } from "./Param.ts"
import type { Fits, Population } from "./Population.ts"
import type { Unit, Units } from "./Units.ts"
import { UNITS } from "./Units.ts"

/** What `setup` may do; every deploy and send is taken with `yield*`. */
export interface SetupAt<V> {
  readonly params: V
  /** Who deploys and sends in setup. */
  readonly deployer: Address
  deploy<N extends Deployable>(name: N, args: DeployArgs<N>): Step<Contract<N>>
  /** Sends from the deployer. @throws ScenarioError SetupFailed when it reverts. */
  send(intent: Intent): Step<void>
  /** A handle on a contract that another one created. */
  at<N extends ContractName>(name: N, address: Address): Contract<N>
  /** The first identities of a population, in order of the agents. */
  identities(population: string): readonly Address[]
}

/** What a check may read: the metrics' latest samples. */
export interface CheckAt<M, V> {
  /** Latest sample of each metric. */
  readonly now: Now<M>
  readonly params: V
  /** Whole weeks since the run began. */
  readonly week: bigint
  /** Seconds since the run began. */
  readonly time: number
}

type Now<M> = string extends keyof M
  ? // biome-ignore lint/suspicious/noExplicitAny: quiet while the literal has another mistake
    any
  : { readonly [K in keyof M]: M[K] extends Unit ? Units[M[K]] : never }

/** A claim: `always` is tried after every sample, `finally` at the end. */
export type Check<At> =
  | { readonly always: (at: At) => boolean; readonly finally?: never }
  | { readonly finally: (at: At) => boolean; readonly always?: never }

/** A drawn metric (or several of one unit) over time; `by` names the Param that experiments vary. */
export interface Chart<MetricName extends string, VaryingParam extends string, V> {
  readonly line: MetricName | readonly MetricName[]
  readonly by?: VaryingParam
  readonly title?: string
  /** One sentence below the title: what to look for. */
  readonly says?: string
  /**
   * A horizontal line the theory predicts, in the metric's whole units, and what it is called. Undefined where theory has
   * nothing to say for these Params: no line is drawn then.
   */
  readonly theory?: { readonly label: string; readonly value: (at: { readonly params: V }) => number | undefined }
}

/** What a constant-product market holds: reserves of the token and of what counts as the numeraire, in base units. */
export interface Depth {
  readonly token: bigint
  readonly numeraire: bigint
  /** Parts in 10,000 that a seller pays. */
  readonly feeBps: bigint
}

/** Prices in the numeraire: base units (18 decimals) per whole token or whole ether. */
export interface Numeraire<W> {
  /** What amounts are called: "USD", "credits". */
  readonly name: string
  readonly ether: bigint
  /** A fixed price, or the market in which the token trades: read after every block, it gives price and liquidation value. */
  readonly tokens: {
    readonly [K in keyof W]?: bigint | { readonly market: (at: { readonly world: W }) => Answer<Depth> }
  }
}

/** The literal that `Scenario.make` takes. */
export interface Declaration<P, W, Pops, M extends { readonly [name: string]: Unit }, Env> {
  /** What the scenario asks, in one plain sentence. */
  readonly question?: string
  /** What it shows, and how to read it: a few sentences. */
  readonly about?: string
  /** What it does not model, one sentence each. */
  readonly omits?: readonly string[]
  readonly horizon: Duration
  readonly block: BlockRule
  readonly hardfork?: Hardfork
  readonly params: P
  readonly arms?: { readonly [arm: string]: Written<NoInfer<P>> }
  /** Outside processes, by name. */
  readonly environment?: (at: { readonly params: Values<NoInfer<P>> }) => Env
  readonly gas?: (at: { readonly params: Values<NoInfer<P>> }) => GasRule
  readonly setup: (at: SetupAt<Values<P>>) => Asking<W>
  readonly populations: (at: { readonly params: Values<P> }) => {
    readonly [K in keyof Pops]: Fits<Pops[K], NoInfer<W>, NoInfer<Env>>
  }
  readonly numeraire?: (at: { readonly params: Values<NoInfer<P>> }) => Numeraire<NoInfer<W>>
  /** Yearly cost of capital locked in a contract, as a share of its worth; and, where events say so, whose it is. */
  readonly capital?: (at: { readonly params: Values<NoInfer<P>> }) => Capital<NoInfer<W>>
  readonly metrics: {
    readonly [K in keyof M]: {
      readonly unit: M[K]
      readonly every: Duration
      /** In words, for reports. */
      readonly says?: string
      /** The smallest effect of interest and the good direction: makes the metric a KPI. */
      readonly matters?: Matters
      /** Which of a run's samples is the KPI's value; `last` when left out. */
      readonly over?: Over
      readonly sample: (at: MetricAt<NoInfer<W>, NoInfer<Pops>, Values<P>, NoInfer<Env>>) => Answer<Units[M[K]]>
    }
  }
  readonly checks?: { readonly [claim: string]: Check<CheckAt<NoInfer<M>, Values<NoInfer<P>>>> }
  readonly charts?: readonly Chart<keyof NoInfer<M> & string, Varying<NoInfer<P>> & string, Values<NoInfer<P>>>[]
}

/** A scenario without its type parameters: what the engine runs. */
export interface Scenario {
  readonly id: string
  readonly question: string | undefined
  readonly about: string | undefined
  readonly omits: readonly string[]
  /** Seconds. */
  readonly horizon: number
  readonly block: { readonly every: number; readonly order: BlockOrder; readonly gasLimit: number }
  readonly hardfork: Hardfork
  readonly params: Params
  readonly arms: { readonly [arm: string]: { readonly [param: string]: unknown } }
  /** As declared, since a gate compares its source; `gasOf` says what can be meant. */
  readonly gas: (at: { readonly params: unknown }) => GasRule
  readonly setup: (at: unknown) => Asking<{ readonly [key: string]: unknown }>
  readonly populations: (at: unknown) => { readonly [name: string]: Population<BehaviourRuntime> }
  readonly numeraire: (at: { readonly params: unknown }) => {
    readonly name: string
    readonly ether: bigint
    readonly tokens: { readonly [key: string]: bigint | { readonly market: (at: unknown) => unknown } }
  }
  readonly environment: (at: { readonly params: unknown }) => Processes
  readonly capital: (at: { readonly params: unknown }) => RuntimeCapital
  readonly metrics: readonly RuntimeMetric[]
  readonly checks: readonly RuntimeCheck[]
  readonly charts: readonly RuntimeChart[]
  /**
   * What an experiment made different of single agents: agent id to its traits as text and the hash of its state.
   * It stands in the RunSpec; a scenario file has none.
   */
  readonly different?: { readonly [agent: string]: { readonly [what: string]: string } }
}

export interface RuntimeMetric {
  readonly name: string
  readonly unit: Unit
  /** Seconds. */
  readonly every: number
  readonly says: string | undefined
  readonly matters: { readonly by: number; readonly better: "lower" | "higher" } | undefined
  readonly over: Over
  readonly sample: (at: unknown) => unknown
}

export interface RuntimeCheck {
  readonly claim: string
  readonly when: "always" | "finally"
  readonly holds: (at: unknown) => boolean
}

export interface RuntimeChart {
  readonly metrics: readonly string[]
  readonly by: string | undefined
  readonly title: string | undefined
  readonly says: string | undefined
  readonly theory:
    | { readonly label: string; readonly value: (at: { readonly params: unknown }) => number | undefined }
    | undefined
}

/**
 * Declares a scenario. The file's name is its id.
 * @throws ScenarioError MalformedDeclaration, naming what is wrong with the literal.
 */
export function make<
  const Id extends string,
  // The defaults are `any`, and there are no constraints, so that one mistake in the literal gives one error.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  P = any,
  // biome-ignore lint/suspicious/noExplicitAny: see above
  W = any,
  // biome-ignore lint/suspicious/noExplicitAny: see above
  Pops = any,
  // biome-ignore lint/suspicious/noExplicitAny: see above
  const M extends { readonly [name: string]: Unit } = any,
  // Without an environment there is nothing to sense.
  Env = Record<never, never>
>(id: Id, spec: Declaration<P, W, Pops, M, Env>): Scenario {
  const malformed = (message: string, fix: string, value: string): never => {
    throw new ScenarioError({
      reason: "MalformedDeclaration",
      message: `scenario ${id}: ${message}`,
      fix,
      offending: { name: id, value }
    })
  }
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    malformed(`"${id}" is not a scenario's name`, "Name it in kebab-case, as its file is named.", id)
  }
  const order = Object.keys(spec)
  for (const above of ["setup", "populations"]) {
    if (order.indexOf("metrics") < order.indexOf(above)) {
      malformed(
        `metrics stands above ${above}`,
        `Move metrics below ${above}: types are inferred in that order.`,
        above
      )
    }
  }
  const every = seconds(spec.block.every)
  const horizon = seconds(spec.horizon)
  if (every < 1)
    malformed("blocks are less than a second apart", "Give block.every at least 1 second.", spec.block.every)
  if (horizon < every || horizon % every !== 0) {
    malformed(
      "the horizon is no whole number of blocks",
      "Give a horizon that is a multiple of block.every.",
      spec.horizon
    )
  }

  const block = blockOf(id, spec.block, every)

  const params = spec.params as unknown as Params
  const arms: { [arm: string]: { readonly [param: string]: unknown } } = { baseline: {} }
  for (const [arm, written] of Object.entries(spec.arms ?? {})) {
    // Written<P> is a record of what a person writes per Param.
    const sets = written as { readonly [param: string]: unknown }
    for (const [name, value] of Object.entries(sets)) readParam(params, name, value, `arm ${arm} of ${id}`)
    arms[arm] = sets
  }

  const metrics = Object.entries(
    spec.metrics as unknown as { readonly [name: string]: Omit<RuntimeMetric, "every"> & { readonly every: Duration } }
  ).map(([name, metric]): RuntimeMetric => {
    if (!UNITS.includes(metric.unit))
      malformed(`metric ${name} has the unit "${metric.unit}"`, `Use one of ${UNITS.join(", ")}.`, metric.unit)
    const interval = seconds(metric.every)
    if (interval < 1)
      malformed(`metric ${name} is sampled every 0 seconds`, "Give every at least 1 second.", metric.every)
    return {
      name,
      unit: metric.unit,
      every: interval,
      says: metric.says,
      matters: metric.matters,
      over: metric.over ?? "last",
      sample: metric.sample
    }
  })
  const known = new Set(metrics.map((metric) => metric.name))
  const charts = (spec.charts ?? []).map((chart): RuntimeChart => {
    const lines = typeof chart.line === "string" ? [chart.line] : chart.line
    for (const line of lines) {
      if (!known.has(line)) {
        const near = nearest(line, [...known])
        const guess = near === undefined ? "" : `Did you mean ${near}? `
        malformed(`a chart draws "${line}", which is no metric`, `${guess}Draw one of ${[...known].join(", ")}.`, line)
      }
    }
    return {
      metrics: lines,
      by: chart.by,
      title: chart.title,
      says: chart.says,
      theory: chart.theory as RuntimeChart["theory"]
    }
  })

  return {
    id,
    question: spec.question,
    about: spec.about,
    omits: spec.omits ?? [],
    horizon,
    block,
    hardfork: spec.hardfork ?? "osaka",
    params,
    arms,
    gas: (spec.gas as Scenario["gas"] | undefined) ?? (() => ({ price: 0n })),
    setup: spec.setup as unknown as Scenario["setup"],
    populations: spec.populations as unknown as Scenario["populations"],
    numeraire:
      (spec.numeraire as unknown as Scenario["numeraire"] | undefined) ??
      (() => ({ name: "credits", ether: 0n, tokens: {} })),
    environment: (spec.environment as unknown as Scenario["environment"] | undefined) ?? (() => ({})),
    capital: (spec.capital as unknown as Scenario["capital"] | undefined) ?? (() => ({})),
    metrics,
    checks: Object.entries(spec.checks ?? {}).map(([claim, check]): RuntimeCheck => {
      // One of the two is there, by the type of Check.
      const holds = (check.always ?? check.finally) as (at: unknown) => boolean
      return { claim, when: check.always === undefined ? "finally" : "always", holds }
    }),
    charts
  }
}

/**
 * Reads what a person wrote for a Param.
 * @throws ScenarioError UnknownParam (with the nearest name), WrongUnit, OutOfDomain.
 */
export function readParam(params: Params, name: string, written: unknown, where: string): ParamValue {
  const param: AnyParam | undefined = Object.hasOwn(params, name) ? params[name] : undefined
  if (param === undefined) {
    const names = Object.keys(params)
    const near = nearest(name, names)
    throw new ScenarioError({
      reason: "UnknownParam",
      message: `${where} sets "${name}", which is no Param`,
      fix:
        near === undefined
          ? `Set one of ${names.join(", ")}.`
          : `Did you mean ${near}? The Params are ${names.join(", ")}.`,
      offending: { name, value: String(written) }
    })
  }
  return param.read(written, name) as ParamValue
}
