/** What a page knows of the runs that it can do again: plain data, in the scenario's own words. */
import type { Manifest } from "../../sim/store/Manifest.ts"

/** The two digests of a run, and those of its tables. */
export type Digests = Manifest["digest"]

/** A run whose digests stand in the page. */
export interface Published {
  readonly arm: string
  readonly seed: number
  readonly digests: Digests
  /** Metric to its value for the run, in whole units. */
  readonly metrics: { readonly [metric: string]: number }
  /** Metric to its samples; without them the page draws only what was run in it. */
  readonly series?: { readonly [metric: string]: readonly (readonly [time: number, number: number])[] }
}

/** What can be run, what was published of it, and how the numbers are called. */
export interface RerunFacts {
  /** Id of the scenario. */
  readonly scenario: string
  /** What money is counted in. */
  readonly numeraire: string
  /** Seconds. */
  readonly horizon: number
  /** Param to value, set by hand over the arm in every published run. */
  readonly set: { readonly [param: string]: string }
  /** Arm to what it sets. */
  readonly arms: { readonly [arm: string]: { readonly [param: string]: string } }
  /** All Params; those with a domain can be moved. */
  readonly params: readonly Pick<Manifest["params"][number], "name" | "unit" | "declared" | "domain" | "source">[]
  readonly metrics: readonly Pick<Manifest["metrics"][number], "name" | "unit" | "says" | "matters" | "over">[]
  readonly charts: readonly Pick<Manifest["charts"][number], "metrics" | "title" | "says">[]
  readonly published: readonly Published[]
}

/** A Param's value in an arm, before anything is moved. */
export function declaredIn(
  { arms, set, params }: Pick<RerunFacts, "arms" | "set" | "params">,
  arm: string,
  param: string
): string {
  const armed = Object.hasOwn(arms, arm) ? arms[arm] : undefined
  const of = (sets: { readonly [param: string]: string } | undefined): string | undefined =>
    sets !== undefined && Object.hasOwn(sets, param) ? sets[param] : undefined
  return of(set) ?? of(armed) ?? params.find(({ name }) => name === param)?.declared ?? ""
}

/** Names of the digests that differ: `economy`, `trace`, and tables. */
export function differing(published: Digests, here: Digests): readonly string[] {
  const tables = new Set([...Object.keys(published.tables), ...Object.keys(here.tables)])
  const of = ({ tables: all }: Digests, name: string): string | undefined => all[name as keyof Digests["tables"]]
  return [
    ...(published.economy === here.economy ? [] : ["economy"]),
    ...(published.trace === here.trace ? [] : ["trace"]),
    ...[...tables].filter((name) => of(published, name) !== of(here, name)).map((name) => `table ${name}`)
  ]
}
