/** Which Params an output hangs on, from the points of a sensitivity analysis. */
import { mean } from "simple-statistics"
import { Stream } from "../../kernel/Stream.ts"
import { morrisIndices } from "../../stats/Morris.ts"
import { sobolIndices, variesEnough } from "../../stats/Sobol.ts"
import type { MetricWords, SensitivityIndex, SensitivityOf } from "../../store/Analysis.ts"
import type { PointRow } from "../../store/ExperimentManifest.ts"
import { sensitivityRows } from "../Points.ts"
import type { Asked } from "./Comparison.ts"
import type { Values } from "./Values.ts"

/** Every judged KPI, or every metric where none is judged: its mean in the reference arm, and each other arm's effect. */
export function sensitivityOf(
  values: Values,
  metrics: readonly MetricWords[],
  points: readonly PointRow[],
  asked: Asked
): readonly SensitivityOf[] {
  const { arms, kpis } = asked.design
  const [reference = "", ...others] = arms
  const judged = metrics.filter((metric) => (kpis === null ? metric.judged : kpis.includes(metric.name)))
  return (judged.length === 0 ? metrics : judged).flatMap(({ name }) => [
    ofOutput(points, asked, { metric: name, arm: reference, against: null }, (point) =>
      meanOf(values.of(name, point, reference))
    ),
    ...others.map((arm) =>
      ofOutput(points, asked, { metric: name, arm, against: reference }, (point) => {
        const [baseline, treatment] = values.pairs(name, point, [reference, arm])
        return meanOf(baseline.map((value, at) => (treatment[at] ?? Number.NaN) - value))
      })
    )
  ])
}

/** Of a rare event, which happened at points between the base points alone. */
const UNVARIED =
  "it is the same at every base point, and differs only at points between them: a rare event, of which more base points (--base) may show enough"

function ofOutput(
  points: readonly PointRow[],
  { design, root }: Asked,
  of: Pick<SensitivityOf, "metric" | "arm" | "against">,
  output: (point: number) => number | undefined
): SensitivityOf {
  // A sensitivity design is made of one of these two samplings.
  const { method, base } = design.sampling as { readonly method: "morris" | "saltelli"; readonly base: number }
  const outputs = points.map(({ point }) => output(point))
  const head = { ...of, method }
  const missing = outputs.filter((each) => each === undefined).length
  if (missing > 0) return { ...head, indices: null, why: `${missing} of ${outputs.length} points have no complete run` }
  const known = outputs as readonly number[]
  if (known.every((each) => each === known[0])) return { ...head, indices: null, why: "it is the same at every point" }
  const dimensions = design.axes.length
  if (method === "saltelli" && !variesEnough(known, dimensions)) {
    return { ...head, indices: null, why: UNVARIED }
  }
  const stream = Stream.open(`${root}/sensitivity/${of.metric}/${of.arm}`)
  const named = <I>(index: I, at: number): I & { readonly param: string } => ({
    param: design.axes[at]?.param ?? "",
    ...index
  })
  const indices: readonly SensitivityIndex[] =
    method === "morris"
      ? morrisIndices(sensitivityRows(design.axes, method, base), known, { stream }).map((index, at) => ({
          method,
          ...named(index, at)
        }))
      : sobolIndices(known, { dimensions, stream }).map((index, at) => ({ method, ...named(index, at) }))
  return { ...head, indices, why: null }
}

function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : mean([...values])
}
