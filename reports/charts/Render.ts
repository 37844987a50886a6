/**
 * Draws a Vega-Lite spec without a browser: SVG by Vega, PNG by resvg with the shipped DejaVu Sans.
 *
 * Invariant: equal spec and theme give equal bytes. Vega estimates the width of text where no `canvas`
 * package can be resolved; none may be installed beside it. Heavy packages are loaded when first used.
 */
import { createRequire } from "node:module"
import type { TopLevelSpec } from "vega-lite"
import { configOf, type Theme } from "./Theme.ts"

/** How an SVG is named for those who do not see it. */
export interface Naming {
  /** Prefix of the ids in the drawing; must be a plain word, one of its own in a page. */
  readonly id: string
  readonly title: string
  readonly description: string
}

/** The SVG of a spec: one image with a title and a description. */
export async function toSvg(spec: TopLevelSpec, theme: Theme, naming: Naming): Promise<string> {
  const [{ compile }, vega] = await Promise.all([import("vega-lite"), import("vega")])
  const compiled = compile(spec, { config: configOf(theme) })
  const view = new vega.View(vega.parse(compiled.spec), { renderer: "none" })
  try {
    const drawn = await view.toSVG()
    const { id } = naming
    const named = `role="img" aria-labelledby="${id}-title ${id}-desc"`
    const words = `<title id="${id}-title">${escapeXml(naming.title)}</title><desc id="${id}-desc">${escapeXml(naming.description)}</desc>`
    return plain(scoped(drawn, id)).replace(
      /^<svg ([^>]*)>/,
      (_, attributes: string) => `<svg ${attributes} ${named}>${words}`
    )
  } finally {
    view.finalize()
  }
}

/** The PNG of an SVG, twice its size, on `paper`. Glyphs that DejaVu Sans lacks are drawn as boxes. */
export async function toPng(svg: string, paper: string): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js")
  const require = createRequire(import.meta.url)
  const fonts = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf"]
  const resvg = new Resvg(svg, {
    background: paper,
    fitTo: { mode: "zoom", value: 2 },
    font: {
      loadSystemFonts: false,
      fontFiles: fonts.map((file) => require.resolve(`dejavu-fonts-ttf/ttf/${file}`)),
      defaultFontFamily: "DejaVu Sans",
      sansSerifFamily: "DejaVu Sans"
    }
  })
  return resvg.render().asPng()
}

/** Vega counts clip paths and gradients per process: their names are made the drawing's own. */
function scoped(svg: string, id: string): string {
  const names = new Map<string, string>()
  for (const [, name = ""] of svg.matchAll(/ id="((?:clip|gradient)[^"]*)"/g)) names.set(name, `${id}-${names.size}`)
  return svg
    .replace(/ id="((?:clip|gradient)[^"]*)"/g, (all, name: string) =>
      names.has(name) ? ` id="${names.get(name)}"` : all
    )
    .replace(/url\(#([^)]*)\)/g, (all, name: string) => (names.has(name) ? `url(#${names.get(name)})` : all))
}

/** Inside an image, what the parts are called is noise. */
function plain(svg: string): string {
  return svg.replace(/ (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*")/g, "")
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}
