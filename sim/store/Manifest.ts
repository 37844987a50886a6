/**
 * The manifest of a run: all that is needed to do it again, and what came of it. `spec` decides
 * the digests; `host` says where and how fast it ran, and decides nothing.
 */
import type { ChainKind } from "../chain/Chain.ts"
import type { Hex } from "../chain/Contracts.ts"
import type { ErrorWords } from "../Errors.ts"
import type { Counts } from "../run/Books.ts"
import type { Digests } from "../run/Digest.ts"
import type { RevertCount } from "../run/Reverts.ts"
import type { RunSpec, SetBy } from "../run/RunSpec.ts"
import type { CheckOutcome } from "../run/Sampling.ts"
import type { Unit } from "../scenario/Units.ts"

/** Version of the run folder: manifest and tables. */
export const SCHEMA = 2

export interface Manifest {
  readonly schema: number
  /** `complete`, `interrupted` (by a signal: tables are partial), or `failed` (by an error: so are they). */
  readonly status: "complete" | "interrupted" | "failed"
  readonly spec: RunSpec
  readonly specHash: Hex
  readonly digest: Digests
  readonly scenario: ScenarioWords
  readonly params: readonly ParamWords[]
  readonly populations: readonly PopulationWords[]
  readonly environment: readonly ProcessWords[]
  /** Lines that Params and processes cite and that ASSUMPTIONS.md had not; absent where it had all, or nobody looked. */
  readonly unregistered?: readonly string[]
  readonly contracts: readonly ContractWords[]
  readonly metrics: readonly MetricWords[]
  readonly charts: readonly ChartWords[]
  readonly checks: readonly CheckOutcome[]
  readonly error: ErrorWords | null
  readonly counts: Counts & { readonly wakes: number }
  /** Which functions reverted, and which for want of gas; absent in older runs. */
  readonly reverts?: readonly RevertCount[]
  /** Seconds of simulated time that were run. */
  readonly endedAt: number
  readonly audit: { readonly tokens: number; readonly holders: number; readonly checkpoints: number }
  /** What doing it again on the other chain gave; null (or absent, in older runs) when that was not asked for. */
  readonly audited: { readonly chain: ChainKind; readonly same: boolean } | null
  /** Table name to file and rows. */
  readonly tables: { readonly [table: string]: { readonly file: string; readonly rows: number } }
  readonly code: Code
  readonly host: Host
}

export interface ScenarioWords {
  readonly id: string
  readonly question: string | null
  readonly about: string | null
  readonly omits: readonly string[]
  readonly arms: { readonly [arm: string]: { readonly [param: string]: string } }
  /** What money is counted in. */
  readonly numeraire: string
}

export interface ParamWords {
  readonly name: string
  readonly value: string
  readonly unit: string
  readonly setBy: SetBy
  /** The line of ASSUMPTIONS.md. */
  readonly source: string
  readonly domain: readonly string[] | null
  readonly range: readonly string[] | null
  readonly declared: string
}

export interface PopulationWords {
  readonly name: string
  readonly behaviour: string
  readonly agents: number
  readonly identities: number
  /** Trait to its distribution or value, in words, with its unit. */
  readonly traits: { readonly [trait: string]: string }
}

/** A process of the Environment; its values are in the table `environment`. */
export interface ProcessWords {
  readonly name: string
  readonly unit: string
  /** What it does, in words. */
  readonly says: string
  /** The line of ASSUMPTIONS.md. */
  readonly source: string
}

export interface ContractWords {
  /** What the scenario calls it. */
  readonly key: string
  readonly name: string
  readonly address: string
  readonly bytecodeHash: Hex
  readonly token: boolean
}

export interface MetricWords {
  readonly name: string
  readonly unit: Unit
  readonly every: number
  readonly says: string | null
  readonly matters: { readonly by: number; readonly better: "lower" | "higher" } | null
  readonly over: "last" | "mean" | "max" | "sum"
  /** Latest sample: exact text in base units, and as a number of whole units; null when there is none. */
  readonly last: { readonly value: string; readonly number: number } | null
}

export interface ChartWords {
  readonly metrics: readonly string[]
  readonly by: string | null
  readonly title: string | null
  readonly says: string | null
  readonly theory: { readonly label: string; readonly value: number } | null
}

export interface Code {
  /** Version of mesocosm. */
  readonly version: string
  /** Git revision of the checkout; null outside one. */
  readonly revision: string | null
  /** Whether the checkout is not that revision: a file was changed, or there is a source that Git does not know. */
  readonly changed: boolean | null
  readonly hardhat: string
  readonly solc: string
}

export interface Host {
  readonly chain: ChainKind
  readonly node: string
  /** Seconds of real time. */
  readonly seconds: number
  readonly transactionsPerSecond: number
  /** Where the scenario was named by its file: the file's path, from the run's folder. */
  readonly file?: string
}
