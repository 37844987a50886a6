/** The charts of an experiment as Vega-Lite specs: fans, distributions, points with intervals, surfaces. */
import type { TopLevelSpec } from "vega-lite"
import type { Drawable } from "../charts/Drawn.ts"
import type { Layout } from "../charts/LineData.ts"
import { DASHES, type Palette } from "../charts/Theme.ts"
import type { Part } from "../html/Html.ts"
import type { TableData } from "../html/Table.ts"

/** A chart with the sentence below its title and its numbers as a table. */
export interface Figure {
  readonly drawable: Drawable
  readonly says: Part
  readonly table: TableData
}

type Values = readonly { readonly [field: string]: string | number | null }[]

/** What is drawn; the layers see the palette. */
interface Drawing {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly height?: number
  readonly values: Values
  readonly layers: (palette: Palette) => readonly object[]
}

/** A drawing in every layout. */
export function drawable({ name, title, description, height = 250, values, layers }: Drawing): Drawable {
  const spec = (layout: Layout, palette: Palette): TopLevelSpec =>
    ({
      ...(layout.titled ? { title: { text: title } } : {}),
      description,
      width: layout.width,
      height: layout.height,
      autosize: { type: "fit", contains: "padding", resize: true },
      data: { values },
      layer: layers(palette)
      // Vega-Lite's types want literal types throughout; the tests compile and draw it.
    }) as unknown as TopLevelSpec
  return { name, title, description, spec, size: { width: 560, height, fileHeight: height + 60 } }
}

/** A horizontal axis of numbers. */
export function across(field: string, title: string, extra: object = {}): object {
  return {
    field,
    type: "quantitative",
    title,
    scale: { zero: false, nice: true },
    axis: { tickCount: 6, grid: false },
    ...extra
  }
}

/** A vertical axis of numbers. */
export function upward(field: string, title: string, extra: object = {}): object {
  return { field, type: "quantitative", title, scale: { zero: false, nice: true }, axis: { tickCount: 5 }, ...extra }
}

/** A stretch of the line in a legend, whatever else is drawn in its colour. */
const STRETCH = { symbolType: "stroke", symbolFillColor: "transparent", symbolOpacity: 1 } as const

/** Colours and dashes of the arms, in order. */
export function byArm(arms: readonly string[], palette: Palette): { readonly color: object; readonly dash: object } {
  const domain = [...arms]
  const hue = (nth: number): string => palette.series[nth % palette.series.length] ?? palette.ink
  return {
    color: {
      field: "arm",
      type: "nominal",
      sort: domain,
      legend: STRETCH,
      scale: { domain, range: domain.map((_, nth) => hue(nth)) }
    },
    dash: {
      field: "arm",
      type: "nominal",
      sort: domain,
      legend: STRETCH,
      scale: { domain, range: domain.map((_, nth) => DASHES[nth % DASHES.length]) }
    }
  }
}

/** A line across the whole chart at one value of `channel`. */
export function ruleAt(channel: "x" | "y", value: number, palette: Palette, dashed = false): object {
  return {
    data: { values: [{ at: value }] },
    mark: { type: "rule", color: palette.muted, strokeWidth: 1, ...(dashed ? { strokeDash: [4, 3] } : {}) },
    encoding: { [channel]: { field: "at", type: "quantitative" } }
  }
}

/** A band across the whole chart between two values of x. */
export function bandAt(low: number, high: number, colour: string): object {
  return {
    data: { values: [{ from: low, to: high }] },
    mark: { type: "rect", color: colour, opacity: 0.14 },
    encoding: { x: { field: "from", type: "quantitative" }, x2: { field: "to" } }
  }
}
