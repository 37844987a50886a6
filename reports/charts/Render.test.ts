import { createRequire } from "node:module"
import { describe, expect, it } from "vitest"
import { steps } from "../run/Waterfall.ts"
import { barChart } from "./BarChart.ts"
import { lineChart } from "./LineChart.ts"
import type { Layout, LineData } from "./LineData.ts"
import { toPng, toSvg } from "./Render.ts"
import { DARK, LIGHT, PAGE, type Theme } from "./Theme.ts"
import { waterfallChart, waterfallData } from "./WaterfallChart.ts"

const LAYOUT: Layout = { width: 400, height: 200, titled: true, interactive: false }
const HOSTILE = `</svg><script>alert(1)</script>&"' datum.x`

function lines(labels: readonly string[], theory: number | null = 2): LineData {
  return {
    title: `Title ${HOSTILE}`,
    says: `Says ${HOSTILE}`,
    description: `Description ${HOSTILE}`,
    lines: labels.map((label, line) => ({
      label,
      points: [0, 1, 2, 3].map((x) => ({ x, y: x * x + line, at: `week ${x}`, shown: String(x * x) }))
    })),
    theory: theory === null ? null : { label: `k* = √(RN/c) ${HOSTILE}`, value: theory, shown: String(theory) },
    x: { title: "weeks", end: 4 },
    y: { title: "tokens", percent: false, whole: false }
  }
}

function draw(data: LineData, theme: Theme = LIGHT): Promise<string> {
  return toSvg(lineChart(data, LAYOUT, theme.palette), theme, {
    id: "it",
    title: data.title,
    description: data.description
  })
}

/** Width and height in the header of a PNG (https://www.w3.org/TR/png-3/#11IHDR). */
function sizeOf(png: Uint8Array): readonly [number, number] {
  const view = new DataView(png.buffer, png.byteOffset)
  return [view.getUint32(16), view.getUint32(20)]
}

describe("an SVG", () => {
  it("is the same, byte for byte, however often it is drawn", async () => {
    expect(await draw(lines(["a", "b"]))).toBe(await draw(lines(["a", "b"])))
  })

  it("is drawn where no canvas package changes the width of text", () => {
    expect(() => createRequire(import.meta.url).resolve("canvas")).toThrow(/Cannot find module/)
  })

  it("is one named image, and nothing foreign in it is markup", async () => {
    const svg = await draw(lines(["a", HOSTILE]))
    expect(svg).toMatch(
      /^<svg [^>]*role="img" aria-labelledby="it-title it-desc"><title id="it-title">Title &lt;\/svg&gt;/
    )
    expect(svg).not.toContain("<script")
    expect(svg).not.toMatch(/ style=/)
    expect(svg.indexOf("</svg>")).toBe(svg.length - "</svg>".length)
  })

  it("has the rule of theory and says its value", async () => {
    expect(await draw(lines(["a"]))).toContain("√(RN/c)")
    expect(await draw(lines(["a"], null))).not.toContain("stroke-dasharray")
  })

  it("tells several lines apart by colour and by dashes, and names them", async () => {
    const svg = await draw(lines(["first", "second"], null))
    expect(svg).toContain(">first</text>")
    expect(svg).toContain(">second</text>")
    for (const hue of LIGHT.palette.series.slice(0, 2)) expect(svg).toContain(`stroke="${hue}"`)
    expect(svg).toContain(`stroke-dasharray="6,3"`)
  })

  it("takes the colours of its theme", async () => {
    expect(await draw(lines(["a"]), DARK)).toContain(`stroke="${DARK.palette.series[0]}"`)
    expect(await draw(lines(["a"]), PAGE)).toContain(`stroke="var(--series-0)"`)
  })

  it("can be drawn without a point", async () => {
    expect(await draw({ ...lines([]), lines: [{ label: "a", points: [] }] })).toContain("weeks")
  })
})

describe("a PNG", () => {
  it("is twice the size of the drawing, and the same each time", async () => {
    const svg = await draw(lines(["a", "b"]))
    const png = await toPng(svg, LIGHT.palette.paper)
    expect([...png.slice(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    expect(sizeOf(png)).toEqual([800, 400])
    expect(Buffer.compare(Buffer.from(png), Buffer.from(await toPng(svg, LIGHT.palette.paper)))).toBe(0)
  })

  it("looks for no font on the machine", async () => {
    const text = (font: string): string =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="15" font-family="${font}">Reward</text></svg>`
    // Families that desktops and Debian have, and one that nobody has.
    const unknown = await toPng(text("Nobody Has This"), "#fff")
    for (const font of ["DejaVu Serif", "Liberation Serif", "Times New Roman"]) {
      expect(Buffer.compare(Buffer.from(await toPng(text(font), "#fff")), Buffer.from(unknown))).toBe(0)
    }
  })

  it("has its text in the shipped font", async () => {
    const svg = await draw(lines(["a"]))
    const bare = svg.replaceAll(/<text[^>]*>[^<]*<\/text>/g, "")
    const [withText, without] = [await toPng(svg, "#fff"), await toPng(bare, "#fff")]
    expect(withText.length).toBeGreaterThan(without.length * 1.5)
  })
})

describe("bars", () => {
  it("draw gains and losses, each with its number", async () => {
    const data = {
      title: "Profit",
      says: "",
      description: "",
      bars: [
        { label: "honest", value: 10, shown: "10 USD" },
        { label: HOSTILE, value: -5, shown: "−5 USD" }
      ]
    }
    const svg = await toSvg(barChart(data, { ...LAYOUT, height: 34 }, LIGHT.palette), LIGHT, {
      id: "b",
      title: "",
      description: ""
    })
    for (const said of ["10 USD", "−5 USD", ">honest<"]) expect(svg).toContain(said)
    expect(svg).toContain(`fill="${LIGHT.palette.series[1]}"`)
    expect(svg).not.toContain("<script")
  })
})

describe("a line with others behind it", () => {
  const point = (x: number, y: number) => ({ x, y, at: "", shown: "" })

  it("is drawn thick over its thin ones, and its samples still answer the pointer", async () => {
    const data = {
      ...lines([], null),
      lines: [
        {
          label: "a",
          points: [point(0, 1), point(4, 3)],
          thick: [point(0, 2), point(4, 2)],
          thin: [[point(0, 1), point(4, 3)]]
        }
      ]
    }
    const strokes = [...(await draw(data)).matchAll(/stroke="#00705a" stroke-width="(\d)"/g)].map(([, width]) => width)
    expect(strokes).toEqual(["1", "2"])
    const spec = JSON.stringify(lineChart(data, { ...LAYOUT, interactive: true }, LIGHT.palette))
    expect(JSON.parse(spec).data.values.map(({ y }: { readonly y: number }) => y)).toEqual([1, 3])
  })

  it("goes in steps where a value holds until the next", async () => {
    const data = { ...lines(["a"], null), steps: true }
    expect(await draw(data)).toMatch(/L([\d.]+),[\d.]+L\1,/)
    expect(await draw({ ...data, steps: false })).not.toMatch(/L([\d.]+),[\d.]+L\1,/)
  })

  it("has its name at its end where the chart is wide, and in the legend always", async () => {
    const data = { ...lines(["first", "second"], null), ends: true }
    const at = async (width: number): Promise<number> => {
      const svg = await toSvg(lineChart(data, { ...LAYOUT, width }, LIGHT.palette), LIGHT, {
        id: "it",
        title: "",
        description: ""
      })
      return svg.match(/>second</g)?.length ?? 0
    }
    expect([await at(720), await at(300)]).toEqual([2, 1])
  })
})

describe("a waterfall", () => {
  it("fills what adds, leaves hollow what takes away, and writes every number with its sign", async () => {
    const sums = { received: 1234.5, sent: 40.25, gas: 0.001, spent: 0, capital: 5, change: -4, profit: 1185.249 }
    const data = waterfallData({ title: HOSTILE, says: "1 agent", numeraire: "USD", steps: steps(sums) })
    const layout = { ...LAYOUT, titled: false, width: 300, height: 22 }
    const svg = await toSvg(waterfallChart(data, layout, LIGHT.palette), LIGHT, { id: "w", title: "", description: "" })
    for (const shown of ["+1,235", "−40.25", "−0.001", ">0<", "−5", "−4", "1,185", "Change in value"]) {
      expect(svg).toContain(shown)
    }
    const { series, paper, ink } = LIGHT.palette
    const bars = (fill: string | undefined, stroke: string | undefined): number =>
      svg.split(`fill="${fill}" stroke="${stroke}"`).length - 1
    // Nothing spent is no loss.
    expect([bars(series[0], series[0]), bars(paper, series[1]), bars(ink, ink)]).toEqual([2, 4, 1])
    expect(svg).not.toContain("<script")
  })
})
