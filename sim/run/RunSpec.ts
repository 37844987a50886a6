/**
 * A RunSpec: scenario, arm and seed with every value that can change a result, as plain data. Its
 * canonical JSON is hashed; equal specs give equal digests, on either chain.
 */
import type { Hardfork } from "../chain/Chain.ts"
import type { Hex } from "../chain/Contracts.ts"
import { keccakText } from "../chain/codec/Keccak.ts"
import { ScenarioError } from "../Errors.ts"
import { nearest } from "../Nearest.ts"
import type { BlockOrder } from "../scenario/BlockAndGas.ts"
import type { ParamValue } from "../scenario/Param.ts"
import { readParam, type Scenario } from "../scenario/Scenario.ts"
import { canonical } from "./Plain.ts"

/** Version of the meaning of a RunSpec and of the digests; raised when either changes. */
export const SPEC_VERSION = 1

export interface RunSpec {
  readonly version: number
  readonly scenario: string
  readonly arm: string
  readonly seed: number
  /** Every Param as a person would write it. */
  readonly params: { readonly [name: string]: string }
  /** Seconds. */
  readonly horizon: number
  readonly block: { readonly every: number; readonly order: BlockOrder; readonly gasLimit: number }
  readonly hardfork: Hardfork
  /** Unix seconds at which simulated time begins. */
  readonly genesis: number
  /** What an experiment made different of single agents; absent of a run as its scenario declares it. */
  readonly different?: Scenario["different"]
}

/** Unix seconds at which simulated time begins: 2026-01-01T00:00:00Z. */
export const GENESIS = 1_767_225_600

/** Where a Param's value came from. */
export type SetBy = "default" | "arm" | "set"

/** A RunSpec with the values it was made of. */
export interface Resolved {
  readonly spec: RunSpec
  readonly values: { readonly [name: string]: ParamValue }
  readonly setBy: { readonly [name: string]: SetBy }
}

export interface RunChoice {
  readonly arm?: string
  readonly seed: number
  /** Param name to what a person wrote; goes over the arm. */
  readonly set?: { readonly [name: string]: string }
}

/**
 * The RunSpec of a scenario, an arm and a seed.
 * @throws ScenarioError UnknownArm, UnknownParam, WrongUnit, OutOfDomain, MalformedSeed.
 */
export function resolve(scenario: Scenario, choice: RunChoice): Resolved {
  const arm = choice.arm ?? "baseline"
  const armed = Object.hasOwn(scenario.arms, arm) ? scenario.arms[arm] : undefined
  if (armed === undefined) {
    const arms = Object.keys(scenario.arms)
    const near = nearest(arm, arms)
    throw new ScenarioError({
      reason: "UnknownArm",
      message: `${scenario.id} has no arm "${arm}"`,
      fix: `${near === undefined ? "" : `Did you mean ${near}? `}Choose one of ${arms.join(", ")}.`,
      offending: { name: "arm", value: arm }
    })
  }
  if (!Number.isSafeInteger(choice.seed) || choice.seed < 0) throw malformedSeed(String(choice.seed))
  const values: { [name: string]: ParamValue } = {}
  const setBy: { [name: string]: SetBy } = {}
  for (const [name, param] of Object.entries(scenario.params)) {
    values[name] = param.value as ParamValue
    setBy[name] = "default"
  }
  const apply = (sets: { readonly [name: string]: unknown }, by: SetBy, where: string): void => {
    for (const [name, written] of Object.entries(sets)) {
      values[name] = readParam(scenario.params, name, written, where)
      setBy[name] = by
    }
  }
  apply(armed, "arm", `arm ${arm}`)
  apply(choice.set ?? {}, "set", "--set")
  const params: { [name: string]: string } = {}
  for (const [name, param] of Object.entries(scenario.params)) params[name] = param.text(values[name])
  return {
    spec: {
      version: SPEC_VERSION,
      scenario: scenario.id,
      arm,
      seed: choice.seed,
      params,
      horizon: scenario.horizon,
      block: scenario.block,
      hardfork: scenario.hardfork,
      genesis: GENESIS,
      ...(scenario.different === undefined ? {} : { different: scenario.different })
    },
    values,
    setBy
  }
}

/** Reads a seed as a person writes it. @throws ScenarioError MalformedSeed. */
export function readSeed(text: string): number {
  const seed = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(seed)) throw malformedSeed(text)
  return seed
}

function malformedSeed(text: string): ScenarioError {
  return new ScenarioError({
    reason: "MalformedSeed",
    message: `the seed "${text}" is not a whole number from 0 to 9007199254740991`,
    fix: "Give a whole number, for example --seed 7.",
    offending: { name: "seed", value: text }
  })
}

/** Hash of a spec's canonical JSON. */
export function specHash(spec: RunSpec): Hex {
  return keccakText(canonical(spec))
}
