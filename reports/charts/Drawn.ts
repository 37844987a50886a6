/** A chart in all its forms: in the page as a drawing and as a live spec, and as files. */
import type { Config, TopLevelSpec } from "vega-lite"
import { type BarData, barChart } from "./BarChart.ts"
import { lineChart } from "./LineChart.ts"
import type { Layout, LineData } from "./LineData.ts"
import { toPng, toSvg } from "./Render.ts"
import { configOf, LIGHT, PAGE, type Palette } from "./Theme.ts"
import { type WaterfallData, waterfallChart } from "./WaterfallChart.ts"

/** What stands in a page: a drawing for a start, and what replaces it where scripts run. */
export interface Live {
  /** SVG in the colours of the page. */
  readonly drawing: string
  readonly spec: TopLevelSpec
  readonly config: Config
}

/** A chart, whatever its marks. */
export interface Drawable {
  /** File name without its ending; the id of the drawing in a page. */
  readonly name: string
  readonly title: string
  readonly description: string
  readonly spec: (layout: Layout, palette: Palette) => TopLevelSpec
  /** Pixels. In a page, `width` holds until the page lays it out. A bar chart's height is that of one bar. */
  readonly size: { readonly width: number; readonly height: number; readonly fileHeight: number }
}

/** A line chart to draw. */
export function drawLine(name: string, data: LineData): Drawable {
  return {
    name,
    title: data.title,
    description: data.description,
    spec: (layout, palette) => lineChart(data, layout, palette),
    size: { width: 560, height: 250, fileHeight: 320 }
  }
}

/** A bar chart to draw. */
export function drawBars(name: string, data: BarData): Drawable {
  return {
    name,
    title: data.title,
    description: data.description,
    spec: (layout, palette) => barChart(data, layout, palette),
    size: { width: 640, height: 34, fileHeight: 34 }
  }
}

/** A waterfall to draw. */
export function drawWaterfall(name: string, data: WaterfallData): Drawable {
  return {
    name,
    title: data.title,
    description: data.description,
    spec: (layout, palette) => waterfallChart(data, layout, palette),
    size: { width: 310, height: 22, fileHeight: 30 }
  }
}

/** A chart as a page has it without scripts: SVG in the page's own colours. */
export function still({ name, title, description, spec, size }: Drawable): Promise<string> {
  const layout = { ...size, titled: false, interactive: false }
  return toSvg(spec(layout, PAGE.palette), PAGE, { id: `drawing-${name}`, title, description })
}

/** A chart for a page. */
export async function live(chart: Drawable): Promise<Live> {
  const { height } = chart.size
  return {
    drawing: await still(chart),
    spec: chart.spec({ width: "container", height, titled: false, interactive: true }, PAGE.palette),
    config: configOf(PAGE)
  }
}

/** A chart as files: SVG and PNG, light, with its title. */
export async function files(chart: Drawable): Promise<{ readonly svg: string; readonly png: Uint8Array }> {
  const layout = { width: 720, height: chart.size.fileHeight, titled: true, interactive: false }
  const { name, title, description } = chart
  const svg = await toSvg(chart.spec(layout, LIGHT.palette), LIGHT, { id: name, title, description })
  return { svg, png: await toPng(svg, LIGHT.palette.paper) }
}
