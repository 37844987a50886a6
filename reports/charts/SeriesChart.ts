/** Series over simulated time, ready to be drawn and to be written as a table. */
import { count, quantity, type Style, unitWord } from "../format/Quantity.ts"
import { onScale, span, type TimeScale, timeScale } from "../format/Span.ts"
import { type Sample, type Series, thinned } from "../run/Series.ts"
import { isNoisy, smooth } from "../run/Smooth.ts"
import type { Line, LineData, Point, Spot } from "./LineData.ts"

/** Points of one line that are drawn; a longer series is thinned, and every extreme kept. */
export const MOST_POINTS = 1_000

/** One line of a chart. */
export interface ChartLine {
  readonly label: string
  readonly style: Style
  readonly series: Series
  /** What the series is a mean of; left out where it is one run's. */
  readonly of?: readonly Series[]
}

/** A chart over time. */
export interface SeriesChart {
  /** File name without its ending. */
  readonly name: string
  readonly data: LineData
  readonly lines: readonly ChartLine[]
  readonly scale: TimeScale
  /** The one value that all samples have, and theory too; undefined where there is something to draw. */
  readonly flat: string | undefined
}

/** What a chart is made of; all lines have one unit. */
export interface Charted {
  readonly name: string
  readonly title: string
  /** One sentence; empty when there is none. */
  readonly says: string
  readonly lines: readonly ChartLine[]
  /** Seconds that the axis of time spans. */
  readonly horizon: number
  readonly theory?: { readonly label: string; readonly value: number } | null
  /** Seconds up to which each value holds until the next one; left out where values are samples. */
  readonly holdsTo?: number
  /** Whether each line's name stands at its end too. */
  readonly ends?: boolean
}

/** The chart. */
export function seriesChart(charted: Charted): SeriesChart {
  const { name, title, says, lines, horizon, holdsTo, ends } = charted
  const scale = timeScale(horizon)
  const style = lines[0]?.style ?? { unit: "ratio", numeraire: "", share: false }
  const theory = charted.theory == null ? null : { ...charted.theory, shown: quantity(charted.theory.value, style) }
  const every = lines.flatMap(({ series, of = [] }) => [series, ...of])
  const numbers = new Set(every.flatMap((series) => series.map(({ number }) => number)))
  const same = numbers.size === 1 && (theory === null || numbers.has(theory.value)) ? [...numbers][0] : undefined
  return {
    name,
    lines,
    scale,
    flat: same === undefined ? undefined : quantity(same, style),
    data: {
      notes: notesOf(lines),
      title,
      says,
      description: describe(title, lines, theory),
      lines: lines.map((line) => drawn(line, scale, holdsTo)),
      theory,
      x: { title: `${scale.unit}s`, end: onScale(horizon, scale) },
      y: { title: unitWord(style), percent: style.share, whole: style.unit === "count" },
      ...(holdsTo === undefined ? {} : { steps: true }),
      ...(ends === undefined ? {} : { ends })
    }
  }
}

/** A time in words: `week 13`, or in full where it falls between. */
export function moment(seconds: number, scale: TimeScale): string {
  return seconds % scale.seconds === 0 ? `${scale.unit} ${count(seconds / scale.seconds)}` : span(seconds)
}

function drawn({ label, style, series, of = [] }: ChartLine, scale: TimeScale, holdsTo: number | undefined): Line {
  const whole = (some: Series): Series => {
    const last = some.at(-1)
    return last === undefined || holdsTo === undefined || last.time >= holdsTo
      ? some
      : [...some, { ...last, time: holdsTo }]
  }
  const spot = ({ time, number }: Sample): Spot => ({ x: onScale(time, scale), y: number })
  const spots = (some: Series, most: number): readonly Spot[] => thinned(whole(some), most).map(spot)
  const points = thinned(whole(series), MOST_POINTS).map(
    (sample): Point => ({
      ...spot(sample),
      at: moment(sample.time, scale),
      shown: quantity(sample.number, style)
    })
  )
  const noisy = isNoisy(series)
  const behind = of.length > 1 ? of : noisy ? [series] : []
  return {
    label,
    points,
    ...(noisy ? { thick: spots(smooth(series).series, MOST_POINTS) } : {}),
    ...(behind.length === 0 ? {} : { thin: behind.map((some) => spots(some, Math.ceil(MOST_POINTS / behind.length))) })
  }
}

function notesOf(lines: readonly ChartLine[]): readonly string[] {
  const notes: string[] = []
  const several = lines.find(({ of = [] }) => of.length > 1)
  if (several !== undefined) notes.push("Thick: the mean over runs. Thin: each run.")
  const noisy = lines.find(({ series }) => isNoisy(series))
  if (noisy !== undefined) {
    const { window } = smooth(noisy.series)
    const [first, last] = [noisy.series[0]?.time ?? 0, noisy.series.at(-1)?.time ?? 0]
    const wide = span(Math.round((window * (last - first)) / (noisy.series.length - 1)))
    notes.push(
      several === undefined
        ? `Thick: the mean over ${wide}, around each sample. Thin: the samples themselves.`
        : `The thick line is a mean over ${wide} too.`
    )
  }
  if (lines.some(({ series }) => series.length > MOST_POINTS)) {
    notes.push("Drawn with fewer points than there are samples; every extreme is kept.")
  }
  return notes
}

function describe(title: string, lines: readonly ChartLine[], theory: LineData["theory"]): string {
  const told = lines.map(({ label, style, series }) => {
    const [first, last] = [series[0], series.at(-1)]
    if (first === undefined || last === undefined) return `${label}: no samples.`
    const numbers = series.map(({ number }) => number)
    const low = numbers.reduce((a, b) => Math.min(a, b))
    const high = numbers.reduce((a, b) => Math.max(a, b))
    return `${label} goes from ${quantity(first.number, style)} to ${quantity(last.number, style)} over ${span(last.time)}, lowest ${quantity(low, style)}, highest ${quantity(high, style)}.`
  })
  return [
    `${title}, over simulated time.`,
    ...told,
    ...(theory === null ? [] : [`Theory, ${theory.label}: ${theory.shown}.`])
  ].join(" ")
}
