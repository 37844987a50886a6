/** Params that an experiment varies and that change nothing: no run depends on their value. */
import type { ExperimentFolder } from "../../store/ExperimentFolder.ts"
import type { Outcome } from "../../store/ExperimentReader.ts"

/**
 * Of the varied Params those without effect, in the order of the axes: runs of an arm and a seed at points that differ in
 * that Param alone came to the same, and there are such runs. Points that fill a space seldom differ in one Param alone;
 * of them nothing is said.
 */
export function unmovedParams(
  folder: Pick<ExperimentFolder, "points" | "plan" | "outcome"> & {
    readonly manifest: { readonly design: { readonly axes: readonly { readonly param: string }[] } }
  }
): readonly string[] {
  const { manifest, points, plan } = folder
  const sets = new Map(points.map(({ point, set }) => [point, set]))
  return manifest.design.axes.flatMap(({ param }) => {
    /** What runs came to that are alike in all but the Param. */
    const alike = new Map<string, string>()
    let compared = false
    for (const { point, arm, seed, hash } of plan) {
      const { [param]: value, ...others } = sets.get(point) ?? {}
      const came = folder.outcome(hash)
      if (value === undefined || came === undefined) continue
      const rest = Object.entries(others).sort(([a], [b]) => (a < b ? -1 : 1))
      const key = JSON.stringify([arm, seed, rest])
      const known = alike.get(key)
      const said = cameTo(came)
      if (known === undefined) alike.set(key, said)
      else if (known !== said) return []
      else compared ||= came.status === "complete"
    }
    return compared ? [param] : []
  })
}

/** A check, or how a metric is summed up over a run, may read a Param that no digest knows of. */
function cameTo({ status, trace, economy, values, failedChecks }: Outcome): string {
  return status === "failed" ? status : JSON.stringify([trace, economy, values, failedChecks])
}
