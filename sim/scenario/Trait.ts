/**
 * Traits: how the agents of one population differ. A trait is a constant or a distribution; each
 * agent draws its own once, from a stream of its own, before the run begins.
 */
import { ScenarioError } from "../Errors.ts"
import { Draw } from "../kernel/Draw.ts"
import { Stream } from "../kernel/Stream.ts"
import { nearest } from "../Nearest.ts"
import { decimalText } from "./Units.ts"

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
  // A literal is widened so that a population may give another value of its type. A bigint is an amount in base units.
  const describes = typeof value === "bigint" ? decimalText(value, 18) : String(value)
  return { describes, unit, draw: () => value as unknown as Widened<A> }
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

/** Whether a population said a distribution, and not a value for all. */
export function isTrait(value: unknown): value is Trait<unknown> {
  return typeof value === "object" && value !== null && "draw" in value
}

/**
 * Whether what a population says of traits fits its behaviour: each is one of the behaviour's, in its unit, and of its
 * kind (an amount of tokens is a bigint).
 * @throws ScenarioError MalformedDeclaration for a trait that there is not; WrongUnit.
 */
export function checkOverrides(
  { name: behaviour, traits }: { readonly name: string; readonly traits: Traits },
  overrides: { readonly [name: string]: unknown }
): void {
  for (const [name, said] of Object.entries(overrides)) {
    if (said === undefined) continue
    const declared = Object.hasOwn(traits, name) ? traits[name] : undefined
    if (declared === undefined) {
      const known = Object.keys(traits)
      const near = nearest(name, known)
      throw new ScenarioError({
        reason: "MalformedDeclaration",
        message: `a population of ${behaviour} sets the trait "${name}", which it does not have`,
        fix: `${near === undefined ? "" : `Did you mean ${near}? `}${known.length === 0 ? "It has none." : `Set one of ${known.join(", ")}.`}`,
        offending: { name: "trait", value: name }
      })
    }
    if (isTrait(said) && said.unit !== declared.unit) {
      throw new ScenarioError({
        reason: "WrongUnit",
        message: `a population of ${behaviour} gives ${name} in "${said.unit}", and the behaviour reads it in "${declared.unit}"`,
        fix: `Give ${name} in ${declared.unit}, and write unit: "${declared.unit}".`,
        offending: { name, value: said.describes, unit: said.unit }
      })
    }
    const [wanted, given] = [kindOf(declared), isTrait(said) ? kindOf(said) : typeof said]
    if (given !== wanted) {
      throw new ScenarioError({
        reason: "WrongUnit",
        message: `a population of ${behaviour} gives ${name} as a ${given}, and the behaviour reads a ${wanted}, in ${declared.unit}`,
        fix: wanted === "bigint" ? `Give base units: 100n * ONE are a hundred.` : `Give a ${wanted}.`,
        offending: { name, value: isTrait(said) ? said.describes : String(said), unit: declared.unit }
      })
    }
  }
}

/** Of what kind a trait's values are: one is drawn, from a stream that nothing else draws from. */
function kindOf(trait: Trait<unknown>): string {
  return typeof trait.draw(new Draw(Stream.open("trait/kind")))
}
