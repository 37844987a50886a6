/** A small chart of horizontal bars, one number per name, as a Vega-Lite spec. */
import type { TopLevelSpec } from "vega-lite"
import type { Layout } from "./LineData.ts"
import type { Palette } from "./Theme.ts"

/** What a bar chart shows. */
export interface BarData {
  readonly title: string
  readonly says: string
  readonly description: string
  readonly bars: readonly { readonly label: string; readonly value: number; readonly shown: string }[]
}

/** A Vega-Lite spec of `data`, in the colours of `palette`; `layout.height` is per bar. */
export function barChart(data: BarData, layout: Layout, palette: Palette): TopLevelSpec {
  const order = data.bars.map(({ label }) => label)
  const values = data.bars.map((bar) => ({ ...bar, below: bar.value < 0 }))
  const numbers = data.bars.map(({ value }) => value)
  const [low, high] = [Math.min(0, ...numbers), Math.max(0, ...numbers)]
  const reach = high - low || 1
  const y = {
    field: "label",
    type: "nominal",
    sort: order,
    title: null,
    axis: { labelFontSize: 12, labelColor: palette.ink, domain: false, labelLimit: 140 }
  }
  const x = {
    field: "value",
    type: "quantitative",
    title: null,
    // Room for the number at the end of the longest bar.
    scale: { domain: [low < 0 ? low - reach * 0.4 : 0, high > 0 ? high + reach * 0.4 : 0], nice: false },
    axis: null
  }
  const label = (below: boolean): unknown => ({
    transform: [{ filter: { field: "below", equal: below } }],
    mark: { type: "text", align: below ? "right" : "left", dx: below ? -6 : 6, fontSize: 12, color: palette.ink },
    encoding: { x, y, text: { field: "shown", type: "nominal" } }
  })
  const spec = {
    ...(layout.titled ? { title: { text: data.title, ...(data.says === "" ? {} : { subtitle: data.says }) } } : {}),
    description: data.description,
    width: layout.width,
    // With "fit" the title takes its part of the height.
    height: layout.height * data.bars.length + (layout.titled ? 60 : 8),
    autosize: { type: "fit", contains: "padding", resize: true },
    data: { values },
    layer: [
      {
        mark: { type: "bar", cornerRadiusEnd: 2, height: { band: 0.6 } },
        encoding: {
          x,
          y,
          color: {
            condition: { test: { field: "below", equal: true }, value: palette.series[1] },
            value: palette.series[0]
          },
          ...(layout.interactive
            ? {
                tooltip: [
                  { field: "label", type: "nominal", title: "of" },
                  { field: "shown", type: "nominal", title: "value" }
                ]
              }
            : {})
        }
      },
      ...(low < 0
        ? [
            {
              data: { values: [{ value: 0 }] },
              mark: { type: "rule", color: palette.muted, strokeWidth: 1 },
              encoding: { x }
            }
          ]
        : []),
      label(false),
      ...(low < 0 ? [label(true)] : [])
    ]
  }
  // As in LineChart.ts.
  return spec as unknown as TopLevelSpec
}
