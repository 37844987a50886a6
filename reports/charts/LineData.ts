/** What a chart over time shows, and how a chart is laid out. */

/** A place in a chart. */
export interface Spot {
  /** On the time axis. */
  readonly x: number
  readonly y: number
}

/** One point of a line. */
export interface Point extends Spot {
  /** When it was, in words. */
  readonly at: string
  /** The number in words. */
  readonly shown: string
}

export interface Line {
  readonly label: string
  /** What the pointer tells, and what is drawn unless `thick` says otherwise. */
  readonly points: readonly Point[]
  /** Drawn in place of `points`: a mean over time. */
  readonly thick?: readonly Spot[]
  /** Drawn thin behind it, in its colour: what the line is a mean of. */
  readonly thin?: readonly (readonly Spot[])[]
}

/** What a line chart shows. */
export interface LineData {
  readonly title: string
  /** One sentence; empty when there is none. */
  readonly says: string
  /** What the drawing shows, in words, for those who do not see it. */
  readonly description: string
  readonly lines: readonly Line[]
  readonly theory: { readonly label: string; readonly value: number; readonly shown: string } | null
  readonly x: { readonly title: string; readonly end: number }
  readonly y: { readonly title: string; readonly percent: boolean; readonly whole: boolean }
  /** What must be known to read it, a sentence each; a page says it below the drawing. */
  readonly notes?: readonly string[]
  /** Whether a value holds until the next one; false if left out: in between lies what is not known. */
  readonly steps?: boolean
  /** Whether each line's name stands at its end too, where the chart is wide enough; false if left out. */
  readonly ends?: boolean
}

/** How a chart is laid out. */
export interface Layout {
  /** Pixels, or as wide as what it stands in. */
  readonly width: number | "container"
  readonly height: number
  /** Whether the title and the sentence are part of the drawing. */
  readonly titled: boolean
  /** Whether it follows the pointer. */
  readonly interactive: boolean
}
