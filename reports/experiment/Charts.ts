/** The charts of an experiment: what was measured over time and over seeds, how arms differ, what a KPI hangs on. */
import type { Namer } from "../charts/Names.ts"
import { amount, difference, quantity, type Style, unitWord } from "../format/Quantity.ts"
import { words } from "../format/Short.ts"
import { exact, html } from "../html/Html.ts"
import { coordinatesOf } from "./Coordinates.ts"
import type { ExperimentFacts } from "./Facts.ts"
import { across, bandAt, byArm, drawable, type Figure, ruleAt, upward } from "./Marks.ts"

const WEEK = 604_800
const DAY = 86_400

/** Numbers on an axis: shares in %. */
const scaled = (value: number, style: Style): number => (style.share ? value * 100 : value)
/** The unit of an axis; empty of a ratio that is no share. */
const axisTitle = (style: Style): string => {
  const { unit } = style
  return style.share ? "%" : unitWord(style) || (unit === "ratio" ? "" : unit)
}

/** The judged KPIs, or every metric where none is judged. */
export function shownMetrics({ analysis }: ExperimentFacts): readonly string[] {
  const judged = analysis.metrics.filter((metric) => metric.judged).map(({ name }) => name)
  return (judged.length > 0 ? judged : analysis.metrics.map(({ name }) => name)).slice(0, 8)
}

/** P5 to P95 and the median over time, per arm. */
export function fans(facts: ExperimentFacts, name: Namer): readonly Figure[] {
  return shownMetrics(facts).flatMap((metric): readonly Figure[] => {
    const fan = facts.analysis.fans.filter((each) => each.metric === metric && each.time.length > 1)
    if (fan.length === 0) return []
    const style = facts.style(metric)
    const last = fan.reduce((most, { time }) => Math.max(most, time.at(-1) ?? 0), 0)
    const [unit, seconds] = last >= 2 * WEEK ? ["weeks", WEEK] : ["days", DAY]
    const values = fan.flatMap(({ arm, time, p5, p50, p95 }) =>
      time.map((at, nth) => ({
        arm,
        time: at / seconds,
        low: scaled(p5[nth] ?? 0, style),
        middle: scaled(p50[nth] ?? 0, style),
        high: scaled(p95[nth] ?? 0, style)
      }))
    )
    const arms = fan.map(({ arm }) => arm)
    const x = across("time", unit)
    return [
      {
        drawable: drawable({
          name: name(["fan", metric]),
          title: `${words(metric)} over time`,
          description: `${words(metric)} over time in ${arms.join(" and ")}: median, and the range of 90 % of the seeds.`,
          values,
          layers: (palette) => {
            const { color, dash } = byArm(arms, palette)
            return [
              {
                mark: { type: "area", opacity: 0.16 },
                encoding: { x, y: upward("low", axisTitle(style)), y2: { field: "high" }, color }
              },
              {
                mark: { type: "line" },
                encoding: { x, y: upward("middle", axisTitle(style)), color, strokeDash: dash }
              }
            ]
          }
        }),
        says: "Median of the seeds; the band holds 90 % of them (P5 to P95).",
        table: {
          label: `${words(metric)} over time`,
          columns: [
            { heading: unit, numeric: true },
            { heading: "Arm" },
            { heading: "P5", numeric: true },
            { heading: "Median", numeric: true },
            { heading: "P95", numeric: true }
          ],
          rows: fan.flatMap(({ arm, time, p5, p50, p95 }) =>
            everyNth(time).map((nth) => [
              exact(time[nth] ?? 0, String(Math.round(((time[nth] ?? 0) / seconds) * 100) / 100)),
              arm,
              amount(p5[nth] ?? 0, style),
              amount(p50[nth] ?? 0, style),
              amount(p95[nth] ?? 0, style)
            ])
          )
        }
      }
    ]
  })
}

/** At most sixty samples of a series, the last among them. */
function everyNth(time: readonly number[]): readonly number[] {
  const step = Math.ceil(time.length / 60)
  return time.flatMap((_, nth) => (nth % step === 0 || nth === time.length - 1 ? [nth] : []))
}

/** The distribution of each KPI over the seeds, per arm (ECDF). */
export function distributions(facts: ExperimentFacts, name: Namer): readonly Figure[] {
  return shownMetrics(facts).flatMap((metric): readonly Figure[] => {
    const style = facts.style(metric)
    const arms = [...facts.seeds].flatMap(([arm, seeds]) => {
      const numbers = [...seeds.values()].flatMap(({ values }) => values[metric] ?? []).sort((a, b) => a - b)
      return numbers.length < 2 ? [] : [{ arm, numbers }]
    })
    if (arms.length === 0) return []
    const values = arms.flatMap(({ arm, numbers }) => [
      { arm, value: scaled(numbers[0] ?? 0, style), share: 0 },
      ...numbers.map((number, nth) => ({
        arm,
        value: scaled(number, style),
        share: (100 * (nth + 1)) / numbers.length
      }))
    ])
    return [
      {
        drawable: drawable({
          name: name(["distribution", metric]),
          title: `${words(metric)} over the seeds`,
          description: `Share of the seeds in which ${words(metric)} is at most so much, per arm.`,
          values,
          layers: (palette) => {
            const { color, dash } = byArm(
              arms.map(({ arm }) => arm),
              palette
            )
            const encoding = {
              x: across("value", axisTitle(style)),
              y: upward("share", "% of seeds"),
              color,
              strokeDash: dash
            }
            return [{ mark: { type: "line", interpolate: "step-after" }, encoding }]
          }
        }),
        says: "Share of the seeds in which it is at most so much.",
        table: {
          label: `${words(metric)} over the seeds`,
          columns: [
            { heading: "Arm" },
            ...["Seeds", "Mean", "Sd", "P5", "Median", "P95"].map((heading) => ({ heading, numeric: true }))
          ],
          rows: facts.analysis.arms.flatMap(({ arm, metrics }) => {
            const summary = metrics[metric]
            if (summary === undefined) return []
            const { n, mean, sd, p5, p50, p95 } = summary
            return [[arm, n, ...[mean, sd, p5, p50, p95].map((each) => exact(each, amount(each, style)))]]
          })
        }
      }
    ]
  })
}

/** The difference at each seed, with its interval and what does not matter. */
export function differences(facts: ExperimentFacts, name: Namer): readonly Figure[] {
  const { analysis, seeds } = facts
  const reference = seeds.get(analysis.reference)
  return analysis.comparisons.flatMap(({ arm, kpis }) =>
    kpis.flatMap(({ name: metric, effect, matters }): readonly Figure[] => {
      const style = facts.style(metric)
      const pairs = [...(seeds.get(arm) ?? [])].flatMap(([seed, { values }]) => {
        const [ours, theirs] = [values[metric], reference?.get(seed)?.values[metric]]
        return ours == null || theirs == null ? [] : [{ seed, difference: ours - theirs }]
      })
      if (pairs.length < 2) return []
      const sorted = [...pairs].sort((a, b) => a.difference - b.difference)
      const values = sorted.map(({ seed, difference: each }, nth) => ({
        seed,
        difference: scaled(each, style),
        share: (100 * (nth + 0.5)) / sorted.length
      }))
      const unit = style.share ? "percentage points" : axisTitle(style)
      return [
        {
          drawable: drawable({
            name: name(["difference", arm, metric]),
            title: `${words(metric)}: ${arm} less ${analysis.reference}, seed by seed`,
            description: `Paired differences of ${words(metric)} in ${pairs.length} seeds; effect ${difference(effect.effect, style)}.`,
            height: 190,
            values,
            layers: (palette) => [
              ...(matters === null
                ? []
                : [bandAt(scaled(-matters.by, style), scaled(matters.by, style), palette.muted)]),
              bandAt(scaled(effect.low, style), scaled(effect.high, style), palette.series[0] ?? palette.ink),
              ruleAt("x", 0, palette),
              ruleAt("x", scaled(effect.effect, style), palette, true),
              {
                mark: { type: "point", filled: true, size: 26, opacity: 0.8, color: palette.series[0] },
                encoding: { x: across("difference", unit), y: upward("share", "% of seeds") }
              }
            ]
          }),
          says: html`A dot per seed, in order. Dashed: the mean, ${difference(effect.effect, style)}, with its interval; solid: no difference${matters === null ? null : ", within the grey band of what does not matter"}.`,
          table: {
            label: `${words(metric)}: differences by seed`,
            columns: [
              { heading: "Seed", numeric: true },
              { heading: `${arm} less ${analysis.reference}`, numeric: true }
            ],
            rows: pairs.map(({ seed, difference: each }) => [seed, exact(each, difference(each, style))])
          }
        }
      ]
    })
  )
}

/** What a KPI hangs on: the size of each Param's influence, with its interval. */
export function tornados(facts: ExperimentFacts, name: Namer): readonly Figure[] {
  return (facts.analysis.sensitivity ?? []).flatMap(({ metric, arm, against, method, indices }): readonly Figure[] => {
    if (indices === null) return []
    const style = facts.style(metric)
    const shares = method === "saltelli"
    const rows = indices
      .map((index) =>
        index.method === "morris"
          ? { param: index.param, size: index.muStar, ...index.muStarInterval, other: index.mu }
          : { param: index.param, size: index.total, ...index.totalInterval, other: index.first }
      )
      .sort((a, b) => b.size - a.size)
    const of = against === null ? `${words(metric)}, arm ${arm}` : `effect of ${arm} on ${words(metric)}`
    const write = (value: number): string => (shares ? value.toFixed(2) : amount(value, style))
    return [
      {
        drawable: drawable({
          name: name(["tornado", arm, metric]),
          title: `What hangs on what: ${of}`,
          description: `Influence of each Param on ${of}: ${rows.map(({ param, size }) => `${param} ${write(size)}`).join(", ")}.`,
          height: 40 + 24 * rows.length,
          values: rows,
          layers: (palette) => {
            const y = { field: "param", type: "nominal", sort: rows.map(({ param }) => param), title: null }
            const title = shares
              ? "share of the variance (total order)"
              : `μ*, ${unitWord(style) || "in its unit"} per whole range`
            return [
              {
                mark: { type: "bar", height: { band: 0.6 }, color: palette.series[0] },
                encoding: { y, x: across("size", title, { scale: { zero: true } }) }
              },
              {
                mark: { type: "rule", color: palette.ink },
                encoding: { y, x: across("low", title, { scale: { zero: true } }), x2: { field: "high" } }
              }
            ]
          }
        }),
        says: shares
          ? "Total order: the share of the variance that a Param explains, alone and with others. The thin line is the interval."
          : "μ*: the mean size of what moving a Param across its whole range does. The thin line is the interval.",
        table: {
          label: `What ${of} hangs on`,
          columns: [
            { heading: "Param" },
            { heading: shares ? "Total" : "μ*", numeric: true },
            { heading: "95 % interval" },
            { heading: shares ? "First order" : "μ", numeric: true }
          ],
          rows: rows.map(({ param, size, low, high, other }) => [
            param,
            exact(size, write(size)),
            `${write(low)} to ${write(high)}`,
            exact(other, write(other))
          ])
        }
      }
    ]
  })
}

/** A sweep: means with intervals along one axis, or a surface over two. */
export function surfaces(facts: ExperimentFacts, name: Namer): readonly Figure[] {
  const { analysis, manifest } = facts
  const [first, second] = manifest.design.axes
  const points = analysis.sweep ?? []
  if (first === undefined || points.length === 0) return []
  const flat = second === undefined || points.every(({ set }) => set[second.param] === points[0]?.set[second.param])
  return shownMetrics(facts).flatMap((metric) =>
    (flat ? [undefined] : manifest.design.arms).flatMap((arm): readonly Figure[] => {
      const style = facts.style(metric)
      const rows = points.flatMap(({ set, arms }) =>
        arms.flatMap(({ arm: of, metrics }) => {
          const summary = metrics[metric]
          if (summary === undefined || (arm !== undefined && of !== arm)) return []
          const { mean, low, high, n } = summary
          const place = { x: set[first.param] ?? "", y: second === undefined ? "" : (set[second.param] ?? "") }
          return [
            {
              arm: of,
              ...place,
              mean: scaled(mean, style),
              low: scaled(low ?? mean, style),
              high: scaled(high ?? mean, style),
              n
            }
          ]
        })
      )
      if (rows.length === 0) return []
      const choice = first.scale === "choice"
      const along = coordinatesOf(
        first,
        rows.map(({ x }) => x)
      )
      const crossed = (flat ? (analysis.crossings ?? []) : []).flatMap((each) => {
        const [at, low, high] = [each.at, each.low, each.high].map((end) => (end === null ? null : along.at(end)))
        if (each.metric !== metric || each.against !== null || at == null) return []
        return [{ arm: each.arm, at, band: low == null || high == null ? null : ([low, high] as const) }]
      })
      const shown = rows.map((row) => ({
        ...row,
        // Two axes have a cell per value, as it is written.
        x: choice || !flat ? row.x : along.at(row.x),
        text: amount(style.share ? row.mean / 100 : row.mean, style)
      }))
      const title = flat
        ? `${words(metric)} by ${first.param}`
        : `${words(metric)} by ${first.param} and ${second?.param ?? ""}, arm ${arm ?? ""}`
      return [
        {
          drawable: drawable({
            name: name(["sweep", metric, ...(arm === undefined ? [] : [arm])]),
            title,
            description: `${title}: ${rows.length} means over the seeds.`,
            height: flat ? 250 : 40 + 34 * new Set(rows.map(({ y }) => y)).size,
            values: shown,
            layers: (palette) => {
              const { color, dash } = byArm(manifest.design.arms, palette)
              const x = choice
                ? { field: "x", type: "nominal", title: first.param }
                : across("x", along.title, first.scale === "log" ? { scale: { type: "log", nice: false } } : {})
              if (flat) {
                return [
                  ...crossed.flatMap(({ arm: of, at, band }) => [
                    ...(band === null
                      ? []
                      : [bandAt(...band, palette.series[manifest.design.arms.indexOf(of)] ?? palette.ink)]),
                    ruleAt("x", at, palette, true)
                  ]),
                  ...(crossed.length === 0 ? [] : [ruleAt("y", 0, palette)]),
                  {
                    mark: { type: "rule" },
                    encoding: { x, y: upward("low", axisTitle(style)), y2: { field: "high" }, color }
                  },
                  {
                    mark: { type: "line", point: true },
                    encoding: { x, y: upward("mean", axisTitle(style)), color, strokeDash: dash }
                  }
                ]
              }
              const cell = {
                x: { field: "x", type: "ordinal", sort: null, title: first.param, axis: { labelAngle: 0 } },
                y: { field: "y", type: "ordinal", sort: null, title: second?.param ?? null }
              }
              const hue = palette.series[0] ?? palette.ink
              return [
                {
                  mark: { type: "rect", color: hue },
                  encoding: {
                    ...cell,
                    opacity: { field: "mean", type: "quantitative", scale: { range: [0.05, 0.6] }, legend: null }
                  }
                },
                {
                  mark: { type: "text", color: palette.ink, fontSize: 12 },
                  encoding: { ...cell, text: { field: "text", type: "nominal" } }
                }
              ]
            }
          }),
          says: flat
            ? `Mean over the seeds, with its 95 % interval.${crossed.length === 0 ? "" : " Dashed: where the mean passes zero, with its interval where that ends within the points."}`
            : "Mean over the seeds; stronger is larger.",
          table: {
            label: title,
            columns: [
              { heading: first.param },
              ...(flat ? [] : [{ heading: second?.param ?? "" }]),
              { heading: "Arm" },
              { heading: "Mean", numeric: true },
              { heading: "Seeds", numeric: true }
            ],
            rows: rows.map(({ x, y, arm: of, mean, n }) => [
              x,
              ...(flat ? [] : [y]),
              of,
              exact(mean, amount(style.share ? mean / 100 : mean, style)),
              n
            ])
          }
        }
      ]
    })
  )
}

/** The effects over the assumption that flips a claim. */
export function assumptionMaps(facts: ExperimentFacts, name: Namer): readonly Figure[] {
  const { assumptions } = facts.analysis
  return (assumptions?.claims ?? []).flatMap(({ arm, metric, says, than, flip }): readonly Figure[] => {
    const axis = assumptions?.axes.find(({ param }) => param === flip?.name)
    if (flip === null || !flip.clear || axis === undefined || axis.scale === "choice") return []
    const style = facts.style(metric)
    const along = coordinatesOf(axis, axis.ends)
    const at = (written: string): number => along.at(written) ?? 0
    const rows = (assumptions?.effects ?? []).flatMap(({ set, of, arms }) => {
      const found = arms[arm]?.[metric]
      return found === undefined
        ? []
        : [
            {
              x: set[axis.param] ?? "",
              effect: found.effect,
              error: found.error,
              of: of === "refined" ? "added near the flip" : "fills the ranges"
            }
          ]
    })
    const values = rows.map(({ x, effect, error, of }) => ({
      x: along.at(x),
      of,
      effect: scaled(effect, style),
      low: scaled(effect - 2 * error, style),
      high: scaled(effect + 2 * error, style)
    }))
    const unit = style.share ? "percentage points" : axisTitle(style)
    const effectTitle = unit === "" ? "effect" : `effect, ${unit}`
    const scale = axis.scale === "log" ? { scale: { type: "log", nice: false } } : {}
    return [
      {
        drawable: drawable({
          name: name(["assumptions", arm, metric]),
          title: `${says}: where it flips`,
          description: `Effect of ${arm} on ${words(metric)} at ${rows.length} points of the assumed ranges, by ${axis.param}; it flips at ${flip.written.at}.`,
          values,
          layers: (palette) => [
            bandAt(at(flip.written.low), at(flip.written.high), palette.series[1] ?? palette.ink),
            ruleAt("x", at(flip.written.at), palette, true),
            ruleAt("y", scaled(than, style), palette),
            {
              mark: { type: "rule", color: palette.muted },
              encoding: {
                x: across("x", along.title, scale),
                y: upward("low", effectTitle),
                y2: { field: "high" }
              }
            },
            {
              mark: { type: "point", filled: true, size: 40 },
              encoding: {
                x: across("x", along.title, scale),
                y: upward("effect", effectTitle),
                shape: { field: "of", type: "nominal" },
                color: { field: "of", type: "nominal", scale: { range: [palette.series[0], palette.series[1]] } }
              }
            }
          ]
        }),
        says: html`Each point is one set of assumptions, with two standard errors. Dashed: ${axis.param} at which it flips, ${flip.written.at} (${flip.written.low} to ${flip.written.high}).`,
        table: {
          label: `${says}: effects by ${axis.param}`,
          columns: [
            { heading: axis.param, numeric: true },
            { heading: "Effect", numeric: true },
            { heading: "Standard error", numeric: true },
            { heading: "Point" }
          ],
          rows: rows.map(({ x, effect, error, of }) => [
            x,
            exact(effect, difference(effect, style)),
            exact(error, quantity(error, style)),
            of
          ])
        }
      }
    ]
  })
}
