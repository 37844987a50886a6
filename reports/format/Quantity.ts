/**
 * Numbers as a person reads them. Rounding is for the eye: the exact value stands beside it in the page,
 * as the `value` of a `data` element.
 */
import type { Manifest } from "../../sim/store/Manifest.ts"
import { span } from "./Span.ts"

/** Unit of a metric. */
export type Unit = Manifest["metrics"][number]["unit"]

/** How the numbers of one series are written. */
export interface Style {
  readonly unit: Unit
  /** What money is counted in. */
  readonly numeraire: string
  /** Whether a ratio is a share, written in %. */
  readonly share: boolean
}

/**
 * The style of a series. A ratio may be a share or a quotient: it is written in % when all its numbers lie
 * between 0 and 1 and not all are 0.
 */
export function styleOf(unit: Unit, numbers: readonly number[], numeraire: string): Style {
  const share = unit === "ratio" && numbers.some((n) => n !== 0) && numbers.every((n) => n >= 0 && n <= 1)
  return { unit, numeraire, share }
}

/** The style of numbers whose unit is any text. */
export function freeStyle(unit: string): Style {
  return { unit: "money", numeraire: unit, share: false }
}

/** A number in the style of its series, without its unit, unless that is % or a span of time. */
export function amount(value: number, style: Style): string {
  if (style.unit === "seconds") return span(value)
  if (style.share && value === 0) return "0 %"
  if (style.share) return `${fixed(value * 100, Math.abs(value) < 0.001 && value !== 0 ? 3 : 1)} %`
  return style.unit === "count" ? count(value) : decimal(value)
}

/** The unit that stands behind an amount; empty where the amount says it itself. */
export function unitWord(style: Style): string {
  if (style.unit === "tokens") return "tokens"
  return style.unit === "money" ? style.numeraire : ""
}

/** A number that stands alone, not in a column: `10`, where a column has `10.00`. */
export function alone(value: number, style: Style): string {
  return amount(value, style).replace(/\.00$/, "")
}

/** A number that stands alone, with its unit. */
export function quantity(value: number, style: Style): string {
  return `${alone(value, style)} ${unitWord(style)}`.trimEnd()
}

/** A difference of two numbers of a style, with its sign and unit; between shares, in percentage points. */
export function difference(value: number, style: Style): string {
  const size = Math.abs(value)
  const shown = style.share
    ? `${points(size * 100)} pp`
    : size < 0.05 && style.unit === "count"
      ? decimal(size)
      : quantity(size, style)
  // What is written as nothing went nowhere.
  return /^0(?:\.0+)?(?![\d.])/.test(shown) ? shown : `${value > 0 ? "+" : "−"}${shown}`
}

/** Percentage points: a digit after the point, and two that count of what is below a tenth. */
function points(size: number): string {
  if (size === 0 || size >= 0.1) return fixed(size, 1)
  return size >= 1e-6 ? fixed(Number(size.toPrecision(2)), 9).replace(/0+$/, "") : exponent(size, 1)
}

/** A smallest effect of interest as it was declared: without digits that say nothing. */
export function smallestEffect(by: number, style: Style): string {
  if (style.unit === "seconds") return quantity(by, style)
  const rounded = decimal(style.share ? by * 100 : by)
  const plain = rounded.includes(".") ? rounded.replace(/\.?0+$/, "") : rounded
  return `${plain} ${style.share ? "percentage points" : unitWord(style)}`.trimEnd()
}

/** A count: whole, or with one digit when it is a mean. */
export function count(value: number): string {
  return fixed(value, Number.isInteger(value) ? 0 : 1)
}

/** A number of any size: no digits after the point from 10,000, two from 1, and three that count below 0.1. */
export function decimal(value: number): string {
  const size = Math.abs(value)
  if (size === 0) return "0"
  if (size >= 9_999.5) return fixed(value, 0)
  if (size >= 0.1) return fixed(value, 2)
  return size >= 1e-6 ? fixed(Number(value.toPrecision(3)), 9).replace(/0+$/, "") : exponent(value, 2)
}

/** Money: always two digits after the point. */
export function money(value: number): string {
  return fixed(value, 2)
}

/** A noun with its count: `1 token`, `360 holders`. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : plural}`
}

/** Items as a sentence lists them: `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`
}

function fixed(value: number, digits: number): string {
  if (Math.abs(value) >= 1e15) return exponent(value, 3)
  const [whole = "", fraction = ""] = Math.abs(value).toFixed(digits).split(".")
  const text = `${whole.replace(/\B(?=(?:\d{3})+$)/g, ",")}${fraction === "" ? "" : `.${fraction}`}`
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text
}

function exponent(value: number, digits: number): string {
  return value.toExponential(digits).replaceAll("-", "−")
}
