/** Places along a Param, in words: where a sweep's mean passes zero, and where an assumption undoes a claim. */

import type { AssumedClaim, SweepCrossing } from "../../sim/store/Analysis.ts"

/** Such as "below 0 at 0.0008, above 0 at 0.0012; 0 at 0.00101 (95 %: 0.001 to 0.00102)". */
export function crossingSays(crossing: SweepCrossing): string {
  const {
    between: [from, to],
    rises,
    rests,
    at,
    low,
    high,
    level,
    n
  } = crossing
  const [before, after] = rises ? ["below 0", "above 0"] : ["above 0", "below 0"]
  const sides = `${rests === "before" ? "0" : before} at ${short(from)}, ${rests === "after" ? "0" : after} at ${short(to)}`
  if (at === null) return sides
  const percent = `${Math.round(level * 100)} %`
  const interval =
    n < 2
      ? "one seed, so no interval"
      : low === null && high === null
        ? `${percent}: wider than the points`
        : `${percent}: ${low === null ? "less than the first point" : short(low)} to ${high === null ? "more than the last point" : short(high)}`
  return `${sides}; 0 at ${short(at)} (${interval})`
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

/** Four digits of a plain number; what has a unit stays as it is written. */
function short(written: string): string {
  return /^\d+(\.\d+)?$/.test(written) ? String(Number(Number(written).toPrecision(4))) : written
}
