/** What the points of a sweep came to. */
import type { MetricWords, SweepPoint } from "../../store/Analysis.ts"
import type { PointRow } from "../../store/ExperimentManifest.ts"
import { type Asked, armSummary, compareAt } from "./Comparison.ts"
import type { Values } from "./Values.ts"

/** Each point in the order of the design. */
export function sweepOf(
  values: Values,
  metrics: readonly MetricWords[],
  points: readonly PointRow[],
  asked: Asked
): readonly SweepPoint[] {
  const { arms } = asked.design
  const [reference = "", ...others] = arms
  return points
    .filter(({ of }) => of === "sweep")
    .map(({ point, set }) => ({
      point,
      set,
      arms: arms.map((arm) => armSummary(values, metrics, point, arm)),
      comparisons: others.map((arm) => {
        const { kpis } = compareAt(values, metrics, { ...asked, point, arms: [reference, arm] })
        return { arm, kpis }
      })
    }))
}
