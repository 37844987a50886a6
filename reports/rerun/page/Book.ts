/** The runs made in this page, and what a question takes of them. */
import { over } from "../../run/Series.ts"
import type { Valued } from "../Effect.ts"
import { besideReference, type Published, type RerunFacts } from "../Rerun.ts"
import type { Question } from "./Form.ts"
import type { Whole } from "./Lab.ts"

/** A run to be made. */
export interface Planned {
  readonly arm: string
  readonly seed: number
  readonly moved: Question["moved"]
}

/** A run that was made here. */
export interface Made extends Planned, Valued {
  readonly outcome: Whole
  readonly series: NonNullable<Published["series"]>
  /** The published run of the same arm and seed, where nothing was moved. */
  readonly published: Published | undefined
}

/** A run as it is drawn and averaged: published, or made here. */
export type Counted = Valued & Pick<Published, "series">

export class Book {
  readonly #facts: RerunFacts
  readonly made: Made[] = []

  constructor(facts: RerunFacts) {
    this.#facts = facts
  }

  /** The published run of an arm and a seed. */
  publishedOf(arm: string, seed: number): Published | undefined {
    return this.#facts.published.find((each) => each.arm === arm && each.seed === seed)
  }

  /** The runs that answer a question: with what was moved, each seed without it too, unless that is known. */
  plan({ arm, seeds, moved }: Question): readonly Planned[] {
    return seeds.flatMap((seed): readonly Planned[] => {
      if (isEmpty(moved)) return [{ arm, seed, moved }]
      const known = this.publishedOf(arm, seed) ?? this.#unmoved(arm, seed)
      const against = this.#against(arm, moved)
      const there = against === undefined || this.#known(against.arm, seed, against.moved) !== undefined
      return [
        ...(known === undefined ? [{ arm, seed, moved: {} }] : []),
        ...(there ? [] : [{ ...against, seed }]),
        { arm, seed, moved }
      ]
    })
  }

  /** The reference arm's runs that a question's own are set against; empty where there is no such arm. */
  against({ arm, seeds, moved }: Question): readonly Counted[] {
    const against = this.#against(arm, moved)
    return against === undefined ? [] : seeds.flatMap((seed) => this.#known(against.arm, seed, against.moved) ?? [])
  }

  #against(
    arm: string,
    moved: Question["moved"]
  ): { readonly arm: string; readonly moved: Question["moved"] } | undefined {
    const { reference } = this.#facts
    const along = besideReference(this.#facts, arm, moved)
    return reference === undefined || along === undefined ? undefined : { arm: reference, moved: along }
  }

  #known(arm: string, seed: number, moved: Question["moved"]): Counted | undefined {
    if (isEmpty(moved)) return this.publishedOf(arm, seed) ?? this.#unmoved(arm, seed)
    return this.made.find((each) => each.arm === arm && each.seed === seed && same(each.moved, moved))
  }

  /** Writes a run down. */
  add({ arm, seed, moved }: Planned, outcome: Whole): Made {
    const series: { [metric: string]: (readonly [number, number])[] } = {}
    for (const { metric, time, number } of outcome.samples) {
      const samples = series[metric] ?? []
      series[metric] = samples
      samples.push([time, number])
    }
    const metrics: { [metric: string]: number } = {}
    for (const metric of this.#facts.metrics) {
      const value = over(seriesFrom(series[metric.name] ?? []), metric.over)
      if (value !== undefined) metrics[metric.name] = value
    }
    const published = isEmpty(moved) ? this.publishedOf(arm, seed) : undefined
    const made = { arm, seed, moved, outcome, series, metrics, published }
    this.made.push(made)
    return made
  }

  /** What a question's runs came to: those with what was moved, or that nobody published. */
  own({ arm, seeds, moved }: Question): readonly Made[] {
    return seeds.flatMap((seed) => {
      const found = this.made.findLast((each) => each.arm === arm && each.seed === seed && same(each.moved, moved))
      return found === undefined || found.published !== undefined ? [] : [found]
    })
  }

  /** What they are set beside: the same seeds without what was moved; all published ones where nothing was. */
  beside({ arm, seeds, moved }: Question): readonly Counted[] {
    if (isEmpty(moved)) return this.#facts.published.filter((each) => each.arm === arm)
    return seeds.flatMap((seed) => this.publishedOf(arm, seed) ?? this.#unmoved(arm, seed) ?? [])
  }

  #unmoved(arm: string, seed: number): Made | undefined {
    return this.made.find((each) => each.arm === arm && each.seed === seed && isEmpty(each.moved))
  }
}

/** Samples as charts take them. */
export function seriesFrom(
  pairs: readonly (readonly [time: number, number: number])[]
): readonly { readonly time: number; readonly value: string; readonly number: number }[] {
  return pairs.map(([time, number]) => ({ time, number, value: String(number) }))
}

/** Whether nothing was moved. */
export function isEmpty(moved: Question["moved"]): boolean {
  return Object.keys(moved).length === 0
}

function same(a: Question["moved"], b: Question["moved"]): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
