/** Metrics: what is measured, how often, and from where what happened can be read. */
import type { Truth } from "../chain/Contracts.ts"
import type { Asking, Read } from "../chain/Step.ts"
import type { GaugeOf } from "./Population.ts"

/** The smallest effect of interest, and which way is good: what makes a metric a KPI. */
export interface Matters {
  /** In the metric's own unit; whole tokens or whole numeraire for amounts. */
  readonly by: number
  readonly better: "lower" | "higher"
}

/** Which of a run's samples is the KPI's value. */
export type Over = "last" | "mean" | "max" | "sum"

/** A value, a read, or a generator of reads. */
export type Answer<A> = A | Read<A> | Asking<A>

/**
 * Who earned what so far. Populations and contracts go by their names in the scenario; amounts of
 * tokens in base units, money in base units of the numeraire.
 */
export interface LedgerView<W, Pops> {
  /** What the population received from the contract, as a share of what all populations received; 0 when nobody received. */
  share(population: keyof Pops & string, contract: keyof W & string): number
  /** Base units of `token` that the population received from the contract. */
  received(population: keyof Pops & string, contract: keyof W & string, token: keyof W & string): bigint
  /** Base units of `token` that the population sent to the contract. */
  sent(population: keyof Pops & string, contract: keyof W & string, token: keyof W & string): bigint
  /** Base units of `token` that are the population's own, in a contract that the scenario names in `capital`. */
  locked(population: keyof Pops & string, contract: keyof W & string, token: keyof W & string): bigint
  /** Gas paid, in the numeraire. */
  gas(population: keyof Pops & string): bigint
  /** Booked by `self.spend`, in the numeraire. */
  spent(population: keyof Pops & string): bigint
  /** Cost of capital locked in contracts that the scenario names in `capital`, in the numeraire. */
  capital(population: keyof Pops & string): bigint
  /**
   * What selling the tokens beyond those given at the beginning would fetch, less what buying back missing ones would
   * cost, net of gas, spending and capital, in the numeraire: summed over agents, each valued alone.
   */
  profit(population: keyof Pops & string): bigint
  /** Transactions of the function that succeeded. */
  calls(population: keyof Pops & string, fn: string): bigint
}

/** What a sample may read. */
export interface MetricAt<W, Pops, V, Env = unknown> {
  readonly world: W
  readonly params: V
  readonly ledger: LedgerView<W, Pops>
  /** The sum of a behaviour's gauge over a population. */
  gauge<P extends keyof Pops & string>(population: P, name: GaugeOf<Pops[P]>): number
  /** The latest value of each process. */
  readonly environment: { readonly [K in keyof Env]: number }
  /**
   * How many Intents of a population came to be, of which the lab knows what `which` asks: the one
   * place where Truth can be read.
   */
  tally(population: keyof Pops & string, which: (known: TruthRecord) => boolean): bigint
  /** Seconds since the run began. */
  readonly time: number
}

/** A transaction that succeeded and carried Truth. */
export interface TruthRecord {
  readonly agent: string
  readonly contract: string
  readonly fn: string
  /** Seconds since the run began at which it was decided. */
  readonly time: number
  readonly truth: Truth
}
