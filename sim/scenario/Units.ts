/**
 * Units of metrics and Params, and the one place where a decimal a person wrote becomes base units.
 *
 * Amounts are integers: a token and the numeraire have 18 decimals here, ether has wei. No float is
 * ever turned into an amount.
 */
import { ScenarioError } from "../Errors.ts"

/** One whole token, or one whole unit of the numeraire, in base units. */
export const ONE: bigint = 1_000_000_000_000_000_000n

/** Unit of a metric, and what its sample answers with. */
export interface Units {
  /** Base units of a token, 18 decimals. */
  readonly tokens: bigint
  /** Base units of the scenario's numeraire, 18 decimals. */
  readonly money: bigint
  readonly count: bigint
  /** A share between 0 and 1, or a quotient. */
  readonly ratio: number
  readonly seconds: number
}

export type Unit = keyof Units & string

export const UNITS: readonly Unit[] = ["tokens", "money", "count", "ratio", "seconds"]

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

/**
 * Exact reading of a decimal: `decimal("1105000.5", 18)`.
 * @returns the number times ten to the `decimals`.
 * @throws ScenarioError WrongUnit when the text is no decimal, or has more digits than fit.
 */
export function decimal(text: string, decimals: number, name = "amount"): bigint {
  const match = DECIMAL.exec(text.trim())
  const fraction = match?.[3] ?? ""
  if (match === null || fraction.length > decimals) {
    throw new ScenarioError({
      reason: "WrongUnit",
      message: `${name} is "${text}", which is not a decimal number with at most ${decimals} digits after the point`,
      fix: "Write it as digits with an optional point, such as 1105000 or 0.25.",
      offending: { name, value: text }
    })
  }
  const whole = BigInt(`${match[2] ?? "0"}${fraction.padEnd(decimals, "0")}`)
  return match[1] === "-" ? -whole : whole
}

/** The shortest exact decimal of an amount: the inverse of `decimal`. */
export function decimalText(amount: bigint, decimals: number): string {
  const negative = amount < 0n
  const digits = (negative ? -amount : amount).toString().padStart(decimals + 1, "0")
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "")
  return `${negative ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`
}

/**
 * An amount in base units as a floating-point number of whole units, rounded to nearest: for
 * drawing and for statistics, never for money.
 */
export function wholeUnits(amount: bigint, decimals = 18): number {
  const exact = Number(amount)
  // Both numbers are exact, so their quotient is the true one rounded once, as the decimal's reading would be.
  if (decimals <= 22 && Math.abs(exact) <= Number.MAX_SAFE_INTEGER) return exact / (POWERS[decimals] as number)
  const negative = amount < 0n
  const digits = (negative ? -amount : amount).toString().padStart(decimals + 1, "0")
  const point = digits.length - decimals
  const size = Number(`${digits.slice(0, point)}.${digits.slice(point)}`)
  return negative ? -size : size
}

/** Powers of ten that a floating-point number holds exactly. */
const POWERS: readonly number[] = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`))

/**
 * A floating-point number of whole units as base units, cut to a millionth towards zero first: so
 * behaviours turn a drawn quantity into an amount.
 * @throws RangeError when it is not finite, or beyond 9 × 10⁹.
 */
export function amountOf(quantity: number): bigint {
  if (!(Math.abs(quantity) <= 9e9)) throw new RangeError(`${quantity} is not between -9e9 and 9e9`)
  return BigInt(Math.trunc(quantity * 1_000_000)) * 1_000_000_000_000n
}
