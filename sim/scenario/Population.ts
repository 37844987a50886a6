/** Populations: how many agents of one Behaviour, how they differ, and what they begin with. */
import { ScenarioError } from "../Errors.ts"
import type { AnyBehaviour, Behaviour, FitsWorld } from "./Behaviour.ts"
import { checkOverrides, type TraitOverrides } from "./Trait.ts"

/** A population of behaviour `B`. */
export interface Population<out B> {
  readonly behaviour: B
  /** Agents. */
  readonly count: number
  readonly traits: { readonly [name: string]: unknown }
  /** Base units of a token of the World, given to each agent's first identity by the deployer after setup. */
  readonly holds: { readonly [token: string]: bigint }
  /** Wei given to each identity when it is created. */
  readonly wei: bigint
  /** Numeraire base units that every identity after an agent's first costs when it is created. */
  readonly identityCost: bigint
  /** What is different of one agent, by its place; a scenario file sets none, an experiment may (`Variant`). */
  readonly agents?: { readonly [place: number]: Different }
}

/** What an experiment makes different of one agent. */
export interface Different {
  /** Trait values; over what the population says. */
  readonly traits?: { readonly [name: string]: unknown }
  /** The state it begins with, in place of what `init` gives: plain data. */
  readonly state?: unknown
}

interface PopulationOptions<B> {
  readonly count: number
  readonly traits?: B extends Behaviour<infer _Name, infer _N, infer T, infer _G, infer _E> ? TraitOverrides<T> : never
  readonly holds?: { readonly [token: string]: bigint }
  /** Wei given to each identity when it is created; 100 ether when left out. */
  readonly wei?: bigint
  /** Numeraire base units that every identity after an agent's first costs when it is created; 0 when left out. */
  readonly identityCost?: bigint
}

/**
 * @throws ScenarioError OutOfDomain when `count` is not a whole number; MalformedDeclaration, WrongUnit for traits that do
 * not fit the behaviour.
 */
export function of<B extends AnyBehaviour>(behaviour: B, options: PopulationOptions<B>): Population<B> {
  if (!Number.isSafeInteger(options.count) || options.count < 0) {
    throw new ScenarioError({
      reason: "OutOfDomain",
      message: `a population of ${behaviour.name} has the count ${options.count}`,
      fix: "Give a whole number that is not negative.",
      offending: { name: "count", value: String(options.count) }
    })
  }
  checkOverrides(behaviour, options.traits ?? {})
  return {
    behaviour,
    count: options.count,
    traits: { ...options.traits },
    holds: options.holds ?? {},
    wei: options.wei ?? 100_000_000_000_000_000_000n,
    identityCost: options.identityCost ?? 0n
  }
}

/** The population where its behaviour fits the World, else a sentence. */
export type Fits<Pop, W, Env> = 0 extends 1 & W
  ? Pop
  : Pop extends Population<infer B>
    ? FitsWorld<B, W, Env> extends string
      ? FitsWorld<B, W, Env>
      : Pop
    : Pop

/** The names of a population's gauges; any text while the literal has another mistake. */
export type GaugeOf<Pop> =
  Pop extends Population<Behaviour<infer _Name, infer _N, infer _T, infer G, infer _E>> ? keyof G & string : string
