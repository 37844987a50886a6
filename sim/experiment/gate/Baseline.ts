/**
 * What a gate compares with: the KPIs of every run of a scenario as it was when its makers were content with it, and
 * what those runs rested on. A small JSON file, to be read and committed.
 */
import { ScenarioError } from "../../Errors.ts"
import type { Matters } from "../../stats/Verdict.ts"
import type { Sets } from "../../store/ExperimentManifest.ts"

/** Version of the file. */
export const BASELINE_SCHEMA = 1

/** A recorded scenario; plain data. */
export interface Baseline {
  readonly schema: number
  readonly scenario: string
  /** How it was named on the command line: an id, or a path. */
  readonly named: string
  /** Version of mesocosm. */
  readonly mesocosm: string
  readonly set: Sets
  /** Seeds `from`, `from` + 1, …, in the order in which values stand below. */
  readonly seeds: { readonly from: number; readonly count: number }
  /** What money is counted in, such as `USD`; absent where it was recorded before this was kept. */
  readonly numeraire?: string
  readonly kpis: { readonly [kpi: string]: Kpi }
  /** Hashes of the scenario's own functions: `behaviour vehicle-owner`, `metric sybilShare`, `setup`. */
  readonly code: { readonly [part: string]: string }
  readonly arms: { readonly [arm: string]: ArmRuns }
}

/** A KPI as it was declared. */
export interface Kpi extends Matters {
  readonly unit: string
}

/** An arm's runs, and what they rested on. */
export interface ArmRuns {
  /** Param to value and unit. */
  readonly params: { readonly [param: string]: string }
  /** What the scenario calls a contract to its name and the hash of its bytecode. */
  readonly contracts: { readonly [key: string]: string }
  /** Population to its behaviour, size and traits. */
  readonly populations: { readonly [population: string]: string }
  /** KPI to its value for each seed, in whole units; null where the run failed or had no sample. */
  readonly values: { readonly [kpi: string]: readonly (number | null)[] }
  /** The first eight bytes of each run's trace digest; null where it did not begin. */
  readonly digests: readonly (string | null)[]
  /** Population to the mean profit of one of its agents, in the numeraire. */
  readonly profits: { readonly [population: string]: number }
  /** Claims that did not hold in some run, with their seeds. */
  readonly broken: { readonly [claim: string]: readonly number[] }
  /** Seeds whose run failed, with what it failed of. */
  readonly failed: { readonly [seed: string]: string }
}

/** The file's text: JSON, with lists of numbers and words on as few lines as they need. */
export function baselineText(baseline: Baseline): string {
  const text = JSON.stringify(baseline, null, 2)
  const lists = text.replaceAll(/\[\n([^[\]{}]*?)\n( *)\]/g, (_, inside: string, indent: string) => {
    const cells = inside.split("\n").map((line) => line.trim().replace(/,$/, ""))
    return `[${wrapped(cells, indent)}]`
  })
  return `${lists}\n`
}

const WIDTH = 110

function wrapped(cells: readonly string[], indent: string): string {
  const lines: string[] = []
  for (const cell of cells) {
    const line = lines.at(-1)
    if (line === undefined || line.length + cell.length + 2 > WIDTH) lines.push(cell)
    else lines[lines.length - 1] = `${line}, ${cell}`
  }
  return lines.length === 1 ? (lines[0] ?? "") : `\n${lines.map((line) => `${indent}  ${line}`).join(",\n")}\n${indent}`
}

/** Reads the file's text. @throws ScenarioError MalformedDeclaration, OtherCode. */
export function parseBaseline(text: string, path: string): Baseline {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch (cause) {
    throw malformed(path, "is no JSON", cause)
  }
  const found = read as Partial<Baseline> | null
  if (typeof found !== "object" || found === null || typeof found.schema !== "number") {
    throw malformed(path, "is no baseline")
  }
  if (found.schema !== BASELINE_SCHEMA) {
    throw new ScenarioError({
      reason: "OtherCode",
      message: `${path} has schema ${found.schema}, and this version reads ${BASELINE_SCHEMA}`,
      fix: "Record it again with mesocosm baseline, or check it with the version that wrote it.",
      offending: { name: "schema", value: String(found.schema) }
    })
  }
  const { scenario, named, seeds, kpis, arms, set, code, numeraire } = found
  const whole =
    typeof scenario === "string" &&
    typeof named === "string" &&
    (numeraire === undefined || typeof numeraire === "string") &&
    Number.isSafeInteger(seeds?.from) &&
    Number.isSafeInteger(seeds?.count) &&
    [kpis, arms, set, code].every((each) => typeof each === "object" && each !== null)
  if (!whole) throw malformed(path, "lacks a part of a baseline")
  // As far as was looked: a file that was edited by hand may hold anything in its arms.
  const baseline = found as Baseline
  const count = baseline.seeds.count
  for (const [arm, runs] of Object.entries(baseline.arms)) {
    const lists = [runs.digests, ...Object.keys(baseline.kpis).map((kpi) => runs.values?.[kpi])]
    if (lists.some((list) => !Array.isArray(list) || list.length !== count)) {
      throw malformed(path, `does not have ${count} values of every KPI in arm ${arm}`)
    }
  }
  return baseline
}

function malformed(path: string, what: string, cause?: unknown): ScenarioError {
  return new ScenarioError({
    reason: "MalformedDeclaration",
    message: `${path} ${what}`,
    fix: "Take it from version control again, or record it anew with mesocosm baseline.",
    offending: { name: "baseline", value: path },
    ...(cause === undefined ? {} : { cause })
  })
}
