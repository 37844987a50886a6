/**
 * Params: the named numbers (or choices) of a scenario. Each has a unit and cites a line of the
 * register of assumptions; one with a `range` is assumed, one without is published; one with a
 * `domain` is a design choice that may be swept.
 */
import { ScenarioError } from "../Errors.ts"
import type { Duration } from "../kernel/Duration.ts"
import { seconds, spoken } from "../kernel/Duration.ts"
import { decimal, decimalText } from "./Units.ts"

export type ParamKind = "count" | "ratio" | "tokens" | "money" | "gwei" | "duration" | "choice"

/** What a Param's value may be at run time. */
export type ParamValue = number | bigint | string

/**
 * A Param: `A` is what behaviours and setup get, `I` what a person writes, `V` whether it varies
 * (has a domain), which is what a chart may be drawn by.
 */
export interface Param<out A, in out I, out V extends boolean> {
  readonly kind: ParamKind
  /** In words, for reports: "tokens", "gwei per gas". */
  readonly unit: string
  readonly value: A
  /** The line of ASSUMPTIONS.md it rests on. */
  readonly source: string
  /** Bounds (inclusive) or options of a design choice; absent when it may not be swept. */
  readonly domain: readonly A[] | undefined
  /** Bounds (inclusive) of an assumed value; absent when it is published. */
  readonly range: readonly A[] | undefined
  readonly varies: V
  /** @throws ScenarioError WrongUnit or OutOfDomain, naming the Param. */
  readonly read: (written: I | string, name: string) => A
  /** As a person would write it. */
  text(value: A): string
}

// biome-ignore lint/suspicious/noExplicitAny: the erased form; a Param's own types are checked where it is declared
export type AnyParam = Param<any, any, boolean>

export type Params = { readonly [name: string]: AnyParam }

/** `params` as setup, populations and checks see it. */
export type Values<P> = 0 extends 1 & P
  ? P
  : { readonly [K in keyof P]: P[K] extends Param<infer A, infer _I, infer _V> ? A : never }

/** What an arm may set: any of the Params, as a person writes them. */
export type Written<P> = { readonly [K in keyof P]?: P[K] extends Param<infer _A, infer I, infer _V> ? I : never }

/** The names of the Params that have a domain. */
export type Varying<P> = {
  [K in keyof P]: P[K] extends Param<infer _A, infer _I, infer V> ? (V extends true ? K : never) : never
}[keyof P]

interface Options<I, D extends readonly [I, I] | undefined> {
  /** The line of ASSUMPTIONS.md it rests on: `"A3"`. */
  readonly source: string
  /** Bounds within which it may be set and swept. */
  readonly domain?: D
  /** Bounds within which the truth is assumed to lie; leave out what is published. */
  readonly range?: readonly [I, I]
}

type Varies<D> = D extends readonly unknown[] ? true : false

function wrongUnit(name: string, written: unknown, unit: string, example: string): ScenarioError {
  return new ScenarioError({
    reason: "WrongUnit",
    message: `${name} is "${String(written)}", which is not ${unit} such as ${example}`,
    fix: `Give ${name} as ${unit}, for example --set "${name}=${example}".`,
    offending: { name, value: String(written), unit }
  })
}

/** Of a number that may not be below zero. */
function notNatural(name: string, written: unknown, unit: string, example: string): ScenarioError {
  const given = String(written).trim()
  if (!/^-\d+(\.\d+)?$/.test(given)) return wrongUnit(name, written, unit, example)
  return new ScenarioError({
    reason: "WrongUnit",
    message: `${name} is ${given}, which is negative`,
    fix: `Give ${name} as ${unit} from 0, for example --set "${name}=${example}".`,
    offending: { name, value: given, unit }
  })
}

const UNSPOKEN: ReadonlySet<string> = new Set(["count", "ratio", "duration"])

function define<A extends number | bigint, I, D extends readonly [I, I] | undefined>(
  kind: ParamKind,
  unit: string,
  written: I,
  options: Options<I, D>,
  parse: (written: I | string, name: string, example?: string) => A,
  text: (value: A) => string
): Param<A, I, Varies<D>> {
  const value = parse(written, `a ${kind} Param`)
  const bounds = (pair: readonly [I, I] | undefined): readonly A[] | undefined =>
    pair?.map((end) => parse(end, `a bound of a ${kind} Param`))
  const domain = bounds(options.domain)
  const [low, high] = domain ?? []
  // A number, a share or a duration is said without its unit's name: "2 weeks", not "2 weeks duration".
  const said = (value: A): string => (UNSPOKEN.has(unit) ? text(value) : `${text(value)} ${unit}`)
  const outside = (each: A): boolean => low !== undefined && high !== undefined && (each < low || each > high)
  const outOfDomain = (name: string, each: A, fix: (ends: string) => string): ScenarioError => {
    const ends = `from ${text(low as A)} to ${said(high as A)}`
    return new ScenarioError({
      reason: "OutOfDomain",
      message: `${name} is ${said(each)}, outside its domain ${ends}`,
      fix: fix(ends),
      offending: { name, value: text(each), unit }
    })
  }
  if (outside(value)) {
    const name = `a ${kind} Param (source ${options.source})`
    throw outOfDomain(name, value, (ends) => `Give it a default ${ends}, or widen its domain.`)
  }
  return {
    kind,
    unit,
    value,
    source: options.source,
    domain,
    range: bounds(options.range),
    // `Varies<D>` is true exactly when a domain was given.
    varies: (domain !== undefined) as Varies<D>,
    read(given, name) {
      const read = parse(given, name, text(value))
      if (outside(read)) throw outOfDomain(name, read, (ends) => `Set ${name} to a value ${ends}.`)
      return read
    },
    text
  }
}

/** A whole number that is not negative. */
export function count<D extends readonly [number, number] | undefined = undefined>(
  value: number,
  options: Options<number, D>
): Param<number, number, Varies<D>> {
  const parse = (written: number | string, name: string, example = "200"): number => {
    const number = typeof written === "number" ? written : /^\d+$/.test(written.trim()) ? Number(written) : Number.NaN
    if (!Number.isSafeInteger(number) || number < 0) throw notNatural(name, written, "a whole number", example)
    return number
  }
  return define("count", "count", value, options, parse, String)
}

/** A plain number: a share, a rate, a multiple. */
export function ratio<D extends readonly [number, number] | undefined = undefined>(
  value: number,
  options: Options<number, D>
): Param<number, number, Varies<D>> {
  const parse = (written: number | string, name: string, example = "0.25"): number => {
    const shaped = typeof written === "number" || /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(written.trim())
    const number = shaped ? Number(written) : Number.NaN
    if (!Number.isFinite(number)) throw wrongUnit(name, written, "a number", percent(written) ?? example)
    return number
  }
  const [low, high] = options.domain ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  /** The number that a percentage is, where it may be given. */
  const percent = (written: number | string): string | undefined => {
    const [, digits] = /^(-?\d+(?:\.\d+)?)\s*%$/.exec(String(written).trim()) ?? []
    if (digits === undefined) return undefined
    // Twelve digits, so that 7 % is 0.07 and no 0.07000000000000001.
    const share = Number((Number(digits) / 100).toPrecision(12))
    return share >= low && share <= high ? String(share) : undefined
  }
  return define("ratio", "ratio", value, options, parse, String)
}

function amount<D extends readonly [string, string] | undefined>(
  kind: "tokens" | "money" | "gwei",
  unit: string,
  decimals: number,
  value: string,
  options: Options<string, D>
): Param<bigint, string, Varies<D>> {
  const parse = (written: string, name: string, example = "1000"): bigint => {
    if (!/^\d+(\.\d+)?$/.test(written.trim())) throw notNatural(name, written, `an amount of ${unit}`, example)
    return decimal(written, decimals, name)
  }
  return define(kind, unit, value, options, parse, (base) => decimalText(base, decimals))
}

/** An amount of a token with 18 decimals, written as a decimal string; base units at run time. */
export function tokens<D extends readonly [string, string] | undefined = undefined>(
  value: string,
  options: Options<string, D>
): Param<bigint, string, Varies<D>> {
  return amount("tokens", "tokens", 18, value, options)
}

/** An amount of the scenario's numeraire, written as a decimal string; 18 decimals at run time. */
export function money<D extends readonly [string, string] | undefined = undefined>(
  value: string,
  options: Options<string, D>
): Param<bigint, string, Varies<D>> {
  return amount("money", "numeraire", 18, value, options)
}

/** A gas price in gwei, written as a decimal string; wei per gas at run time. */
export function gwei<D extends readonly [string, string] | undefined = undefined>(
  value: string,
  options: Options<string, D>
): Param<bigint, string, Varies<D>> {
  return amount("gwei", "gwei", 9, value, options)
}

/** A span of time, such as `"2 weeks"`; seconds at run time. */
export function duration<D extends readonly [Duration, Duration] | undefined = undefined>(
  value: Duration,
  options: Options<Duration, D>
): Param<number, Duration, Varies<D>> {
  const parse = (written: string, name: string, example = "2 weeks"): number => {
    try {
      // What `--set` gives is any text; `seconds` refuses what is no Duration.
      return seconds(written as Duration)
    } catch {
      throw wrongUnit(name, written, "a duration", example)
    }
  }
  // What is spoken in two units ("1 hour 30 minutes") could not be read again.
  const text = (value: number): string => (spoken(value).split(" ").length === 2 ? spoken(value) : `${value} seconds`)
  return define("duration", "duration", value, options, parse, text)
}

/** One of a listed set; always a design choice that may be swept. */
export function choice<const O extends readonly string[]>(
  value: NoInfer<O[number]>,
  among: O,
  options: { readonly source: string }
): Param<O[number], O[number], true> {
  const noneOf = (name: string, written: string, fix: string): ScenarioError =>
    new ScenarioError({
      reason: "OutOfDomain",
      message: `${name} is "${written}", which is none of ${among.join(", ")}`,
      fix,
      offending: { name, value: written }
    })
  if (!among.includes(value)) {
    const fix = `Give it a default that is one of ${among.join(", ")}, or list it.`
    throw noneOf(`a choice Param (source ${options.source})`, value, fix)
  }
  return {
    kind: "choice",
    unit: "choice",
    value,
    source: options.source,
    domain: among,
    range: undefined,
    varies: true,
    read(written, name) {
      const found = among.find((option) => option === written)
      if (found === undefined) throw noneOf(name, written, `Set ${name} to one of ${among.join(", ")}.`)
      return found
    },
    text: (option) => option
  }
}
