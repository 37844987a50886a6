/** Checks that did not hold in some complete run of an experiment, at any of its points. */
import type { ExperimentFolder } from "../../store/ExperimentFolder.ts"

/** A claim that broke, in how many of the complete runs. */
export interface Broken {
  readonly claim: string
  readonly broken: number
  readonly of: number
}

/** The claims that broke, in the order of the plan; a run that the plan names twice counts once. */
export function brokenClaims(folder: Pick<ExperimentFolder, "plan" | "outcome">): readonly Broken[] {
  const counts = new Map<string, number>()
  const hashes = new Set(folder.plan.map(({ hash }) => hash))
  let complete = 0
  for (const hash of hashes) {
    const outcome = folder.outcome(hash)
    if (outcome?.status !== "complete") continue
    complete++
    for (const claim of outcome.failedChecks) counts.set(claim, (counts.get(claim) ?? 0) + 1)
  }
  return [...counts].map(([claim, broken]) => ({ claim, broken, of: complete }))
}
