/** Runs of an experiment in which calls ran out of gas, at any of its points. */
import type { Hex } from "../chain/Contracts.ts"
import { outOfGasOver, type RevertCount } from "../run/Reverts.ts"
import type { PlanRow } from "./ExperimentManifest.ts"
import type { Outcome } from "./ExperimentReader.ts"

/** What ran out of gas, over how many of the complete runs. */
export interface DryRuns {
  readonly runs: number
  readonly of: number
  readonly functions: readonly RevertCount[]
}

/** A run that the plan names twice counts once. @returns undefined where nothing ran out of gas. */
export function dryRuns(experiment: {
  readonly plan: readonly PlanRow[]
  outcome(hash: Hex): Outcome | undefined
}): DryRuns | undefined {
  const outcomes = [...new Set(experiment.plan.map(({ hash }) => hash))]
    .map((hash) => experiment.outcome(hash))
    .filter((outcome) => outcome?.status === "complete")
  return dryOf(outcomes.map((outcome) => outcome?.outOfGas))
}

/** The same of complete runs, of each what ran out of gas in it. */
export function dryOf(complete: readonly (readonly RevertCount[] | undefined)[]): DryRuns | undefined {
  const dry = complete.filter((counts) => counts !== undefined)
  return dry.length === 0 ? undefined : { runs: dry.length, of: complete.length, functions: outOfGasOver(dry) }
}
