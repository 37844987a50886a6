/** The names of lines at their ends: beside the plot, where the chart is wide enough for them. */
import type { Layout, LineData } from "./LineData.ts"
import type { Palette } from "./Theme.ts"

/** Pixels of width from which names fit beside the plot. */
const WIDE = 470
/** Pixels from one name to the next, of a plot about this high. */
const [APART, HIGH] = [14, 190]
/** A name longer than this leaves no plot. */
const LONGEST = 24

/** Whether the chart has names at the ends of its lines. */
export function hasEnds({ ends, lines }: LineData): boolean {
  return ends === true && lines.length > 1 && lines.every(({ label }) => label.length <= LONGEST)
}

/** Whether the chart is wide enough, as a Vega expression: a page's is known when it is laid out. */
function wide(width: Layout["width"]): string {
  // It names the width of the plot so that it is asked again when that changes.
  return width === "container" ? `(width > 0 && containerSize()[0] >= ${WIDE})` : String(width >= WIDE)
}

/** Where the axis of time ends, in pixels, as a Vega expression: room is left for the names. */
export function axisEnd({ lines }: LineData, { width }: Layout): string {
  const room = 14 + Math.max(...lines.map(({ label }) => label.length)) * 6.4
  return `${wide(width)} ? width - ${Math.ceil(room)} : width`
}

/** The names; each as near its line as the others let it. `range` is the axis of values. */
export function lineEnds(
  { lines }: LineData,
  [low, high]: readonly [low: number, high: number],
  { width }: Layout,
  palette: Palette
): readonly unknown[] {
  const ends = lines.flatMap(({ label, points, thick }, index) => {
    const last = (thick ?? points).at(-1)
    return last === undefined ? [] : [{ ...last, label, index }]
  })
  const heights = apart(
    ends.map(({ y }) => y),
    ((high - low) * APART) / HIGH,
    [low, high]
  )
  return ends.map(({ x, label, index }, at) => ({
    data: { values: [{ x, y: heights[at], label }] },
    mark: {
      type: "text",
      align: "left",
      baseline: "middle",
      dx: 8,
      fontSize: 11,
      color: palette.series[index % palette.series.length],
      // Unwritten, it takes no room either.
      text: { expr: `${wide(width)} ? datum.label : ''` }
    },
    encoding: {
      x: { field: "x", type: "quantitative" },
      y: { field: "y", type: "quantitative" }
    }
  }))
}

/** Numbers moved as little as keeps their order, `gap` between neighbours, and all within bounds where they fit. */
export function apart(
  numbers: readonly number[],
  gap: number,
  [low, high]: readonly [number, number]
): readonly number[] {
  const order = numbers.map((_, index) => index).sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || a - b)
  const moved = [...numbers]
  // Up from below, then down from the top: the second pass undoes what the first pushed out.
  let floor = low
  for (const index of order) {
    moved[index] = Math.max(moved[index] ?? 0, floor)
    floor = (moved[index] ?? 0) + gap
  }
  let ceiling = high
  for (const index of order.reverse()) {
    moved[index] = Math.min(moved[index] ?? 0, ceiling)
    ceiling = (moved[index] ?? 0) - gap
  }
  return moved
}
