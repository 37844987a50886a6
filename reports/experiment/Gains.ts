/** Who gains and who loses, drawn: the change of each population's profit against the reference, with its interval. */
import type { Namer } from "../charts/Names.ts"
import { difference, freeStyle } from "../format/Quantity.ts"
import { exact } from "../html/Html.ts"
import type { ExperimentFacts } from "./Facts.ts"
import { across, byArm, drawable, type Figure, ruleAt } from "./Marks.ts"

/** The chart; none where no population is compared. */
export function gains({ analysis, arms, manifest }: ExperimentFacts, name: Namer): readonly Figure[] {
  const style = freeStyle([...arms.values()][0]?.scenario.numeraire ?? "numeraire")
  const rows = analysis.ledger.flatMap(({ arm, population, effect }) =>
    effect === null ? [] : [{ arm, population, effect: effect.effect, low: effect.low, high: effect.high }]
  )
  if (rows.length === 0) return []
  const order = [...new Set([...rows].sort((a, b) => b.effect - a.effect).map(({ population }) => population))]
  const others = manifest.design.arms.filter((arm) => arm !== analysis.reference)
  const title = `Change of profit against ${analysis.reference}`
  return [
    {
      drawable: drawable({
        name: name(["gains"]),
        title,
        description: `${title}, in ${style.numeraire}: ${rows.map(({ population, arm, effect }) => `${population} in ${arm} ${difference(effect, style)}`).join(", ")}.`,
        height: 50 + 30 * order.length * Math.max(1, others.length / 2),
        values: rows,
        layers: (palette) => {
          const y = { field: "population", type: "nominal", sort: order, title: null }
          const offset = others.length > 1 ? { yOffset: { field: "arm", type: "nominal", sort: others } } : {}
          const { color } = byArm([analysis.reference, ...others], palette)
          const hue = others.length > 1 ? { color } : {}
          const x = (field: string): object => across(field, style.numeraire, { axis: { tickCount: 5, grid: true } })
          return [
            ruleAt("x", 0, palette),
            {
              mark: { type: "rule", strokeWidth: 2, ...(others.length > 1 ? {} : { color: palette.series[1] }) },
              encoding: { y, ...offset, x: x("low"), x2: { field: "high" }, ...hue }
            },
            {
              mark: {
                type: "point",
                filled: true,
                size: 60,
                opacity: 1,
                ...(others.length > 1 ? {} : { color: palette.series[1] })
              },
              encoding: { y, ...offset, x: x("effect"), ...hue }
            }
          ]
        }
      }),
      says: `A dot is the mean change per population over the seeds, a line its 95 % interval; left of zero loses, right of it gains.`,
      table: {
        label: title,
        columns: [
          { heading: "Population" },
          { heading: "Arm" },
          { heading: "Change", numeric: true },
          { heading: "95 % interval" }
        ],
        rows: rows.map(({ population, arm, effect, low, high }) => [
          population,
          arm,
          exact(effect, difference(effect, style)),
          `${difference(low, style)} to ${difference(high, style)}`
        ])
      }
    }
  ]
}
