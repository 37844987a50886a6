/**
 * A slider for a Param: whole positions from 0 to `STEPS`, and the value at each as a person would write it.
 *
 * Invariant: both ends are the domain's own texts, and every value lies in the domain. Where what was declared lies
 * near the lower end, equal ratios take more of the slider than equal differences, so that it can be found.
 */

/** Positions of a slider, less one. */
export const STEPS = 1000

/** A Param that can be slid. */
export interface Slid {
  /** In words: `count`, `tokens`, `duration`. */
  readonly unit: string
  /** As a person writes it. */
  readonly declared: string
  /** Lower and upper bound, as a person writes them. */
  readonly domain: readonly [low: string, high: string]
}

/** The Param as a slider; undefined where its domain is no span of numbers. */
export function slidOf({
  unit,
  declared,
  domain
}: {
  readonly unit: string
  readonly declared: string
  readonly domain: readonly string[] | null
}): Slid | undefined {
  const [low, high] = domain ?? []
  return unit === "choice" || low === undefined || high === undefined
    ? undefined
    : { unit, declared, domain: [low, high] }
}

/** The text at a position. */
export function textAt(param: Slid, position: number): string {
  const { unit, domain } = param
  const [low, high] = bounds(param)
  if (unit !== "duration" && position <= 0) return domain[0]
  if (unit !== "duration" && position >= STEPS) return domain[1]
  const value = low + (high - low) * Math.min(1, Math.max(0, position / STEPS)) ** bend(param)
  const text = written(value, unit, [low, high])
  // An end that has more digits than are written: rounded to them it would lie outside the domain.
  if (unit !== "duration" && Number(text) < low) return domain[0]
  return unit !== "duration" && Number(text) > high ? domain[1] : text
}

/** The position that comes nearest to a text; 0 for what is no number. */
export function positionOf(param: Slid, text: string): number {
  const [low, high] = bounds(param)
  const value = numberOf(text, param.unit)
  if (!(value > low) || high <= low) return 0
  return Math.min(STEPS, Math.round(STEPS * ((value - low) / (high - low)) ** (1 / bend(param))))
}

/** How strongly the slider favours small values: 1 is not at all. */
function bend(param: Slid): number {
  const [low, high] = bounds(param)
  const share = (numberOf(param.declared, param.unit) - low) / (high - low)
  // What was declared stands in the middle.
  return share > 0 && share < 0.2 ? Math.log(share) / Math.log(0.5) : 1
}

function bounds({ domain: [low, high], unit }: Slid): readonly [number, number] {
  return [numberOf(low, unit), numberOf(high, unit)]
}

const SPANS = [
  ["year", 31_536_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1]
] as const

/** A duration counts in seconds: `1 week 2 days`. */
function numberOf(text: string, unit: string): number {
  if (unit !== "duration") return text.trim() === "" ? Number.NaN : Number(text)
  const parts = [...text.matchAll(/([\d.]+) ([a-z]+?)s?(?![a-z])/g)]
  return parts.reduce(
    (sum, [, many, of]) => sum + Number(many) * (SPANS.find(([name]) => name === of)?.[1] ?? Number.NaN),
    0
  )
}

function written(value: number, unit: string, [low, high]: readonly [number, number]): string {
  const within = (number: number): number => Math.min(high, Math.max(low, number))
  if (unit === "count") return plain(within(Math.round(value)), 0)
  // Three digits are what a hand on a slider means.
  if (unit !== "duration") return plain(within(Number(value.toPrecision(3))), unit === "gwei" ? 9 : 18)
  const seconds = within(high - low > 100 * 3_600 ? Math.round(value / 3_600) * 3_600 : Math.round(value))
  // The last of them divides every whole number.
  const [name, size] = SPANS.slice(1).find(([, each]) => seconds % each === 0) ?? ["second", 1]
  return `${seconds / size} ${name}${seconds === size ? "" : "s"}`
}

/** A number without an exponent. */
function plain(value: number, decimals: number): string {
  if (Math.abs(value) >= 1e21) return BigInt(value).toString()
  const text = String(value)
  const [, after = ""] = text.split(".")
  if (!text.includes("e") && after.length <= decimals) return text
  const fixed = value.toFixed(decimals)
  return fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed
}
