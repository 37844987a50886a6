/** Searches the space of Params for where a budget begins to hold, or breaks. */
import { ScenarioError } from "../Errors.ts"
import { type Axis, axisOf } from "../experiment/Axis.ts"
import { type Duration, seconds } from "../kernel/Duration.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import type { Sets } from "../store/ExperimentManifest.ts"

/** What is searched along one Param. */
export interface SearchOptions {
  readonly param: string
  /** Ends of the search, as a person writes them; those of the Param's domain when left out. */
  readonly from?: string
  readonly to?: string
  /** Stop when the two sides are this near to each other, as a share of the upper one; 0.01 when left out. */
  readonly within?: number
}

/** Where it turns. */
export interface Turn {
  /** The value nearest to `from` at which it was seen to hold as it does at `to`, as a person writes it. */
  readonly at: string
  /** The last value seen on the other side. */
  readonly not: string
  /** How many values were tried. */
  readonly tried: number
}

/**
 * The Param's value at which `holds` turns from what it is at one end to what it is at the other: by halving, so `holds`
 * should turn once. At each value it is asked with the Param set.
 * @throws ScenarioError UnknownParam, Usage where both ends agree or the Param has no domain.
 */
export async function findTurn(
  scenario: Scenario,
  options: SearchOptions,
  holds: (set: Sets) => Promise<boolean>
): Promise<Turn> {
  const { param, within = 0.01 } = options
  const axis = axisAlong(scenario, options)
  let [low, high] = [0, 1]
  const ask = (coordinate: number): Promise<boolean> => holds({ [param]: axis.at(coordinate) })
  const [atLow, atHigh] = [await ask(low), await ask(high)]
  let tried = 2
  if (atLow === atHigh) {
    throw new ScenarioError({
      reason: "Usage",
      message: `what is asked ${atLow ? "holds" : "does not hold"} at both ends, ${axis.at(0)} and ${axis.at(1)}`,
      fix: `Search between ends that differ, with from and to.`,
      offending: { name: param, value: `${axis.at(0)} to ${axis.at(1)}` }
    })
  }
  // "1 week" is more than "2 days": durations are measured in seconds, all else in what stands there.
  const duration = scenario.params[param]?.kind === "duration"
  const size = (coordinate: number): number => {
    const text = axis.at(coordinate)
    return Math.abs(duration ? seconds(text as Duration) : Number.parseFloat(text))
  }
  while (axis.at(low) !== axis.at(high) && tried < 64) {
    if (Math.abs(size(high) - size(low)) <= within * Math.max(size(high), size(low))) break
    const middle = (low + high) / 2
    if (axis.at(middle) === axis.at(low) || axis.at(middle) === axis.at(high)) break
    tried++
    if ((await ask(middle)) === atHigh) high = middle
    else low = middle
  }
  return { at: axis.at(high), not: axis.at(low), tried }
}

function axisAlong(scenario: Scenario, { param, from, to }: SearchOptions): Axis {
  const declared = Object.hasOwn(scenario.params, param) ? scenario.params[param] : undefined
  if (declared === undefined) {
    throw new ScenarioError({
      reason: "UnknownParam",
      message: `${scenario.id} has no Param "${param}"`,
      fix: `Choose one of ${Object.keys(scenario.params).join(", ")}.`,
      offending: { name: "param", value: param }
    })
  }
  const domain = declared.domain?.map((end) => declared.text(end as never)) ?? []
  const [low, high] = [from ?? domain[0], to ?? domain.at(-1)]
  if (low === undefined || high === undefined) {
    throw new ScenarioError({
      reason: "Usage",
      message: `${param} has no domain to search`,
      fix: "Give from and to.",
      offending: { name: "param", value: param }
    })
  }
  return axisOf(param, declared, [declared.read(low, param), declared.read(high, param)])
}

/** As much of fast-check as is used; it is handed in, so that nobody needs it who does not use it. */
export interface FastCheck<A> {
  integer(range: { readonly min: number; readonly max: number }): { map(to: (step: number) => Sets): A }
}

/** Steps of a Param's axis to either side of its default. */
const STEPS = 1000

/**
 * Values of a Param for fast-check, as an arbitrary that shrinks towards the Param's default: what it reports is the
 * smallest change that breaks a property, to a thousandth of the range.
 * @throws ScenarioError UnknownParam, Usage.
 */
export function changesOf<A>(fc: FastCheck<A>, scenario: Scenario, options: Omit<SearchOptions, "within">): A {
  const axis = axisAlong(scenario, options)
  const { param } = options
  const declared = scenario.params[param]
  const start = declared === undefined ? 0.5 : (axis.coordinate(declared.text(declared.value as never)) ?? 0.5)
  const home = Math.min(1, Math.max(0, start))
  return fc
    .integer({ min: -Math.floor(home * STEPS), max: Math.ceil((1 - home) * STEPS) })
    .map((step) => ({ [param]: step === 0 ? axis.at(home) : axis.at(Math.min(1, Math.max(0, home + step / STEPS))) }))
}
