/** What a chart over time shows, and how a chart is laid out. */

/** One point of a line. */
export interface Point {
  /** On the time axis. */
  readonly x: number
  readonly y: number
  /** When it was, in words. */
  readonly at: string
  /** The number in words. */
  readonly shown: string
}

export interface Line {
  readonly label: string
  readonly points: readonly Point[]
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
