/** Where the values of a Param lie on an axis of numbers: durations in the largest unit that tells them apart. */
import type { AxisWords } from "../../sim/store/ExperimentManifest.ts"
import { paramNumber } from "../../sim/store/ExperimentTables.ts"

/** Units of an axis of durations, in seconds, the largest first. */
const UNITS = [
  ["years", 31_536_000],
  ["weeks", 604_800],
  ["days", 86_400],
  ["hours", 3_600],
  ["minutes", 60],
  ["seconds", 1]
] as const

/** An axis of numbers for a Param. */
export interface Coordinates {
  /** `stake, tokens`, `wait, days`; a ratio has no unit to name: `slash` */
  readonly title: string
  /** Where a value lies that was written as a person writes it; null of what is no number. */
  readonly at: (written: string) => number | null
}

/** The coordinates of a Param that is no choice; `written` are the values that are shown. */
export function coordinatesOf({ param, unit }: AxisWords, written: readonly string[]): Coordinates {
  if (unit !== "duration") return { title: unit === "ratio" ? param : `${param}, ${unit}`, at: paramNumber }
  const longest = written.reduce((most, each) => Math.max(most, paramNumber(each) ?? 0), 0)
  const [name, seconds] = UNITS.find(([, size]) => longest >= 2 * size) ?? ["seconds", 1]
  return {
    title: `${param}, ${name}`,
    at: (each) => {
      const total = paramNumber(each)
      return total === null ? null : total / seconds
    }
  }
}
