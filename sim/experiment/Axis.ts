/**
 * An axis: a Param that an experiment varies, between two ends or among options. Coordinates run from 0 to 1.
 *
 * Invariant: exact operations and the kernel's mathematics only, and values as a person writes them, so that the same
 * design has the same RunSpecs everywhere.
 */
import { exp, log } from "../kernel/Mathematics.ts"
import type { AnyParam, ParamValue } from "../scenario/Param.ts"
import { wholeUnits } from "../scenario/Units.ts"
import type { AxisWords } from "../store/ExperimentManifest.ts"

export interface Axis extends AxisWords {
  /** The value at a coordinate, as a person would write it. */
  at(coordinate: number): string
  /** The first value from a coordinate on at which something turns: of whole numbers, the upper one of the two it lies between. */
  from(coordinate: number): string
  /** Where a coordinate lies, as a person would write it; between two whole numbers too, with a fraction. */
  place(coordinate: number): string
  /** The coordinate of a value as a person writes it; undefined of what is none. */
  coordinate(written: string): number | undefined
}

/** Ends that differ by this factor or more are sampled on a logarithmic scale, where both are above zero. */
const LOG_FROM = 10

/** Significant digits of a value that was computed. */
const DIGITS = 6

/** The axis of a Param between the given ends, or among the given options of a choice. */
export function axisOf(name: string, param: AnyParam, ends: readonly ParamValue[]): Axis {
  const words = { param: name, unit: param.unit, ends: ends.map((end) => param.text(end)) }
  if (param.kind === "choice") {
    const options = words.ends
    const at = (coordinate: number): string =>
      options[Math.min(options.length - 1, Math.floor(coordinate * options.length))] ?? ""
    return {
      ...words,
      scale: "choice",
      at,
      from: at,
      place: at,
      coordinate: (written) => {
        const place = options.indexOf(written)
        return place < 0 ? undefined : (place + 0.5) / options.length
      }
    }
  }
  const decimals = param.kind === "gwei" ? 9 : 18
  const numberOf = (value: ParamValue): number =>
    typeof value === "bigint" ? wholeUnits(value, decimals) : Number(value)
  const [low, high] = [numberOf(ends[0] as ParamValue), numberOf(ends[ends.length - 1] as ParamValue)]
  const logarithmic = low > 0 && high / low >= LOG_FROM
  // Each whole number has a share of the axis, the ends too, of which rounding would leave half.
  const whole = param.kind === "count"
  const scaled = (value: number): number => (logarithmic ? log(value) : value)
  const [from, to] = [scaled(low), scaled(whole ? high + 1 : high)]
  const valueAt = (coordinate: number): number => {
    const along = from + (to - from) * coordinate
    return logarithmic ? exp(along) : along
  }
  return {
    ...words,
    scale: logarithmic ? "log" : "linear",
    from(coordinate) {
      if (!whole) return this.at(coordinate)
      // The shares of two numbers meet at the upper one.
      const meets = Math.max(low + 1, Math.min(high, Math.round(valueAt(coordinate))))
      return low === high ? this.at(coordinate) : param.text(meets as never)
    },
    place(coordinate) {
      // A whole number stands for the middle of its share.
      return whole ? String(Number((valueAt(coordinate) - 0.5).toPrecision(DIGITS))) : this.at(coordinate)
    },
    at(coordinate) {
      if (coordinate <= 0) return words.ends[0] ?? ""
      if (coordinate >= 1) return words.ends[words.ends.length - 1] ?? ""
      const value = valueAt(coordinate)
      const rounded = whole ? Math.floor(value) : roundedOf(param, value)
      // Rounding must not leave the ends, which may have more digits than are kept.
      if (rounded <= low) return words.ends[0] ?? ""
      if (rounded >= high) return words.ends[words.ends.length - 1] ?? ""
      return param.text(param.read(written(param, rounded), name) as never)
    },
    coordinate(text) {
      const value = numberOf(param.read(text, name) as ParamValue)
      // Of a whole number, the middle of its share.
      const along = scaled(whole ? value + 0.5 : value)
      return to === from ? 0.5 : (along - from) / (to - from)
    }
  }
}

/** A computed number in the digits that are kept. */
function roundedOf(param: AnyParam, value: number): number {
  return param.kind === "duration" ? Math.round(value) : Number(value.toPrecision(DIGITS))
}

/** A number as one would write it for a Param of that kind. */
function written(param: AnyParam, value: number): string {
  if (param.kind === "duration") return `${value} seconds`
  return param.kind === "count" || param.kind === "ratio" ? String(value) : decimalOf(value)
}

/** A number of at least 0 in decimals without an exponent. */
function decimalOf(value: number): string {
  const [digits = "0", exponent] = String(value).split("e")
  if (exponent === undefined) return digits
  const [whole = "0", fraction = ""] = digits.split(".")
  const shift = Number(exponent)
  const all = whole + fraction
  const point = whole.length + shift
  if (point <= 0) return `0.${"0".repeat(-point)}${all}`
  return point >= all.length ? all.padEnd(point, "0") : `${all.slice(0, point)}.${all.slice(point)}`
}
