/**
 * The chart of a metric over simulated time, with what theory says beside it, as a Vega-Lite spec.
 *
 * Invariant: foreign text enters as data or as a literal title, never as an expression or a field name.
 */
import type { TopLevelSpec } from "vega-lite"
import type { Layout, LineData } from "./LineData.ts"
import { axisEnd, hasEnds, lineEnds } from "./LineEnds.ts"
import { DASHES, type Palette } from "./Theme.ts"
import { theoryLabel, theoryRule } from "./TheoryRule.ts"

/** A Vega-Lite spec of `data`, in the colours of `palette`. */
export function lineChart(data: LineData, layout: Layout, palette: Palette): TopLevelSpec {
  const { lines } = data
  const domain = domainOf(data)
  const values = lines.flatMap(({ label, points }) => points.map((point) => ({ ...point, series: label })))
  const thick = lines.some((line) => line.thick !== undefined)
    ? lines.flatMap(({ label, points, thick: drawn = points }) => drawn.map(({ x, y }) => ({ x, y, series: label })))
    : undefined
  const ends = hasEnds(data)
  const x = {
    field: "x",
    type: "quantitative",
    title: data.x.title,
    scale: { domain: [0, data.x.end], nice: false, ...(ends ? { rangeMax: { expr: axisEnd(data, layout) } } : {}) },
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
  const legend = legendOf(order, layout)
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
          scale: { domain: order, range: lines.map((_, index) => dashesOf(index, palette)) },
          legend
        }
      }
    : { color: { value: cycled(palette.series, 0) } }
  const legendPick = many && layout.interactive
  const interpolate = data.steps === true ? { interpolate: "step-after" } : {}
  const layers = [
    ...theoryRule(data, palette),
    ...thinLines(data, { x, y, color: colour.color, interpolate, legendPick }),
    {
      ...(thick === undefined ? {} : { data: { values: thick } }),
      mark: { type: "line", clip: true, ...(thick === undefined ? interpolate : {}) },
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
    ...(ends ? lineEnds(data, domain, layout, palette) : []),
    ...(layout.interactive ? pointerLayers(x, y, colour, palette, many) : [])
  ]
  const under = [data.says, (data.notes ?? []).join(" ")].filter((line) => line !== "")
  const spec = {
    ...(layout.titled
      ? {
          title: {
            text: data.y.title === "" ? data.title : `${data.title} (${data.y.title})`,
            ...(under.length === 0 ? {} : { subtitle: under })
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

/** What a line is a mean of, behind it. */
function thinLines(
  { lines }: LineData,
  {
    x,
    y,
    color,
    interpolate,
    legendPick
  }: {
    readonly x: object
    readonly y: object
    readonly color: object
    readonly interpolate: object
    readonly legendPick: boolean
  }
): readonly unknown[] {
  const values = lines.flatMap(({ label, thin = [] }) =>
    thin.flatMap((spots, of) => spots.map((spot) => ({ ...spot, series: label, of })))
  )
  if (values.length === 0) return []
  return [
    {
      data: { values },
      mark: { type: "line", clip: true, strokeWidth: 1, ...interpolate },
      encoding: {
        x,
        y,
        color,
        detail: { field: "of", type: "nominal" },
        opacity: legendPick ? { condition: { param: "shown", value: 0.45 }, value: 0.06 } : { value: 0.45 }
      }
    }
  ]
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
  const numbers = lines.flatMap(({ points, thin = [] }) =>
    [points, ...thin].flatMap((spots) => spots.map(({ y }) => y))
  )
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

/** Lines as they are drawn, whatever else the chart has; as many beside each other as fit. */
function legendOf(order: readonly string[], { width }: Layout): object {
  // A name takes its letters and the stretch of line before it. On a phone two short names fit.
  const name = 46 + Math.max(...order.map((label) => label.length)) * 6.6
  const narrow = order.some((label) => label.length > 14) ? 1 : 2
  const fitting = (available: number): number => Math.max(1, Math.floor((available - 50) / name))
  return {
    columns:
      width === "container"
        ? { expr: `max(${narrow}, floor((containerSize()[0] - 50) / ${Math.ceil(name)}))` }
        : fitting(width),
    symbolType: "stroke",
    symbolSize: 700,
    symbolFillColor: "transparent",
    symbolOpacity: 1
  }
}

/** Where colours begin again, dashes do not begin with them. */
function dashesOf(index: number, { series }: Palette): readonly number[] {
  return [...cycled(DASHES, index + Math.floor(index / series.length))]
}

function cycled<T>(items: readonly T[], index: number): T {
  // The lists are constants with at least one item.
  return items[index % items.length] as T
}
