/** The samples of a run's metrics and the trials of its checks, as they come and as they are kept. */
import type { Asking, Untaken } from "../chain/Step.ts"
import type { TruthRecord } from "../scenario/Metric.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import type { Agent } from "./Agents.ts"
import type { Books } from "./Books.ts"
import type { Ledger } from "./Ledger.ts"
import type { Outside } from "./Outside.ts"
import type { Resolved } from "./RunSpec.ts"
import { type CheckOutcome, drawn, gaugeOver, holds, ledgerView, type Now, sample } from "./Sampling.ts"
import type { World } from "./World.ts"

export interface SamplesParts {
  readonly scenario: Scenario
  readonly resolved: Resolved
  readonly untaken: Untaken
  readonly world: World
  readonly ledger: Ledger
  readonly books: Books
  readonly outside: Outside
  readonly agents: readonly Agent[]
  readonly populations: readonly string[]
}

/** Plain data. */
export interface SamplesState {
  readonly now: Now
  readonly failed: readonly (readonly [string, number])[]
}

export class Samples {
  readonly #parts: SamplesParts
  /** Latest sample of each metric. */
  now: Now
  /** Claim to the seconds at which it first failed. */
  readonly #failed: Map<string, number>

  constructor(parts: SamplesParts, state?: SamplesState) {
    this.#parts = parts
    this.now = { ...state?.now }
    this.#failed = new Map(state?.failed)
  }

  /** Samples what is due at `time`, in seconds. @throws ScenarioError MetricFailed. */
  *take(time: number): Asking<void> {
    const { scenario, resolved, untaken, world, ledger, books, outside, agents, populations } = this.#parts
    yield* ledger.refresh(time, world.handles, untaken)
    const at = {
      world: world.handles,
      params: resolved.values,
      ledger: ledgerView(ledger, world, populations),
      gauge: (population: string, name: string) => gaugeOver(agents, population, name),
      environment: outside.values,
      tally: (population: string, which: (known: TruthRecord) => boolean) =>
        BigInt(books.truths.filter((known) => known.population === population && which(known)).length),
      time
    }
    for (const metric of scenario.metrics) {
      if (time % metric.every !== 0 && time !== resolved.spec.horizon) continue
      const value = yield* sample(metric, at, time, untaken)
      this.now = { ...this.now, [metric.name]: value }
      books.digest.row("metrics").whole(time).text(metric.name).text(String(value))
      books.recorder.add("metrics", { time, metric: metric.name, value: String(value), number: drawn(metric, value) })
    }
    this.tryAlways(time)
  }

  /** When the next sample is due, after `time`. */
  after(time: number): number {
    let next = this.#parts.resolved.spec.horizon
    for (const { every } of this.#parts.scenario.metrics) {
      next = Math.min(next, (Math.floor(time / every) + 1) * every)
    }
    return next
  }

  /** Tries the checks that must hold always. */
  tryAlways(time: number): void {
    for (const check of this.#parts.scenario.checks) {
      if (check.when !== "always" || this.#failed.has(check.claim)) continue
      if (!this.#holds(check, time)) this.#failed.set(check.claim, time)
    }
  }

  /** Tries the checks of the end. */
  tryFinally(time: number): void {
    for (const check of this.#parts.scenario.checks) {
      if (check.when === "finally" && !this.#holds(check, time)) this.#failed.set(check.claim, time)
    }
  }

  /** What the checks came to; `complete` says whether the run reached its end. */
  outcomes(complete: boolean): readonly CheckOutcome[] {
    return this.#parts.scenario.checks.map(({ claim, when }) => {
      const failedAt = this.#failed.get(claim)
      const tried = complete || when === "always" || failedAt !== undefined
      return { claim, when, held: tried ? failedAt === undefined : undefined, failedAt }
    })
  }

  #holds(check: Scenario["checks"][number], time: number): boolean {
    return holds(check, this.now, this.#parts.resolved.values, time)
  }

  save(): SamplesState {
    return { now: this.now, failed: [...this.#failed] }
  }
}
