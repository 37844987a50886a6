/** Simulated time as a person reads it. */

const UNITS = [
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1]
] as const

/** A span of seconds in weeks, days, hours, minutes and seconds: `13 weeks 2 days`. */
export function span(seconds: number): string {
  const parts: string[] = []
  let rest = Math.round(Math.abs(seconds))
  for (const [name, size] of UNITS) {
    const many = Math.floor(rest / size)
    rest -= many * size
    if (many > 0) parts.push(`${many} ${name}${many === 1 ? "" : "s"}`)
  }
  return parts.length === 0 ? "0 seconds" : `${seconds < 0 ? "−" : ""}${parts.join(" ")}`
}

/** What the time axis of a run counts in. */
export interface TimeScale {
  readonly unit: (typeof UNITS)[number][0]
  /** Seconds in one of it. */
  readonly seconds: number
}

/** The largest unit of which a horizon, in seconds, holds at least three. */
export function timeScale(horizon: number): TimeScale {
  const [unit, seconds] = UNITS.find(([, size]) => horizon >= 3 * size) ?? UNITS[UNITS.length - 1] ?? ["second", 1]
  return { unit, seconds }
}

/** A time on a scale, as a number: seconds 907200 are week 1.5. */
export function onScale(seconds: number, scale: TimeScale): number {
  return Math.round((seconds / scale.seconds) * 1000) / 1000
}
