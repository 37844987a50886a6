/** The Environment of a run: its processes' latest values, stepped from streams of their own. */
import { ScenarioError } from "../Errors.ts"
import { Draw } from "../kernel/Draw.ts"
import type { Streams } from "../kernel/Stream.ts"
import type { Process, Processes } from "../scenario/Environment.ts"

/** Plain data: name and latest value. */
export type OutsideState = readonly (readonly [string, number])[]

interface Running {
  readonly name: string
  readonly process: Process
  readonly draw: Draw
}

export class Outside {
  readonly #running: readonly Running[]
  readonly #values: { [name: string]: number } = {}

  constructor(processes: Processes, streams: Streams, state?: OutsideState) {
    this.#running = Object.entries(processes).map(([name, process]) => ({
      name,
      process,
      draw: new Draw(streams.get(`environment/${name}`, "draw"))
    }))
    for (const { name, process, draw } of this.#running) {
      this.#values[name] = state === undefined ? finite(name, process.start(draw)) : 0
    }
    for (const [name, value] of state ?? []) this.#values[name] = value
  }

  get values(): { readonly [name: string]: number } {
    return this.#values
  }

  /** Name and seconds between steps of each process, in order. */
  get processes(): readonly { readonly name: string; readonly every: number }[] {
    return this.#running.map(({ name, process }) => ({ name, every: process.every }))
  }

  /** Steps the process of that place. @returns its name and new value. @throws ScenarioError MetricFailed. */
  step(place: number, time: number): { readonly name: string; readonly value: number } {
    // Places come from `processes`.
    const { name, process, draw } = this.#running[place] as Running
    const value = finite(name, process.step({ value: this.#values[name] ?? 0, draw, time }))
    this.#values[name] = value
    return { name, value }
  }

  /** The values a behaviour senses. */
  sensed(names: readonly string[]): { readonly [name: string]: number } {
    const values: { [name: string]: number } = {}
    for (const name of names) {
      const value = this.#values[name]
      if (value === undefined) {
        throw new ScenarioError({
          reason: "WorldLacks",
          message: `a behaviour senses environment.${name}, which the scenario's environment does not have`,
          fix: `Declare a process ${name} under environment.`,
          offending: { name: "senses", value: name }
        })
      }
      values[name] = value
    }
    return values
  }

  save(): OutsideState {
    return Object.entries(this.#values)
  }
}

function finite(name: string, value: number): number {
  if (typeof value === "number" && Number.isFinite(value)) return value
  throw new ScenarioError({
    reason: "MetricFailed",
    message: `the process ${name} of the environment gave ${String(value)}, which is no number`,
    fix: `Mend ${name}: it must give finite numbers.`,
    offending: { name, value: String(value) }
  })
}
