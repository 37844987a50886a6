/** A series as columns of block characters, for a terminal. */

const EIGHTHS = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const

/** How a chart is drawn. */
interface Drawing {
  /** Lines of the chart. */
  readonly rows: number
  /** Most columns; of a longer series each column is the mean of several values. */
  readonly width: number
  /** A value as the axis says it. */
  readonly label: (value: number) => string
}

/** The chart, one line per row, the greatest value above and the least (or zero, if that is less) below; "" of no values. */
export function columnChart(values: readonly number[], { rows, width, label }: Drawing): string {
  if (values.length === 0) return ""
  const columns = binned(values, width)
  const top = Math.max(0, ...columns)
  const bottom = Math.min(0, ...columns)
  const span = top - bottom === 0 ? 1 : top - bottom
  const heights = columns.map((value) => Math.round(((value - bottom) / span) * rows * 8))
  const [above, below] = [label(top), label(bottom)]
  const margin = Math.max(above.length, below.length)
  const lines: string[] = []
  for (let row = rows - 1; row >= 0; row--) {
    const axis = row === rows - 1 ? above : row === 0 ? below : ""
    const cells = heights.map((height) => EIGHTHS[Math.max(0, Math.min(8, height - row * 8))] ?? " ")
    lines.push(`${axis.padStart(margin)} ┤${cells.join("")}`.trimEnd())
  }
  return `${lines.join("\n")}\n`
}

/** Means of as many neighbours as it takes to have at most `width` of them. */
function binned(values: readonly number[], width: number): readonly number[] {
  const size = Math.ceil(values.length / width)
  const means: number[] = []
  for (let from = 0; from < values.length; from += size) {
    const bin = values.slice(from, from + size)
    means.push(bin.reduce((sum, value) => sum + value, 0) / bin.length)
  }
  return means
}
