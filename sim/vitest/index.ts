/**
 * For tests with Vitest, as `mesocosm/vitest`: runs of a scenario, and what may be expected of them. Importing it adds
 * the matchers.
 */
import { readFileSync } from "node:fs"
import { expect } from "vitest"
import { type Baseline, parseBaseline } from "../experiment/gate/Baseline.ts"
import type { Found } from "./Experiment.ts"
import { type Budget, toBeSameAs, toKeep } from "./Matchers.ts"

export { type ExperimentOptions, experiment, type Found } from "./Experiment.ts"
export type { Budget } from "./Matchers.ts"
export { changesOf, findTurn, type SearchOptions, type Turn } from "./Search.ts"

/** Reads a baseline that `mesocosm baseline` wrote. @throws ScenarioError MalformedDeclaration, OtherCode. */
export function baseline(path: string): Baseline {
  return parseBaseline(readFileSync(path, "utf8"), path)
}

expect.extend({
  toKeep: (found: Found, metric: string, budget: Budget) => toKeep(found, metric, budget),
  toBeSameAs: (found: Found, recorded: Baseline, confidence?: number) => toBeSameAs(found, recorded, confidence)
})

interface Expectations<R> {
  /** The mean over seeds is below, or above, a bound, with a confidence of 0.95 unless said otherwise. */
  toKeep(metric: string, budget: Budget): R
  /** Every KPI lies within its smallest effect of the recorded one. */
  toBeSameAs(recorded: Baseline, confidence?: number): R
}

declare module "vitest" {
  // Vitest's own parameters, which must be the same.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends Expectations<R> {}
}
