/** Where KPIs, and what is money, change their sign along a Param that is swept: where something begins to pay. */
import { crossings } from "../../stats/Crossing.ts"
import type { MetricWords, SweepCrossing } from "../../store/Analysis.ts"
import type { PointRow } from "../../store/ExperimentManifest.ts"
import type { Axis } from "../Axis.ts"
import type { Asked } from "./Comparison.ts"
import type { Values } from "./Values.ts"

const LEVEL = 0.95

/**
 * Of each arm, in the order of the design: the metrics whose sign says something, and, of KPIs, what the arm differs by
 * from the first. A seed counts where its runs are complete at every point.
 */
export function crossingsOf(
  values: Values,
  metrics: readonly MetricWords[],
  points: readonly PointRow[],
  axes: readonly Axis[],
  { design }: Asked
): readonly SweepCrossing[] | null {
  const [axis, ...others] = axes
  if (axis === undefined || others.length > 0 || axis.scale === "choice") return null
  const places = points
    .filter(({ of }) => of === "sweep")
    .flatMap(({ point, set }) => {
      const written = set[axis.param]
      const place = written === undefined ? undefined : axis.coordinate(written)
      return written === undefined || place === undefined ? [] : [{ point, written, place }]
    })
    .sort((a, b) => a.place - b.place)
  const [reference, ...treatments] = design.arms
  if (reference === undefined || places.length < 2) return []

  const of = (metric: string, arm: string, against: string | null): readonly SweepCrossing[] => {
    const columns = places.map(({ point }) => {
      const own = values.bySeed(metric, point, arm)
      if (against === null) return own
      const theirs = values.bySeed(metric, point, against)
      return new Map([...own].flatMap(([seed, value]) => pair(seed, value, theirs.get(seed))))
    })
    const seeds = [...(columns[0]?.keys() ?? [])].filter((seed) => columns.every((column) => column.has(seed)))
    const rows = seeds.map((seed) => columns.map((column) => column.get(seed) as number))
    const at = places.map(({ place }) => place)
    return crossings(at, rows, LEVEL).map(({ between: [from, to], rises, rests, at: where, low, high, n }) => ({
      metric,
      arm,
      against,
      between: [places[from]?.written ?? "", places[to]?.written ?? ""],
      rises,
      rests,
      at: where === null ? null : axis.at(where),
      low: low === null ? null : axis.at(low),
      high: high === null ? null : axis.at(high),
      level: LEVEL,
      n
    }))
  }

  return design.arms.flatMap((arm) =>
    metrics.flatMap(({ name, unit, judged }) => [
      ...(judged || unit === "money" ? of(name, arm, null) : []),
      ...(judged && treatments.includes(arm) ? of(name, arm, reference) : [])
    ])
  )
}

function pair(seed: number, one: number, other: number | undefined): readonly (readonly [number, number])[] {
  return other === undefined ? [] : [[seed, one - other]]
}
