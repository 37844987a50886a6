/**
 * Durations as a person writes them, and as the kernel counts them: whole seconds.
 *
 * Invariant: what leaves this module as a number is a safe integer of seconds, never negative, and
 * reading what was spoken in one unit gives the same number back.
 */

import { ScenarioError } from "../Errors.ts"

/** Seconds in a second. */
export const SECOND: number = 1
/** Seconds in a minute. */
export const MINUTE: number = 60
/** Seconds in an hour. */
export const HOUR: number = 3_600
/** Seconds in a day of 24 hours. */
export const DAY: number = 86_400
/** Seconds in a week of 7 days. */
export const WEEK: number = 604_800
/** Seconds in a year of 365 days; leap days do not exist here. */
export const YEAR: number = 31_536_000

/** The units a duration is written in; `year` is 365 days. */
export type DurationUnit = "second" | "minute" | "hour" | "day" | "week" | "year"

/** A span of simulated time as a person writes it: `"52 weeks"`, `"1 hour"`, `"1.5 days"`. */
export type Duration = `${number} ${DurationUnit}` | `${number} ${DurationUnit}s`

const UNITS: ReadonlyMap<string, number> = new Map([
  ["second", SECOND],
  ["minute", MINUTE],
  ["hour", HOUR],
  ["day", DAY],
  ["week", WEEK],
  ["year", YEAR]
])

const SHAPE = /^(\d+)(?:\.(\d+))? ([a-z]+?)s?$/

/**
 * Reads a duration as whole seconds, computed exactly: `"1.5 hours"` is 5400.
 *
 * Throws ScenarioError `WrongUnit` for an unknown shape or unit, a negative amount, a part of a
 * second, or more than 2^53 − 1 seconds.
 */
export function seconds(text: Duration): number {
  const match = SHAPE.exec(text)
  if (match === null) {
    throw wrong(text, "is not an amount and a unit", 'Write one amount and one unit, as in "52 weeks".')
  }
  const [, whole = "", fraction = "", name = ""] = match
  const unit = UNITS.get(name)
  if (unit === undefined) {
    throw wrong(text, "has no known unit", "Use seconds, minutes, hours, days, weeks or years.")
  }
  const scale = BigInt(`1${"0".repeat(fraction.length)}`)
  const scaled = BigInt(whole + fraction) * BigInt(unit)
  if (scaled % scale !== 0n) {
    throw wrong(text, "is not a whole number of seconds", "Choose an amount that is a whole number of seconds.")
  }
  const total = scaled / scale
  if (total > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw wrong(text, "is longer than simulated time can be", "Choose a duration below 2^53 seconds.")
  }
  return Number(total)
}

/** Most of a unit that is said at once where larger units would leave a rest: "156 weeks", but no "724 hours". */
const AT_ONCE: ReadonlyMap<string, number> = new Map([
  ["year", 999],
  ["week", 999],
  ["day", 999],
  ["hour", 48],
  ["minute", 120],
  ["second", 120]
])

/**
 * Says whole seconds as a person would: in one unit where that is as easily read (`"156 weeks"`, `"90 minutes"`), else
 * largest unit first (`"3 days 4 hours"`). Nothing is `"0 seconds"`.
 */
export function spoken(total: number): string {
  if (!Number.isSafeInteger(total) || total < 0) {
    throw new RangeError(`a duration is a whole number of seconds from 0 to 2^53 − 1, not ${total}`)
  }
  const larger = [...UNITS].reverse()
  const whole = larger.find(([name, unit]) => total % unit === 0 && total / unit <= (AT_ONCE.get(name) ?? 0))
  if (total > 0 && whole !== undefined) return counted(total / whole[1], whole[0])
  const parts: string[] = []
  let rest = total
  for (const [name, unit] of larger) {
    const count = Math.floor(rest / unit)
    rest -= count * unit
    if (count > 0) parts.push(counted(count, name))
  }
  return parts.length === 0 ? "0 seconds" : parts.join(" ")
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`
}

function wrong(text: string, what: string, fix: string): ScenarioError {
  return new ScenarioError({
    reason: "WrongUnit",
    message: `the duration "${text}" ${what}`,
    fix,
    offending: { name: "duration", value: text }
  })
}
