/**
 * Traits: how the agents of one population differ. A trait is a constant or a distribution; each
 * agent draws its own once, from a stream of its own, before the run begins.
 */
import type { Draw } from "../kernel/Draw.ts"

/** What a trait's value may be. */
export type TraitValue = number | bigint | string | boolean

/** A trait whose value is an `A`. */
export interface Trait<out A> {
  /** In words, for reports: "lognormal, median 2, sigma 0.4". */
  readonly describes: string
  readonly unit: string
  readonly draw: (draw: Draw) => A
}

// biome-ignore lint/suspicious/noExplicitAny: the erased form
export type Traits = { readonly [name: string]: Trait<any> }

/** The values one agent drew. */
export type TraitValues<T> = { readonly [K in keyof T]: T[K] extends Trait<infer A> ? A : never }

/** What a population may say of a trait: a value for all, or another distribution. */
export type TraitOverrides<T> = { readonly [K in keyof T]?: T[K] extends Trait<infer A> ? A | Trait<A> : never }

interface Unit {
  readonly unit: string
}

type Widened<A> = A extends number ? number : A extends bigint ? bigint : A extends string ? string : boolean

/** The same for every agent, unless the population says otherwise. */
export function constant<A extends TraitValue>(value: A, { unit }: Unit): Trait<Widened<A>> {
  // A literal is widened so that a population may give another value of its type.
  return { describes: String(value), unit, draw: () => value as unknown as Widened<A> }
}

/** One of a listed set; the first unless the population says otherwise. */
export function oneOf<const O extends readonly string[]>(options: O, { unit }: Unit): Trait<O[number]> {
  const first = options[0]
  if (first === undefined) throw new RangeError("a trait needs at least one option")
  return { describes: `one of ${options.join(", ")}`, unit, draw: () => first }
}

/** exp of a normal: `median` in the trait's unit, `sigma` without unit. */
export function lognormal(of: { readonly median: number; readonly sigma: number } & Unit): Trait<number> {
  return {
    describes: `lognormal, median ${of.median}, sigma ${of.sigma}`,
    unit: of.unit,
    draw: (draw) => draw.lognormal({ median: of.median, sigma: of.sigma })
  }
}

/** Normal: `mean` and `sd` in the trait's unit. */
export function normal(of: { readonly mean: number; readonly sd: number } & Unit): Trait<number> {
  return {
    describes: `normal, mean ${of.mean}, sd ${of.sd}`,
    unit: of.unit,
    draw: (draw) => draw.normal({ mean: of.mean, sd: of.sd })
  }
}

/** Uniform on [low, high). */
export function uniform(of: { readonly low: number; readonly high: number } & Unit): Trait<number> {
  return {
    describes: `uniform from ${of.low} to ${of.high}`,
    unit: of.unit,
    draw: (draw) => draw.uniform(of.low, of.high)
  }
}
