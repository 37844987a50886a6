/**
 * How results look in a terminal: columns that line up, amounts in whole units, colour only where somebody looks.
 */
import { HIDDEN, visible } from "../../reports/format/Visible.ts"
import { decimalText } from "../scenario/Units.ts"
import { flat, terminal } from "./Terminal.ts"

/** Anything below this is a count, an epoch or a time; amounts with 18 decimals lie above. */
const LEAST_AMOUNT = 1_000_000_000_000n

const MOST_UINT = (1n << 256n) - 1n

/** Writes to stdout: results, and nothing else. */
export function print(text: string): void {
  process.stdout.write(terminal(text))
}

/** Writes to stderr what went wrong, or is worth a warning. */
export function warn(text: string): void {
  process.stderr.write(terminal(text))
}

/** Writes one JSON document to stdout. */
export function printJson(document: unknown): void {
  process.stdout.write(jsonText(document))
}

/** A document as JSON: whole numbers beyond a double are decimal texts, what is infinite is null, hidden characters are escapes. */
export function jsonText(document: unknown): string {
  const plain = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? value.toString() : value)
  const escaped = (each: string): string => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`
  return `${JSON.stringify(document, plain, 2).replaceAll(HIDDEN, escaped)}\n`
}

/** A column's alignment. */
export type Align = "left" | "right"

/** Rows as lines with aligned columns, two blanks apart and `indent` blanks from the margin. */
export function table(all: readonly (readonly string[])[], align: readonly Align[], indent = 2): string {
  const rows = all.map((row) => row.map((cell) => visible(flat(cell))))
  const widths: number[] = []
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length)
  const margin = " ".repeat(indent)
  const lines = rows.map((row) => {
    const cells = row.map((cell, at) =>
      align[at] === "right" ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)
    )
    return (margin + cells.join("  ")).trimEnd()
  })
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`
}

/** A text cut at a word to at most so many characters. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/\s+\S*$/, "")}…`
}

const NUMBER = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 })
const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 })

/** A number as people read it: six significant digits, whole ones in full. */
export function number(value: number): string {
  if (Number.isInteger(value)) return WHOLE.format(value)
  const size = Math.abs(value)
  return size < 1e-4 || size >= 1e15 ? value.toPrecision(4) : NUMBER.format(value)
}

/** A number in its unit: `count` and `ratio` need none beside them. */
export function quantity(value: number, unit: string): string {
  return unit === "count" || unit === "ratio" ? number(value) : `${number(value)} ${unit}`
}

/** Most digits after the point that are written out. */
const MOST_DIGITS = 12

/** Digits after the point that show two significant ones of a size. */
function digitsOf(size: number): number {
  return Math.min(MOST_DIGITS, Math.max(0, 1 - Math.floor(Math.log10(size))))
}

/**
 * A figure for a table: three or four digits, and more before the point; two significant ones of what is below 0.005.
 * `beside` are sizes that it is read against, as a smallest effect or the width of its interval: below a thousand it has
 * two significant digits of the smallest of them, so that no effect that matters is written as 0. There is no -0.
 */
export function money(value: number, beside: readonly number[] = []): string {
  const size = Math.abs(value)
  const scales = beside.filter((scale) => scale > 0 && Number.isFinite(scale))
  const least = scales.length > 0 ? scales.reduce((a, b) => Math.min(a, b)) : size > 0 && size < 0.005 ? size : 1
  const digits = size >= 1000 ? 0 : Math.max(size >= 10 ? 1 : 2, digitsOf(least))
  if (size > 0 && size < 10 ** -MOST_DIGITS && least < 10 ** -MOST_DIGITS) return value.toPrecision(2)
  return value.toLocaleString("en-US", { maximumFractionDigits: digits, signDisplay: "negative" })
}

/** The same with its sign; what is written as 0 has none. */
export function signed(value: number, beside: readonly number[] = []): string {
  const said = money(value, beside)
  return value > 0 && said !== "0" ? `+${said}` : said
}

/** Base units of something with 18 decimals, in whole units: cut, never rounded up, after eight digits. */
export function whole(amount: bigint): string {
  const [integer = "0", fraction = ""] = decimalText(amount, 18).split(".")
  const grouped = integer.replace(/\B(?=(\d{3})+$)/g, ",")
  const digits = fraction.slice(0, 8).replace(/0+$/, "")
  return digits === ""
    ? `${grouped}${fraction === "" ? "" : ".…"}`
    : `${grouped}.${digits}${fraction.length > 8 ? "…" : ""}`
}

/** A whole number of a contract or a state: an amount in whole units with its unit, or a plain number. */
export function integer(value: bigint, unit: string): string {
  if (value === MOST_UINT) return "the most there is (2^256 − 1)"
  const size = value < 0n ? -value : value
  return size < LEAST_AMOUNT ? value.toLocaleString("en-US") : `${whole(value)} ${unit}`
}

/** A number of things: `1 block`, `2 blocks`. */
export function plural(count: number, thing: string): string {
  return `${number(count)} ${thing}${count === 1 ? "" : "s"}`
}

/** A hash or an address, short. */
export function short(hex: string): string {
  return hex.length <= 14 ? hex : `${hex.slice(0, 10)}…${hex.slice(-4)}`
}

/** Whole numbers as ranges: `0 to 3, 7`. */
export function ranges(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b)
  const parts: string[] = []
  for (let at = 0; at < sorted.length; at++) {
    const from = sorted[at] ?? 0
    while (sorted[at + 1] === (sorted[at] ?? 0) + 1) at++
    const to = sorted[at] ?? from
    parts.push(from === to ? String(from) : `${from} to ${to}`)
  }
  return parts.join(", ")
}
