/** What theory says beside a line: a dashed rule, and its label where it can be read. */
import type { LineData } from "./LineData.ts"
import type { Palette } from "./Theme.ts"

/** The ends of the axis of values. */
type Domain = readonly [low: number, high: number]

/** The rule of theory, drawn below the lines. */
export function theoryRule({ theory }: LineData, palette: Palette): readonly unknown[] {
  if (theory === null) return []
  const mark = { type: "rule", strokeDash: [4, 4], strokeWidth: 1.25, color: palette.muted }
  return [{ data: { values: [{ y: theory.value }] }, mark, encoding: { y: { field: "y", type: "quantitative" } } }]
}

/** The label of theory, above the lines, at the corner of its rule that they leave free. */
export function theoryLabel(data: LineData, domain: Domain, palette: Palette, full: boolean): readonly unknown[] {
  const { theory } = data
  if (theory === null) return []
  const { right, below } = freeCorner(data, domain, theory.value)
  const text = {
    type: "text",
    align: right ? "right" : "left",
    baseline: below ? "top" : "bottom",
    dy: below ? 6 : -5,
    dx: right ? -4 : 4,
    fontSize: 11,
    fontStyle: "italic"
  }
  const label = {
    values: [{ y: theory.value, says: full ? `${theory.label} = ${theory.shown}` : `theory: ${theory.shown}` }]
  }
  const encoding = {
    x: { value: right ? { expr: "width" } : 0 },
    y: { field: "y", type: "quantitative" },
    text: { field: "says", type: "nominal" }
  }
  return [
    // A halo in the colour of the paper keeps it legible over grid and lines.
    {
      data: label,
      mark: { ...text, stroke: palette.paper, strokeWidth: 4, strokeJoin: "round", color: palette.paper },
      encoding
    },
    { data: label, mark: { ...text, color: palette.ink }, encoding }
  ]
}

/** Of the four corners at the ends of a rule, the first through whose label the fewest stretches of line pass. */
function freeCorner(
  data: LineData,
  [low, high]: Domain,
  value: number
): { readonly right: boolean; readonly below: boolean } {
  // A label is about a tenth as high as the plot, and on a phone nearly half as wide.
  const [near, far] = [(high - low) * 0.02, (high - low) * 0.1]
  const corners = [
    { right: true, below: false },
    { right: false, below: false },
    { right: true, below: true },
    { right: false, below: true }
  ]
  const crossings = corners.map(({ right, below }) => {
    const [bottom, top] = below ? [value - far, value - near] : [value + near, value + far]
    if (bottom < low || top > high) return Number.POSITIVE_INFINITY
    const [from, to] = right ? [data.x.end * 0.55, data.x.end] : [0, data.x.end * 0.45]
    return data.lines.reduce(
      (sum, { points }) =>
        sum +
        points.filter((point, index) => {
          const before = points[index - 1] ?? point
          if (point.x < from || before.x > to) return false
          return Math.max(before.y, point.y) >= bottom && Math.min(before.y, point.y) <= top
        }).length,
      0
    )
  })
  return corners[crossings.indexOf(Math.min(...crossings))] ?? { right: true, below: false }
}
