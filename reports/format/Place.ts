/** Places along a Param, in words: where a sweep's mean passes zero, and where an assumption undoes a claim. */
import type { AssumedClaim, SweepCrossing } from "../../sim/store/Analysis.ts"
import { span } from "./Span.ts"

/**
 * Whether the points and seeds tell that there is a change of sign: not where the interval is open on a side, as where
 * the mean is nothing but noise, nor of a single seed.
 */
export function isSure({ rests, low, high, n }: SweepCrossing): boolean {
  return n > 1 && (rests !== null || (low !== null && high !== null))
}

/** Those that are told: where a difference between arms comes to rest at nothing is no turn. */
export function toldOf(crossings: readonly SweepCrossing[] | null | undefined): readonly SweepCrossing[] {
  return (crossings ?? []).filter(({ at, against }) => at !== null || against === null)
}

/** Such as "below 0 at 0.0008, above 0 at 0.0012; 0 at 0.00101 (95 %: 0.001 to 0.00102)". */
export function crossingSays(crossing: SweepCrossing): string {
  const { between, rises, rests, at, low, high, level, n } = crossing
  const [from, to] = between
  const [before, after] = rises ? ["below 0", "above 0"] : ["above 0", "below 0"]
  const sides = `${rests === "before" ? "0" : before} at ${from}, ${rests === "after" ? "0" : after} at ${to}`
  if (at === null) return sides
  const percent = `${Math.round(level * 100)} %`
  const write = rounded(between, [low, high])
  const interval =
    n < 2
      ? "one seed, so no interval"
      : low === null && high === null
        ? `${percent}: wider than the points`
        : `${percent}: ${low === null ? "less than the first point" : write(low)} to ${high === null ? "more than the last point" : write(high)}`
  return `${sides}; 0 at ${write(at)} (${interval})`
}

/** Such as "rewards is below 2.047 (2.002 to 2.187)": where a claim is not so. */
export function undoneWhere({
  name,
  holds,
  written: { at, low, high }
}: Pick<NonNullable<AssumedClaim["flip"]>, "name" | "holds" | "written">): string {
  const interval = low === at && high === at ? "" : ` (${short(low)} to ${short(high)})`
  return holds === "above" ? `${name} is below ${short(at)}${interval}` : `${name} is ${short(at)} or more${interval}`
}

/** A number that was computed, in four digits; whole ones, and what has a unit, as they are written. */
function short(written: string): string {
  return /^\d+\.\d+$/.test(written) ? String(Number(Number(written).toPrecision(4))) : readable(written)
}

/** A span of computed seconds as a person would say it. */
function readable(written: string): string {
  return /^\d+ seconds$/.test(written) ? span(Number.parseInt(written, 10)) : written
}

/** Writes places between two points in as many digits as tell them apart: a hundredth of what lies between, or finer. */
function rounded([from, to]: readonly [string, string], ends: readonly (string | null)[]): (written: string) => string {
  const [low, high] = ends.map((end) => (end === null ? Number.NaN : Number(end)))
  const apart = Math.abs(Number(to) - Number(from))
  const width = (high ?? Number.NaN) - (low ?? Number.NaN)
  const step = Math.max(apart / 10_000, Math.min(apart / 100, width > 0 ? width / 5 : apart / 100))
  let digits = 0
  while (digits < 18 && step > 0 && step * 10 ** digits < 1) digits++
  return (written) => {
    const value = Number(written)
    return Number.isFinite(value) && step > 0 ? String(Number(value.toFixed(digits))) : readable(written)
  }
}
