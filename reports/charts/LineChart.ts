/**
 * The chart of a metric over simulated time, with what theory says beside it, as a Vega-Lite spec.
 *
 * Invariant: foreign text enters as data or as a literal title, never as an expression or a field name.
 */
import type { TopLevelSpec } from "vega-lite"
import type { Layout, LineData } from "./LineData.ts"
import { DASHES, type Palette } from "./Theme.ts"
import { theoryLabel, theoryRule } from "./TheoryRule.ts"

/** A Vega-Lite spec of `data`, in the colours of `palette`. */
export function lineChart(data: LineData, layout: Layout, palette: Palette): TopLevelSpec {
  const { lines } = data
  const domain = domainOf(data)
  const values = lines.flatMap(({ label, points }) => points.map((point) => ({ ...point, series: label })))
  const x = {
    field: "x",
    type: "quantitative",
    title: data.x.title,
    scale: { domain: [0, data.x.end], nice: false },
    axis: { tickCount: 8, tickMinStep: 1, format: "~r", titleAnchor: "end", labelFlush: false, labelOverlap: true }
  } as const
  const y = {
    field: "y",
    type: "quantitative",
    // The unit stands in the title, where no legend can meet it.
    title: null,
    scale: { domain: [...domain], nice: true, zero: false },
    axis: {
      tickCount: 5,
      ...(data.y.percent ? { format: ".1~%" } : {}),
      ...(data.y.whole ? { tickMinStep: 1 } : {})
    }
  } as const
  const many = lines.length > 1
  const order = lines.map(({ label }) => label)
  // Two short names fit beside each other on a phone; longer ones stand below each other.
  const legend = { columns: order.some((label) => label.length > 14) ? 1 : 2 }
  const colour = many
    ? {
        color: {
          field: "series",
          type: "nominal",
          sort: order,
          scale: { domain: order, range: lines.map((_, index) => cycled(palette.series, index)) },
          legend
        },
        strokeDash: {
          field: "series",
          type: "nominal",
          sort: order,
          scale: { domain: order, range: lines.map((_, index) => [...cycled(DASHES, index)]) },
          legend
        }
      }
    : { color: { value: cycled(palette.series, 0) } }
  const legendPick = many && layout.interactive
  const layers = [
    ...theoryRule(data, palette),
    {
      mark: { type: "line", clip: true },
      encoding: {
        x,
        y,
        ...colour,
        ...(legendPick ? { opacity: { condition: { param: "shown", value: 1 }, value: 0.15 } } : {})
      },
      ...(legendPick
        ? { params: [{ name: "shown", select: { type: "point", fields: ["series"] }, bind: "legend" }] }
        : {})
    },
    ...theoryLabel(data, domain, palette, layout.titled),
    ...(layout.interactive ? pointerLayers(x, y, colour, palette, many) : [])
  ]
  const spec = {
    ...(layout.titled
      ? {
          title: {
            text: data.y.title === "" ? data.title : `${data.title} (${data.y.title})`,
            ...(data.says === "" ? {} : { subtitle: data.says })
          }
        }
      : {}),
    description: data.description,
    width: layout.width,
    height: layout.height,
    autosize: { type: "fit", contains: "padding", resize: true },
    data: { values },
    layer: layers
  }
  // The literal types of a layered spec are lost in its conditional parts; that it compiles is tested.
  return spec as unknown as TopLevelSpec
}

function pointerLayers(x: object, y: object, colour: object, palette: Palette, many: boolean): readonly unknown[] {
  const near = { param: "near", empty: false }
  const { color } = colour as { readonly color: object }
  return [
    {
      transform: [{ filter: near }],
      mark: { type: "rule", color: palette.muted, strokeWidth: 1, tooltip: null },
      encoding: { x }
    },
    {
      params: [
        {
          name: "near",
          select: {
            type: "point",
            on: "pointerover,pointermove",
            nearest: true,
            encodings: many ? ["x", "y"] : ["x"],
            clear: "pointerout"
          }
        }
      ],
      mark: { type: "point", filled: true, size: 60, stroke: palette.paper, strokeWidth: 2 },
      encoding: {
        x,
        y,
        color,
        opacity: { condition: { ...near, value: 1 }, value: 0 },
        tooltip: [
          { field: "at", type: "nominal", title: "at" },
          { field: "shown", type: "nominal", title: "value" },
          ...(many ? [{ field: "series", type: "nominal", title: "of" }] : [])
        ]
      }
    }
  ]
}

/** From zero, unless the numbers vary by less than half of the largest; with room for a label above. */
function domainOf({ lines, theory }: LineData): readonly [number, number] {
  const numbers = lines.flatMap(({ points }) => points.map(({ y }) => y))
  if (theory !== null) numbers.push(theory.value)
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const number of numbers) {
    low = Math.min(low, number)
    high = Math.max(high, number)
  }
  if (!(low <= high)) return [0, 1]
  if (low > 0 && low <= high / 2) low = 0
  if (high < 0 && high >= low / 2) high = 0
  if (low === high) return low === 0 ? [0, 1] : low > 0 ? [0, low * 1.25] : [low * 1.25, 0]
  return [low, high + (high - low) * 0.08]
}

function cycled<T>(items: readonly T[], index: number): T {
  // The lists are constants with at least one item.
  return items[index % items.length] as T
}
