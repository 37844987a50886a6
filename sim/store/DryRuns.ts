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
  const dry = outcomes.flatMap((outcome) => (outcome?.outOfGas === undefined ? [] : [outcome.outOfGas]))
  return dry.length === 0 ? undefined : { runs: dry.length, of: outcomes.length, functions: outOfGasOver(dry) }
}
