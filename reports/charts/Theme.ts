/**
 * How charts look: three themes over one layout.
 *
 * `light` and `dark` hold colours and stand alone. `page` holds the names of the page's custom properties:
 * SVG resolves them, so that one drawing follows the reader's choice of light or dark without being redrawn.
 */
import type { Config } from "vega-lite"

/** Colours of a theme, as CSS. */
export interface Palette {
  readonly paper: string
  readonly ink: string
  readonly muted: string
  readonly grid: string
  /** For series in order; told apart by dashes too. Hues after Okabe and Ito (2008), contrast 3:1 on the paper. */
  readonly series: readonly string[]
}

export interface Theme {
  readonly name: "light" | "dark" | "page"
  readonly palette: Palette
}

/** For files and print. */
export const LIGHT: Theme = {
  name: "light",
  palette: {
    paper: "#ffffff",
    ink: "#1c2326",
    muted: "#5a666b",
    grid: "#e4e8e9",
    series: ["#00705a", "#b84a00", "#3a63c4", "#9c3f85", "#7a6500", "#5a666b"]
  }
}

/** For dark pages. */
export const DARK: Theme = {
  name: "dark",
  palette: {
    paper: "#14191b",
    ink: "#e6eaeb",
    muted: "#9aa7ac",
    grid: "#2b3336",
    series: ["#4fc4a6", "#f0975a", "#8fb0ff", "#e08fcb", "#d9c24f", "#9aa7ac"]
  }
}

/** For SVG inside a page that sets the properties of `customProperties`. */
export const PAGE: Theme = {
  name: "page",
  palette: {
    paper: "var(--paper)",
    ink: "var(--ink)",
    muted: "var(--muted)",
    grid: "var(--grid)",
    series: LIGHT.palette.series.map((_, index) => `var(--series-${index})`)
  }
}

/** Dashes of the series, in order; a solid line first. */
export const DASHES: readonly (readonly number[])[] = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 3, 2, 3],
  [4, 1],
  [1, 3]
]

/** The declarations that `PAGE` reads, with the colours of another theme. */
export function customProperties({ palette }: Theme): string {
  const { paper, ink, muted, grid, series } = palette
  const hues = series.map((hue, index) => `--series-${index}:${hue}`)
  return [`--paper:${paper}`, `--ink:${ink}`, `--muted:${muted}`, `--grid:${grid}`, ...hues].join(";")
}

/** The font of the page and of charts; PNG falls through to the shipped DejaVu Sans. */
export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif"

/** A theme as Vega-Lite configuration. */
export function configOf({ palette }: Theme): Config {
  const { ink, muted, grid } = palette
  return {
    // The whole drawing has one name and one description; a label per mark would be noise and bytes.
    aria: false,
    background: "transparent",
    font: FONT,
    padding: 4,
    view: { stroke: null },
    title: {
      anchor: "start",
      color: ink,
      subtitleColor: muted,
      fontSize: 15,
      fontWeight: 600,
      subtitleFontSize: 12,
      subtitlePadding: 5,
      offset: 14
    },
    axis: {
      labelColor: muted,
      titleColor: muted,
      labelFontSize: 11,
      titleFontSize: 11,
      titleFontWeight: 400,
      domain: false,
      ticks: false,
      gridColor: grid,
      labelPadding: 6
    },
    axisX: { grid: false, domain: true, domainColor: grid, ticks: true, tickColor: grid, tickSize: 4 },
    legend: {
      labelColor: ink,
      labelFontSize: 11,
      title: null,
      orient: "top",
      direction: "horizontal",
      symbolSize: 300,
      symbolStrokeWidth: 2,
      offset: 8,
      columns: 2,
      labelLimit: 260
    },
    line: { strokeWidth: 2, strokeJoin: "round", strokeCap: "butt" }
  }
}
