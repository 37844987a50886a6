/**
 * The Environment: what the agents do not control and the contracts do not know. Each process is a
 * number that is stepped on its own clock from a stream of its own, so that it is the same in every
 * arm of a seed. A process is a script, a model, or a file of observed values.
 */
import { ScenarioError } from "../Errors.ts"
import type { Draw } from "../kernel/Draw.ts"
import { type Duration, seconds } from "../kernel/Duration.ts"

/** One process: a number that changes over simulated time. */
export interface Process {
  readonly unit: string
  /** In words, for reports. */
  readonly describes: string
  /** The line of ASSUMPTIONS.md it rests on. */
  readonly source: string
  /** Seconds between steps. */
  readonly every: number
  readonly start: (draw: Draw) => number
  /** The next value. `time` is in seconds since the run began; the value must be finite. */
  readonly step: (at: { readonly value: number; readonly draw: Draw; readonly time: number }) => number
}

/** The processes of a scenario, by name. */
export type Processes = { readonly [name: string]: Process }

interface Described {
  readonly unit: string
  readonly source: string
}

/**
 * A script: the value from each moment on, the first at the beginning.
 * @throws ScenarioError MalformedDeclaration when moments do not ascend from 0.
 */
export function script(moments: readonly (readonly [Duration, number])[], of: Described): Process {
  const points = moments.map(([at, value]): readonly [number, number] => [seconds(at), value])
  for (const [index, [at]] of points.entries()) {
    const before = points[index - 1]?.[0]
    if (index === 0 ? at !== 0 : before !== undefined && at <= before) {
      throw malformed(
        "a script's moments do not ascend from the beginning",
        "Begin at 0 seconds and go on in order.",
        String(moments[index]?.[0])
      )
    }
  }
  if (points.length === 0) throw malformed("a script has no values", "Give it at least one.", "[]")
  const every = points.reduce((step, [at]) => greatestCommonDivisor(step, at), 0) || seconds("1 year")
  const valueAt = (time: number): number => points.findLast(([at]) => at <= time)?.[1] ?? 0
  return {
    ...of,
    describes: `script of ${points.length} values`,
    every,
    start: () => valueAt(0),
    step: ({ time }) => valueAt(time)
  }
}

/** A model: a value at the beginning, and the next from the last and from draws. */
export function model(
  of: Described & {
    readonly every: Duration
    /** In words: "lognormal around 100, mean-reverting in 4 weeks". */
    readonly says: string
    readonly start: number | ((draw: Draw) => number)
    readonly step: Process["step"]
  }
): Process {
  const { start } = of
  return {
    unit: of.unit,
    source: of.source,
    describes: of.says,
    every: seconds(of.every),
    start: typeof start === "number" ? () => start : start,
    step: of.step
  }
}

/**
 * Observed values, one per step; the last one stays when they end.
 * @throws ScenarioError MalformedDeclaration when a value is no finite number.
 */
export function observed(values: readonly number[], of: Described & { readonly every: Duration }): Process {
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0 || values.length === 0) {
    throw malformed(`observed value ${bad} is no number`, "Give finite numbers, at least one.", String(values[bad]))
  }
  const every = seconds(of.every)
  const valueAt = (time: number): number => values[Math.min(values.length - 1, Math.floor(time / every))] ?? 0
  return {
    unit: of.unit,
    source: of.source,
    describes: `${values.length} observed values`,
    every,
    start: () => valueAt(0),
    step: ({ time }) => valueAt(time)
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

function malformed(message: string, fix: string, value: string): ScenarioError {
  return new ScenarioError({ reason: "MalformedDeclaration", message, fix, offending: { name: "environment", value } })
}
