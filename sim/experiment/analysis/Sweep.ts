/** What the points of a sweep came to. */
import type { MetricWords, SweepPoint } from "../../store/Analysis.ts"
import type { PointRow } from "../../store/ExperimentManifest.ts"
import { type Asked, armSummary, compareAt } from "./Comparison.ts"
import type { Values } from "./Values.ts"

/**
 * Each point in the order of the design. The verdicts of a point are corrected over its arms and KPIs, and not over the
 * points: how many there are is the resolution that was asked for, and a finer grid should not say less of each place.
 * So they are to look at, and where they are shown it is said that they are not corrected over points; who wants one
 * verdict at a place found there compares there, with --set and other seeds.
 */
export function sweepOf(
  values: Values,
  metrics: readonly MetricWords[],
  points: readonly PointRow[],
  asked: Asked
): readonly SweepPoint[] {
  const { arms } = asked.design
  return points
    .filter(({ of }) => of === "sweep")
    .map(({ point, set }) => ({
      point,
      set,
      arms: arms.map((arm) => armSummary(values, metrics, point, arm)),
      comparisons: compareAt(values, metrics, { ...asked, point }).map(({ arm, kpis }) => ({ arm, kpis }))
    }))
}
