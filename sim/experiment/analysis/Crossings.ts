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
 * from the first. A point counts where a run gave a value, and a seed where its runs did at every such point. Lines
 * between points are straight in the axis's coordinate: on a logarithmic axis, in the logarithm.
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
    const filled = places
      .map((place) => {
        const own = values.bySeed(metric, place.point, arm)
        if (against === null) return { ...place, column: own }
        const theirs = values.bySeed(metric, place.point, against)
        return { ...place, column: new Map([...own].flatMap(([seed, value]) => pair(seed, value, theirs.get(seed)))) }
      })
      .filter(({ column }) => column.size > 0)
    const seeds = [...(filled[0]?.column.keys() ?? [])].filter((seed) => filled.every(({ column }) => column.has(seed)))
    const rows = seeds.map((seed) => filled.map(({ column }) => column.get(seed) as number))
    return crossings(
      filled.map(({ place }) => place),
      rows,
      LEVEL
    ).map(({ between: [from, to], rises, rests, at: where, low, high, n }) => ({
      metric,
      arm,
      against,
      between: [filled[from]?.written ?? "", filled[to]?.written ?? ""],
      rises,
      rests,
      at: where === null ? null : axis.place(where),
      low: low === null ? null : axis.place(low),
      high: high === null ? null : axis.place(high),
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
