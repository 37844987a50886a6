/** What a sweep or a sensitivity analysis answers, in sentences of plain text. */
import { crossingSays, isSure, toldOf } from "../format/Place.ts"
import { alone, counted, listed, quantity } from "../format/Quantity.ts"
import { words } from "../format/Short.ts"
import { grouped } from "../sections/Params.ts"
import { ORDER, percent } from "./Answer.ts"
import type { ExperimentFacts } from "./Facts.ts"

type Set = { readonly [param: string]: string }

/** The answer of a sweep or a sensitivity analysis, a sentence each; empty of others. */
export function wideAnswers(facts: ExperimentFacts): readonly string[] {
  return [...sweepAnswers(facts), ...sensitivityAnswers(facts)]
}

function sweepAnswers(facts: ExperimentFacts): readonly string[] {
  const { analysis, manifest } = facts
  const { sweep } = analysis
  if (sweep === null || sweep.length === 0) return []
  const at = (set: Set): string =>
    listed(
      manifest.design.axes.flatMap(({ param }) =>
        set[param] === undefined ? [] : [`${param} = ${grouped(set[param])}`]
      )
    )
  // As a person reads a chart: from the left end of the first axis on which two points differ.
  const leftOf = (a: Set, b: Set): boolean => {
    const axis = manifest.design.axes.find(({ param }) => a[param] !== b[param])
    return axis === undefined || Number.parseFloat(a[axis.param] ?? "") <= Number.parseFloat(b[axis.param] ?? "")
  }
  const judged = analysis.metrics.filter((metric) => metric.judged)
  const metrics = (judged.length > 0 ? judged : analysis.metrics).slice(0, 8)
  const says = (judged.length > 0 ? judged : metrics).flatMap(({ name }) =>
    manifest.design.arms.flatMap((arm) => {
      const means = sweep.flatMap(({ set, arms }) => {
        const mean = arms.find((each) => each.arm === arm)?.metrics[name]?.mean
        return mean === undefined ? [] : [{ set, mean }]
      })
      const sorted = [...means].sort((a, b) => a.mean - b.mean)
      const [least, most] = [sorted[0], sorted.at(-1)]
      if (least === undefined || most === undefined) return []
      const [from, to] = leftOf(least.set, most.set) ? [least, most] : [most, least]
      const style = facts.style(name)
      const of = manifest.design.arms.length > 1 ? `${words(name)} (${arm})` : words(name)
      return [
        least.mean === most.mean
          ? `${of} is ${quantity(least.mean, style)} everywhere.`
          : `${of} goes from ${quantity(from.mean, style)} at ${at(from.set)} to ${quantity(to.mean, style)} at ${at(to.set)}.`
      ]
    })
  )
  const several =
    manifest.design.axes.length > 1
      ? ["Where something changes its sign is told of a sweep along one setting alone."]
      : []
  return [...says, ...turnsAlong(facts), ...several, ...verdictCounts(facts)]
}

/** Where a mean changes its sign: where something begins, or ends, to pay. */
function turnsAlong({ analysis, manifest }: ExperimentFacts): readonly string[] {
  const several = manifest.design.arms.length > 1
  const param = manifest.design.axes[0]?.param ?? ""
  return toldOf(analysis.crossings).map((crossing) => {
    const { metric, arm, against } = crossing
    const of = `${words(metric)}${against !== null ? `, ${arm} less ${against}` : several ? ` (${arm})` : ""}`
    return `${of} ${isSure(crossing) ? "changes" : "may change"} its sign along ${param}: ${crossingSays(crossing)}.`
  })
}

/** At how many points of a sweep an arm is better, and at how many worse. */
function verdictCounts({ analysis }: ExperimentFacts): readonly string[] {
  const counts = new Map<string, Map<string, number>>()
  for (const { comparisons } of analysis.sweep ?? []) {
    for (const { arm, kpis } of comparisons) {
      for (const { name, verdict } of kpis) {
        if (verdict === null) continue
        const key = `${words(name)}, ${arm} against ${analysis.reference}`
        const of = counts.get(key) ?? new Map<string, number>()
        counts.set(key, of.set(verdict, (of.get(verdict) ?? 0) + 1))
      }
    }
  }
  const says = [...counts].map(([key, of]) => {
    const all = [...of.values()].reduce((sum, each) => sum + each, 0)
    return `${key}: ${listed(ORDER.flatMap((verdict) => (of.has(verdict) ? [`${verdict} at ${of.get(verdict)}`] : [])))} of ${counted(all, "point")}.`
  })
  if (says.length === 0) return []
  return [
    ...says,
    "These verdicts are corrected over the arms and KPIs of a point, and not over the points: among many, some are wrong by chance. A comparison at one place, with other seeds, decides."
  ]
}

function sensitivityAnswers(facts: ExperimentFacts): readonly string[] {
  return (facts.analysis.sensitivity ?? []).map(({ metric, arm, against, indices, why }) => {
    const of = against === null ? `${words(metric)} (${arm})` : `The effect of ${arm} on ${words(metric)}`
    if (indices === null) return `${of}: nothing can be said${why === null ? "" : `, because ${why}`}.`
    const style = facts.style(metric)
    const sizes = indices.map((index) =>
      index.method === "morris"
        ? { param: index.param, size: index.muStar, low: index.muStarInterval.low, written: alone(index.muStar, style) }
        : { param: index.param, size: index.total, low: index.totalInterval.low, written: percent(index.total) }
    )
    const ranked = sizes.sort((a, b) => b.size - a.size).filter(({ size }) => size > 0)
    const told = ranked.slice(0, 3).map(({ param, written }) => `${param} (${written})`)
    const measure =
      indices[0]?.method === "morris" ? "mean change over its whole range" : "share of the variance, with others"
    if (told.length === 0) return `${of} hangs on none of ${counted(indices.length, "setting")}.`
    return `${of} hangs most on ${listed(told)}, of ${counted(indices.length, "setting")}; in brackets: ${measure}.`
  })
}
