/** What a page knows of the runs that it can do again: plain data, in the scenario's own words. */
import type { Manifest } from "../../sim/store/Manifest.ts"

/** The two digests of a run, and those of its tables; of an experiment's runs the two alone are published. */
export type Digests = Omit<Manifest["digest"], "tables"> & { readonly tables: Partial<Manifest["digest"]["tables"]> }

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
  /** The arm that the others are set against; left out where runs are not compared. */
  readonly reference?: string
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

/**
 * What goes with the reference arm where `moved` goes with `arm`: what the arm sets by itself is what it proposes, and
 * stays out of it. Undefined where there is nothing to set it against.
 */
export function besideReference(
  { reference, arms }: Pick<RerunFacts, "reference" | "arms">,
  arm: string,
  moved: { readonly [param: string]: string }
): { readonly [param: string]: string } | undefined {
  if (reference === undefined || arm === reference) return undefined
  const proposed = Object.hasOwn(arms, arm) ? (arms[arm] ?? {}) : {}
  return Object.fromEntries(Object.entries(moved).filter(([param]) => !Object.hasOwn(proposed, param)))
}

/** Names of the digests that differ: `economy`, `trace`, and tables, where any table's is published. */
export function differing(published: Digests, here: Digests): readonly string[] {
  const known = Object.keys(published.tables)
  const tables = new Set(known.length === 0 ? [] : [...known, ...Object.keys(here.tables)])
  const of = ({ tables: all }: Digests, name: string): string | undefined => all[name as keyof Digests["tables"]]
  return [
    ...(published.economy === here.economy ? [] : ["economy"]),
    ...(published.trace === here.trace ? [] : ["trace"]),
    ...[...tables].filter((name) => of(published, name) !== of(here, name)).map((name) => `table ${name}`)
  ]
}
