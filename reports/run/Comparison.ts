/**
 * Several runs of one scenario, side by side.
 *
 * Invariant: an arm here is one set of Params: runs of the same arm with other Params (`--set`) are another.
 * A run that did not end counts in no mean and in no difference.
 */
import { ReportError } from "../../sim/Errors.ts"
import type { Manifest } from "../../sim/store/Manifest.ts"
import { counted, listed } from "../format/Quantity.ts"
import { span } from "../format/Span.ts"
import { metricValue } from "./Kpi.ts"
import { mean } from "./Mean.ts"
import { type RunFacts, readRun } from "./ReadRun.ts"

/** The runs of one set of Params, by seed. */
export interface ComparedArm {
  /** The arm's name, with what was set by hand where two would be alike. */
  readonly label: string
  readonly runs: readonly RunFacts[]
  /** Those that are complete. */
  readonly whole: readonly RunFacts[]
}

/** What is compared. */
export interface Comparison {
  /** Words of the scenario: those of the first run. */
  readonly manifest: Manifest
  /** The reference first, the others in the order in which they were given. */
  readonly arms: readonly ComparedArm[]
  /** What differences are taken against: `baseline` where it is there, else the first. */
  readonly reference: ComparedArm
  /** Every seed that occurs, ascending. */
  readonly seeds: readonly number[]
  /** Every metric of any run, in order. */
  readonly metrics: Manifest["metrics"]
  /** What makes the comparison worth less, a sentence each. */
  readonly doubts: readonly string[]
}

/**
 * Reads the folders of runs of one scenario.
 * @throws ReportError UnknownRun, UnreadableRun, SchemaVersion; NotComparable for runs of several scenarios,
 * metrics or money in other units, or one run given twice.
 */
export async function readComparison(folders: readonly string[]): Promise<Comparison> {
  const runs: RunFacts[] = []
  for (const folder of folders) runs.push(await readRun(folder))
  const [first] = runs
  if (first === undefined)
    throw notComparable("there is no run to compare", "Give the folders of two runs or more.", "")
  comparable(first, runs)
  const given = armsOf(runs)
  const reference =
    given.find(({ label }) => label === "baseline") ??
    given.find(({ runs: [run] }) => run?.manifest.spec.arm === "baseline") ??
    // There is a run, so there is an arm.
    (given[0] as ComparedArm)
  const arms = [reference, ...given.filter((arm) => arm !== reference)]
  const metrics = new Map(runs.flatMap(({ manifest }) => manifest.metrics).map((each) => [each.name, each]))
  return {
    manifest: first.manifest,
    arms,
    reference,
    seeds: seedsOf(runs),
    metrics: [...metrics.values()],
    doubts: doubtsOf(runs, arms)
  }
}

/** A run's seed. */
export function seedOf({ manifest }: RunFacts): number {
  return manifest.spec.seed
}

/** The seeds of some runs, ascending, each once. */
export function seedsOf(runs: readonly RunFacts[]): readonly number[] {
  return [...new Set(runs.map(seedOf))].sort((a, b) => a - b)
}

/** A metric's difference between two arms: the mean over the seeds that both have. */
export interface Difference {
  readonly mean: number
  readonly pairs: number
}

/** Null where no seed has both. */
export function differenceOf(arm: ComparedArm, reference: ComparedArm, metric: string): Difference | null {
  const differences = arm.whole.flatMap((run) => {
    const twin = reference.whole.find((each) => seedOf(each) === seedOf(run))
    const [here, there] = [metricValue(run, metric), twin === undefined ? undefined : metricValue(twin, metric)]
    return here === undefined || there === undefined ? [] : [here.number - there.number]
  })
  const middle = mean(differences)
  return middle === undefined ? null : { mean: middle, pairs: differences.length }
}

/** Names of the Params that are not the same in all arms. */
export function differing({ arms }: { readonly arms: readonly Pick<ComparedArm, "runs">[] }): readonly string[] {
  const all = arms.flatMap(({ runs: [run] }) => (run === undefined ? [] : [paramsOf(run)]))
  const names = new Set(all.flatMap((params) => [...params.keys()]))
  return [...names].filter((name) => new Set(all.map((params) => params.get(name))).size > 1)
}

function paramsOf({ manifest }: RunFacts): ReadonlyMap<string, string> {
  return new Map(manifest.params.map(({ name, value }) => [name, value]))
}

function armsOf(runs: readonly RunFacts[]): readonly ComparedArm[] {
  const groups = new Map<string, RunFacts[]>()
  for (const run of runs) {
    const key = JSON.stringify([run.manifest.spec.arm, ...paramsOf(run)])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [run])
    else group.push(run)
  }
  const all = [...groups.values()]
  const other = new Set(differing({ arms: all.map((own) => ({ runs: own })) }))
  const labels = new Set<string>()
  return all.map((group) => {
    const [{ manifest }] = group as [RunFacts]
    const sets = manifest.params.filter(({ name, setBy }) => setBy === "set" && other.has(name))
    const said = [manifest.spec.arm, ...sets.map(({ name, value }) => `${name}=${value}`)].join(", ")
    let label = said
    // Only a scenario that was changed between runs has two such arms.
    for (let again = 2; labels.has(label); again++) label = `${said} (${again})`
    labels.add(label)
    const sorted = [...group].sort((a, b) => seedOf(a) - seedOf(b))
    return { label, runs: sorted, whole: sorted.filter((run) => run.manifest.status === "complete") }
  })
}

function comparable(first: RunFacts, runs: readonly RunFacts[]): void {
  const hashes = new Map<string, RunFacts>()
  const units = new Map<string, string>()
  for (const run of runs) {
    const { manifest, folder } = run
    const { spec, specHash, scenario, metrics } = manifest
    if (spec.scenario !== first.manifest.spec.scenario) {
      throw notComparable(
        `${first.folder} is a run of ${first.manifest.spec.scenario}, ${folder} one of ${spec.scenario}`,
        "Give runs of one scenario; each scenario has a comparison of its own.",
        folder
      )
    }
    const twin = hashes.get(specHash)
    if (twin !== undefined) {
      throw notComparable(
        `${folder} is the same run as ${twin.folder}: arm ${spec.arm}, seed ${spec.seed}, equal Params`,
        "Give each run once, with another arm, seed or Param.",
        folder
      )
    }
    hashes.set(specHash, run)
    for (const [name, unit] of [
      ["its money", scenario.numeraire],
      ...metrics.map((each) => [each.name, each.unit])
    ] as const) {
      const before = units.get(name ?? "") ?? unit
      if (before !== unit) {
        throw notComparable(
          `${folder} counts ${name} in ${unit}, another run in ${before}`,
          "Run them again with one version of the scenario.",
          folder
        )
      }
      units.set(name ?? "", unit ?? "")
    }
  }
}

function doubtsOf(runs: readonly RunFacts[], arms: readonly ComparedArm[]): readonly string[] {
  const doubts: string[] = []
  for (const { label, runs: own } of arms) {
    for (const { manifest } of own) {
      if (manifest.status === "complete") continue
      const { seed, horizon } = manifest.spec
      doubts.push(
        `PARTIAL: arm ${label}, seed ${seed} ${manifest.status === "failed" ? "failed" : "was interrupted"} after ${span(manifest.endedAt)} of ${span(horizon)}. It counts in no mean and in no difference.`
      )
    }
    const failed = own.filter(({ manifest }) => manifest.checks.some(({ held }) => held === false))
    if (failed.length > 0)
      doubts.push(`Checks failed in arm ${label}: ${counted(failed.length, "run")} of ${own.length}.`)
  }
  const seeds = arms.map(({ whole }) => seedsOf(whole).join(", "))
  if (new Set(seeds).size > 1) {
    doubts.push(
      `The arms do not have the same seeds (${arms.map(({ label }, at) => `${label}: ${seeds[at] === "" ? "none" : seeds[at]}`).join("; ")}). A difference is taken over the seeds that both have, and left out where there is none; means are over different chance.`
    )
  }
  const of = (tell: (run: RunFacts) => string): number => new Set(runs.map(tell)).size
  if (of(({ manifest: { code } }) => `${code.version} ${code.revision}`) > 1) {
    doubts.push("The runs were made by different revisions of mesocosm: a difference may come from there.")
  }
  const settings = ["horizon", "block", "hardfork", "genesis", "version"] as const
  const other = settings.filter((name) => of(({ manifest }) => JSON.stringify(manifest.spec[name])) > 1)
  if (other.length > 0)
    doubts.push(`Besides Params, the runs differ in ${listed(other)}: the scenario was changed between them.`)
  if (of(({ manifest }) => JSON.stringify(manifest.metrics.map(({ name }) => name))) > 1) {
    doubts.push("The runs do not have the same metrics: the scenario was changed between them.")
  }
  return doubts
}

function notComparable(message: string, fix: string, value: string): ReportError {
  return new ReportError({ reason: "NotComparable", message, fix, offending: { name: "run", value } })
}
