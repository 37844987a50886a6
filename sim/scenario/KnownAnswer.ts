/**
 * Known answers: what theory, a specification or somebody else's code says must come out, declared beside how the
 * lab gets its own number. What is compared comes from contracts on a chain, or from runs; only `expected` comes from
 * outside, with its source. `mesocosm validate` measures them.
 */
import type { Address, Contract, ContractName, DeployArgs, Deployable, Events, Intent } from "../chain/Contracts.ts"
import type { Revert } from "../chain/codec/Revert.ts"
import type { Asking, Read, Step } from "../chain/Step.ts"
import { ScenarioError } from "../Errors.ts"
import type { Draw } from "../kernel/Draw.ts"
import type { Duration } from "../kernel/Duration.ts"
import type { Scenario } from "./Scenario.ts"

/** A number, an amount in base units, or a text such as the name of an error. */
export type Value = number | bigint | string

/** One value, or several by name. */
export type Values = Value | { readonly [name: string]: Value }

/** What a measurement must give, for what is expected: the same names, each of the same type. */
export type Got<E> = E extends bigint
  ? bigint
  : E extends number
    ? number
    : E extends string
      ? string
      : { readonly [K in keyof E]: Got<E[K]> }

/**
 * How far off a value may be: `absolute` in the value's own unit (base units of an amount), `relative` as a share of
 * what is expected; "at most" and "at least" where the source gives a bound. Texts are always exact.
 */
export type Tolerance =
  | "exact"
  | "at most"
  | "at least"
  | { readonly absolute: number | bigint }
  | { readonly relative: number }

/** One tolerance for all values, or one for each by name. */
export type Tolerances<E> =
  | Tolerance
  | (E extends Value ? never : { readonly each: { readonly [K in keyof E]: Tolerance } })

/** A transaction that was included and did not revert. */
export interface Sent {
  /** Gas used. */
  readonly gas: number
  /** The contract's events of that name, in order. */
  events<N extends ContractName, E extends keyof Events<N> & string>(
    contract: Contract<N>,
    event: E
  ): readonly Events<N>[E][]
}

/** What `measure` works with. Everything that is a Step or a Read is taken with `yield*`; gas is free. */
export interface MeasureAt {
  /** Who deploys and sends where nobody else is named. */
  readonly deployer: Address
  /** The address of somebody: the same for the same name, with a million ether. */
  account(name: string): Address
  /** Deploys, in a block of its own. */
  deploy<N extends Deployable>(
    name: N,
    args: DeployArgs<N>,
    how?: { readonly as?: Address; readonly value?: bigint }
  ): Step<Contract<N>>
  /** A handle on a contract that another one created. */
  at<N extends ContractName>(name: N, address: Address): Contract<N>
  /** Sends from the intent's `as`, else the deployer, in a block of its own. @throws ScenarioError MeasureFailed when it reverts. */
  send(intent: Intent): Step<Sent>
  /** Sends several in one block, in that order. @throws ScenarioError MeasureFailed when one reverts. */
  together(intents: readonly Intent[]): Step<readonly Sent[]>
  /** Sends what must revert; `name` is the custom error's, or `Error` with the message in `text`. @throws ScenarioError MeasureFailed when it does not. */
  reverts(intent: Intent): Step<Revert>
  /** Lets time pass, with an empty block at its end. Only this moves the clock: sends do not. */
  advance(time: Duration, how?: { readonly blocks?: number }): Step<void>
  /** Wei. */
  balance(address: Address): Read<bigint>
  /** Unix seconds of the last block. */
  now(): number
  /** Number of the last block. */
  block(): number
  /** Random numbers, other ones in each replication. */
  readonly draw: Draw
  /** The replication's seed. */
  readonly seed: number
}

/** A run as `value` may read it. */
export interface Ran {
  readonly seed: number
  /** The run's digests. */
  readonly digest: { readonly economy: string; readonly trace: string }
  /** A metric's samples in whole units, in order; the first is taken when the run begins. */
  samples(metric: string): readonly number[]
  /** The same in base units. */
  exact(metric: string): readonly bigint[]
  /** A metric's last sample, in whole units. */
  last(metric: string): number
  /** A table of the run, by column: those of sim/store/README.md. */
  table(name: string): { readonly [column: string]: readonly (number | string | boolean)[] }
}

/** Which run: an arm, and Params over it. */
export interface RunWanted {
  readonly arm?: string
  readonly set?: { readonly [param: string]: string }
}

/** What both kinds of known answer say. */
export interface Words<E> {
  /** What holds, in one sentence. */
  readonly claim: string
  /** Under which numbers, in words. */
  readonly setting: string
  /** Where the expected numbers come from: somebody can look them up there, or compute them from the formula. */
  readonly source: string
  readonly expected: E
  readonly tolerance: Tolerances<E>
  /** What the values are in; for people. */
  readonly unit?: string
  /** Decimals of amounts, for people: 18 shows base units of a token as whole tokens. 0 when left out. */
  readonly decimals?: number
  /**
   * Makes it stochastic: the mean over so many replications, at least 20, is compared, within the larger of the
   * tolerance and four standard errors. Values are numbers then.
   */
  readonly replications?: number
  /** Of the first replication, 1 when left out; each next one has the next. */
  readonly seed?: number
  /** Takes more than about five seconds: left to the slow tests. */
  readonly slow?: boolean
}

/** A known answer without its type parameters: what is validated. */
export interface KnownAnswer {
  readonly id: string
  readonly claim: string
  readonly setting: string
  readonly source: string
  readonly expected: Values
  readonly tolerance: Tolerance | { readonly each: { readonly [name: string]: Tolerance } }
  readonly unit: string | undefined
  readonly decimals: number
  readonly replications: number
  readonly seed: number
  readonly slow: boolean
  readonly measure: ((at: MeasureAt) => Asking<Values>) | undefined
  readonly runs:
    | {
        readonly scenario: Scenario
        readonly of: { readonly [name: string]: RunWanted }
        readonly value: (at: { readonly [name: string]: Ran }) => Values
      }
    | undefined
}

/** Fewest replications of a stochastic answer. */
const FEWEST = 20

/**
 * Declares a known answer that is measured on contracts. The file's name is its id.
 * @throws ScenarioError MalformedDeclaration.
 */
export function make<E extends Values>(
  id: string,
  declaration: Words<E> & { readonly measure: (at: MeasureAt) => Asking<Got<NoInfer<E>>> }
): KnownAnswer {
  return answer(id, declaration, { measure: declaration.measure as unknown as KnownAnswer["measure"], runs: undefined })
}

/**
 * Declares a known answer that is read off runs of a scenario, one of each name per replication.
 * @throws ScenarioError MalformedDeclaration.
 */
export function ofRuns<E extends Values, const R extends { readonly [name: string]: RunWanted }>(
  id: string,
  declaration: Words<E> & {
    readonly scenario: Scenario
    readonly runs: R
    readonly value: (at: { readonly [K in keyof NoInfer<R>]: Ran }) => Got<NoInfer<E>>
  }
): KnownAnswer {
  const { scenario, runs, value } = declaration
  // The runs handed to `value` are those that `runs` names.
  const read = value as unknown as (at: { readonly [name: string]: Ran }) => Values
  return answer(id, declaration, { measure: undefined, runs: { scenario, of: runs, value: read } })
}

function answer<E extends Values>(
  id: string,
  words: Words<E>,
  how: Pick<KnownAnswer, "measure" | "runs">
): KnownAnswer {
  const { claim, setting, source, unit, decimals = 0, replications = 1, seed = 1, slow = false } = words
  const expected: Values = words.expected
  // By its type: one tolerance, or one for each name.
  const tolerance = words.tolerance as KnownAnswer["tolerance"]
  const malformed = (message: string, fix: string, value: string): ScenarioError =>
    new ScenarioError({
      reason: "MalformedDeclaration",
      message: `known answer ${id}: ${message}`,
      fix,
      offending: { name: id, value }
    })
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    throw malformed(`"${id}" is not a known answer's name`, "Name it in kebab-case, as its file is named.", id)
  }
  for (const [name, text] of Object.entries({ claim, setting, source })) {
    if (text.trim() === "") throw malformed(`${name} is empty`, `Say the ${name} in a sentence.`, name)
  }
  if (replications !== 1 && !(Number.isSafeInteger(replications) && replications >= FEWEST)) {
    throw malformed(
      `${replications} replications are too few to judge a mean`,
      `Give at least ${FEWEST} replications, or leave them out where nothing is drawn.`,
      String(replications)
    )
  }
  const values = namedValues(expected)
  if (values.length === 0) throw malformed("nothing is expected", "Give expected a value, or named values.", "{}")
  const amount = values.find(([, value]) => typeof value !== "number")
  if (replications > 1 && amount !== undefined) {
    throw malformed(
      "a mean of replications is a number, and what is expected is not",
      "Expect a number, and let measure give wholeUnits(amount).",
      String(amount[1])
    )
  }
  return { id, claim, setting, source, expected, tolerance, unit, decimals, replications, seed, slow, ...how }
}

/** Values by name; a single one has none. */
export function namedValues(values: Values): readonly (readonly [name: string | undefined, value: Value])[] {
  return typeof values === "object" ? Object.entries(values) : [[undefined, values]]
}
