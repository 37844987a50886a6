/**
 * What an experiment rests on beside its own runs, as its report says it: the lab's known answers, the checks of the
 * strategic behaviours, and where each assumption comes from. Whoever writes a report gathers it into the folder.
 */
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { ReportError } from "../Errors.ts"

/** The name of the file. */
export const EVIDENCE = "evidence.json"

/** Which code measured something, and whether it is the code of the experiment's runs. */
export interface MeasuredBy {
  readonly revision: string | null
  readonly sameCode: boolean
}

/** What `mesocosm validate` came to, when all known answers were asked for. */
export interface KnownAnswers {
  readonly passed: number
  readonly of: number
  readonly chains: readonly string[]
}

/** What `mesocosm behaviours` came to in an arm, with nothing set by hand. Money is in whole units of the numeraire. */
export interface BehaviourChecks {
  readonly scenario: string
  readonly arm: string
  readonly seeds: number
  readonly strategic: readonly {
    readonly population: string
    readonly behaviour: string
    /** Mean profit of the agent as it is. */
    readonly profit: number
    /** By how much the best listed deviation earns more; 0 where none does. */
    readonly regret: number
    readonly deviations: number
  }[]
}

/** A line of ASSUMPTIONS.md. */
export interface AssumptionLine {
  readonly value: string
  /** published, chosen, assumed */
  readonly kind: string
  readonly why: string
  /** The day on which the line was last changed, `2026-01-31`; null where no history is at hand. */
  readonly date: string | null
}

export interface Evidence {
  readonly version: 1
  /** Null where nobody measured them. */
  readonly knownAnswers: (KnownAnswers & MeasuredBy) | null
  readonly behaviours: readonly (BehaviourChecks & MeasuredBy)[]
  /** By the source that a Param names. */
  readonly assumptions: { readonly [source: string]: AssumptionLine }
}

/** Reads it; null where none was gathered. @throws ReportError UnreadableRun, SchemaVersion. */
export async function readEvidence(folder: string): Promise<Evidence | null> {
  const path = join(folder, EVIDENCE)
  if (!existsSync(path)) return null
  let read: Partial<Evidence> | null
  try {
    read = JSON.parse(await readFile(path, "utf8")) as Partial<Evidence> | null
  } catch (cause) {
    throw new ReportError({
      reason: "UnreadableRun",
      message: `${path} is no JSON`,
      fix: `Remove ${EVIDENCE} and write the report again: it is gathered anew.`,
      offending: { name: "experiment", value: folder },
      cause
    })
  }
  if (read?.version !== 1) {
    throw new ReportError({
      reason: "SchemaVersion",
      message: `${path} has version ${String(read?.version)}, and this version of mesocosm reads 1`,
      fix: `Remove ${EVIDENCE} and write the report again: it is gathered anew.`,
      offending: { name: EVIDENCE, value: String(read?.version) }
    })
  }
  return {
    version: 1,
    knownAnswers: read.knownAnswers ?? null,
    behaviours: read.behaviours ?? [],
    assumptions: read.assumptions ?? {}
  }
}
