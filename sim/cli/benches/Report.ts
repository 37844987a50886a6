/** What a bench says: rates and other figures, and headlines, each a ratio of things measured in turns in one process tree. */

/** One figure: the median of its rounds. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** Rounds. */
  readonly n: number
}

/** A ratio, and what it has to reach. */
export interface Headline {
  readonly name: string
  /** The median of the ratios of the rounds. */
  readonly ratio: number
  /** Rounds. */
  readonly n: number
  /** What it must reach at least, or at most; absent where it is told for comparison only. */
  readonly least?: number
  readonly most?: number
  /** "1", for a ratio, unless told. */
  readonly unit?: string
}

/** What a bench found. */
export interface BenchReport {
  readonly figures: readonly Figure[]
  readonly headlines: readonly Headline[]
}

/** Whether a headline reaches what it must; undefined where nothing is asked of it. */
export function reached({ ratio, least, most }: Headline): boolean | undefined {
  if (least === undefined && most === undefined) return undefined
  return ratio >= (least ?? Number.NEGATIVE_INFINITY) && ratio <= (most ?? Number.POSITIVE_INFINITY)
}
