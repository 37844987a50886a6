/** Whether what was measured is what was expected, value by value, and the words for both. */
import { mean, sampleStandardDeviation } from "simple-statistics"
import { ScenarioError } from "../Errors.ts"
import { type KnownAnswer, namedValues, type Tolerance, type Value, type Values } from "../scenario/KnownAnswer.ts"
import { decimalText } from "../scenario/Units.ts"

/** One value of a known answer: plain data, numbers as texts that hold all their digits. */
export interface Judged {
  /** Null where the answer is one value. */
  readonly name: string | null
  readonly expected: string
  readonly got: string
  /** In words: `exact`, `± 0.005`, `± 5 %`, `at most`. */
  readonly tolerance: string
  /** Of the mean over replications; null where there is one measurement. */
  readonly standardError: number | null
  readonly held: boolean
}

/**
 * Judges the values of all replications.
 * @throws ScenarioError MeasureFailed when they are not named, or not of the type, that is expected.
 */
export function judge(answer: KnownAnswer, replications: readonly Values[]): readonly Judged[] {
  const expected = namedValues(answer.expected)
  const columns = replications.map((values) => new Map(namedValues(values)))
  for (const got of columns) {
    const wrong = expected.find(([name, value]) => typeof got.get(name) !== typeof value)
    if (wrong !== undefined || got.size !== expected.length) throw misfit(answer, got)
  }
  return expected.map(([name, value]) => {
    const tolerance = toleranceOf(answer, name)
    // Checked above.
    const got = columns.map((column) => column.get(name) as Value)
    const single = got.length === 1 ? (got[0] as Value) : undefined
    if (single === undefined) return judgeMean(name, Number(value), tolerance, got.map(Number))
    const text = (each: Value): string => (typeof each === "bigint" ? decimalText(each, answer.decimals) : String(each))
    return {
      name: name ?? null,
      expected: text(value),
      got: text(single),
      tolerance: typeof value === "string" ? "exact" : toleranceWords(tolerance, answer.decimals),
      standardError: null,
      held: holds(value, single, tolerance)
    }
  })
}

function toleranceOf(answer: KnownAnswer, name: string | undefined): Tolerance {
  const { tolerance } = answer
  if (typeof tolerance === "string" || !("each" in tolerance)) return tolerance
  // The type of `each` asks for every name.
  return tolerance.each[name ?? ""] ?? "exact"
}

/** Whether a value lies within the tolerance; amounts are compared as integers, save for a relative tolerance. */
export function holds(expected: Value, got: Value, tolerance: Tolerance): boolean {
  if (got === expected) return true
  if (typeof expected === "string" || typeof got === "string" || tolerance === "exact") return false
  if (tolerance === "at most") return got <= expected
  if (tolerance === "at least") return got >= expected
  if (typeof expected === "bigint" && typeof got === "bigint") {
    const off = got > expected ? got - expected : expected - got
    const size = expected < 0n ? -expected : expected
    if ("absolute" in tolerance) return off <= tolerance.absolute
    return Number(off) <= tolerance.relative * Number(size)
  }
  const off = Math.abs(Number(got) - Number(expected))
  const most = "absolute" in tolerance ? Number(tolerance.absolute) : tolerance.relative * Math.abs(Number(expected))
  return within(off, most)
}

/** Infinity is within nothing: it would lie within any share of itself. */
function within(off: number, most: number): boolean {
  return Number.isFinite(off) && off <= most
}

/** The mean of replications, within the larger of the stated tolerance and four standard errors. */
function judgeMean(name: string | undefined, expected: number, tolerance: Tolerance, got: readonly number[]): Judged {
  const average = mean([...got])
  const standardError = sampleStandardDeviation([...got]) / Math.sqrt(got.length)
  const noise = 4 * standardError
  const stated =
    typeof tolerance === "string"
      ? 0
      : "absolute" in tolerance
        ? Number(tolerance.absolute)
        : tolerance.relative * Math.abs(expected)
  const most = Math.max(stated, noise)
  const oneSided = tolerance === "at most" || tolerance === "at least"
  const held = oneSided
    ? tolerance === "at most"
      ? average <= expected + noise
      : average >= expected - noise
    : within(Math.abs(average - expected), most)
  const words = toleranceWords(tolerance, 0)
  return {
    name: name ?? null,
    expected: String(expected),
    got: String(average),
    tolerance: noise > stated ? `${oneSided ? `${tolerance} ` : ""}± ${noise.toPrecision(3)} (4 SE)` : words,
    standardError,
    held
  }
}

function toleranceWords(tolerance: Tolerance, decimals: number): string {
  if (typeof tolerance === "string") return tolerance
  if ("relative" in tolerance) return `± ${Number((tolerance.relative * 100).toPrecision(6))} %`
  const { absolute } = tolerance
  return `± ${typeof absolute === "bigint" ? decimalText(absolute, decimals) : absolute}`
}

function misfit(answer: KnownAnswer, got: ReadonlyMap<string | undefined, Value>): ScenarioError {
  const told = (values: Iterable<readonly [string | undefined, Value]>): string =>
    [...values].map(([name, value]) => `${name === undefined ? "" : `${name}: `}${typeof value}`).join(", ")
  return new ScenarioError({
    reason: "MeasureFailed",
    message: `known answer ${answer.id} expects { ${told(namedValues(answer.expected))} } and measured { ${told(got)} }`,
    fix: "Let the measurement return what is expected: the same names, each of the same type.",
    offending: { name: answer.id, value: told(got) }
  })
}
