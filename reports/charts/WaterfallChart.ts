/**
 * A waterfall: how steps up and down make up a total, as a Vega-Lite spec.
 *
 * What adds is filled, what takes away is hollow, the total is dark; each has its number with its sign. No
 * two of them are told apart by colour alone.
 */
import type { TopLevelSpec } from "vega-lite"
import { decimal } from "../format/Quantity.ts"
import type { Step } from "../run/Waterfall.ts"
import type { Layout } from "./LineData.ts"
import type { Palette } from "./Theme.ts"

/** What a waterfall shows. */
export interface WaterfallData {
  readonly title: string
  /** Beside the title. */
  readonly says: string
  readonly description: string
  readonly steps: readonly (Step & { readonly shown: string })[]
  /** Ends of the axis; charts that share them can be compared. */
  readonly domain: readonly [low: number, high: number]
}

/** A waterfall of money; `domain` is that of its own steps unless it is given. */
export function waterfallData(of: {
  readonly title: string
  /** What the title leaves unsaid; the numeraire is added. */
  readonly says: string
  readonly numeraire: string
  readonly steps: readonly Step[]
  readonly domain?: WaterfallData["domain"]
}): WaterfallData {
  const told = of.steps.map((step) => ({ ...step, shown: signed(step) }))
  return {
    title: of.title,
    says: `${of.says}; ${of.numeraire}`,
    description: `${of.says}. Waterfall in ${of.numeraire}: ${told.map(({ label, shown }) => `${label} ${shown}`).join("; ")}.`,
    steps: told,
    domain: of.domain ?? domainOf(of.steps)
  }
}

/** The ends of an axis that holds all these steps and zero. */
export function domainOf(steps: readonly Step[]): WaterfallData["domain"] {
  let [low, high] = [0, 0]
  for (const { from, to } of steps) {
    low = Math.min(low, from, to)
    high = Math.max(high, from, to)
  }
  return [low, high === low ? low + 1 : high]
}

/** A number short enough to stand beside a bar, with its sign unless it is the total. */
function signed({ amount, total }: Step): string {
  // From a hundred on, digits after the point are noise beside a bar; the table has them.
  const size = Math.abs(amount)
  const shown = decimal(size >= 100 ? Math.round(size) : size).replace(/\.00$/, "")
  if (amount === 0 || /^0(\.0+)?$/.test(shown)) return "0"
  return amount < 0 ? `−${shown}` : total ? shown : `+${shown}`
}

/** Pixels for the names of the steps, and around the drawing. */
const [NAMES, EDGE] = [106, 4]

/** A Vega-Lite spec of `data`; `layout.height` is that of one step. */
export function waterfallChart(data: WaterfallData, layout: Layout, palette: Palette): TopLevelSpec {
  const [low, high] = data.domain
  const values = data.steps.map(({ label, amount, from, to, total, shown }) => ({
    label,
    low: Math.min(from, to),
    high: Math.max(from, to),
    to,
    kind: total ? "total" : amount < 0 ? "loss" : "gain",
    shown
  }))
  const order = values.map(({ label }) => label)
  const links = values.slice(0, -1).map(({ label, to }, index) => ({
    label,
    next: values[index + 1]?.label,
    to: values[index + 1]?.kind === "total" ? values[index + 1]?.to : to
  }))
  const y = {
    field: "label",
    type: "nominal",
    sort: order,
    axis: null,
    scale: { domain: order, paddingInner: 0.35, paddingOuter: 0.2 }
  }
  const x = (field: string): object => ({
    field,
    type: "quantitative",
    title: null,
    // Room for the number behind the longest bar.
    scale: { domain: [low, high + (high - low) * 0.42], nice: false, zero: false },
    axis: null
  })
  const hues = {
    gain: { fill: palette.series[0], stroke: palette.series[0] },
    loss: { fill: palette.paper, stroke: palette.series[1] },
    total: { fill: palette.ink, stroke: palette.ink }
  }
  const bar = (kind: keyof typeof hues): unknown => ({
    transform: [{ filter: { field: "kind", equal: kind } }],
    mark: { type: "bar", strokeWidth: 1.5, ...hues[kind] },
    encoding: { x: x("low"), x2: { field: "high" }, y }
  })
  const spec = {
    ...(layout.titled ? { title: { text: data.title, subtitle: data.says, dx: -NAMES } } : {}),
    description: data.description,
    // The names have a place of fixed width: Vega's guess of theirs, without a browser, is half too wide.
    width: typeof layout.width === "number" ? layout.width - NAMES - EDGE : layout.width,
    height: layout.height * values.length,
    autosize: { type: "none" },
    padding: { left: NAMES, top: layout.titled ? 56 : EDGE, right: EDGE, bottom: EDGE },
    data: { values },
    layer: [
      {
        data: { values: links },
        mark: { type: "rule", color: palette.muted, strokeWidth: 1 },
        encoding: { x: x("to"), y: { ...y, bandPosition: 1 }, y2: { field: "next", bandPosition: 0 } }
      },
      {
        data: { values: [{ to: 0 }] },
        mark: { type: "rule", color: palette.grid, strokeWidth: 1 },
        encoding: { x: x("to") }
      },
      ...(["gain", "loss", "total"] as const).filter((kind) => values.some((value) => value.kind === kind)).map(bar),
      {
        mark: { type: "text", align: "right", baseline: "middle", dx: -8, fontSize: 11, color: palette.ink },
        encoding: { x: { value: 0 }, y, text: { field: "label", type: "nominal" } }
      },
      {
        mark: { type: "text", align: "left", baseline: "middle", dx: 6, fontSize: 11, color: palette.ink },
        encoding: { x: x("high"), y, text: { field: "shown", type: "nominal" } }
      }
    ]
  }
  // As in LineChart.ts.
  return spec as unknown as TopLevelSpec
}
