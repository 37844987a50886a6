/**
 * Does a stored run again, to see into an agent, and judges whether it is the same run: a complete or failed one by
 * its digests, an interrupted one by its rows, which must be the first rows of the run done again.
 */
import { existsSync } from "node:fs"
import { resolve as resolvePath } from "node:path"
import { quoted } from "../../../reports/run/CommandLine.ts"
import { ArtifactStore } from "../../chain/artifact/ArtifactStore.ts"
import { ScenarioError } from "../../Errors.ts"
import { execute } from "../../experiment/Execute.ts"
import type { Digests } from "../../run/Digest.ts"
import { type Recorder, type Row, TABLES, type TableName } from "../../run/Recorder.ts"
import type { Sight } from "../../run/RunOptions.ts"
import { type Resolved, resolve, specHash } from "../../run/RunSpec.ts"
import type { Scenario } from "../../scenario/Scenario.ts"
import { codeWords } from "../../store/CodeVersion.ts"
import type { Manifest } from "../../store/Manifest.ts"
import { readTable } from "../../store/RunFolder.ts"
import { elsewhere, findScenario } from "../Catalogue.ts"
import { command, PROJECT, shown } from "../Checkout.ts"
import { reporter } from "../progress/Progress.ts"

/** A run done again. */
export interface Again {
  readonly same: boolean
  readonly digests: Digests
  /** Tables that differ, each with its first differing row where one was found. */
  readonly differing: readonly string[]
  /** Why it may differ: what has changed since, in words. */
  readonly changed: readonly string[]
  readonly sights: readonly Sight[]
  readonly outlays: readonly Row<"outlays">[]
  /** Every agent's row at the end. */
  readonly agents: readonly Row<"agents">[]
}

interface Asked {
  readonly folder: string
  readonly manifest: Manifest
  readonly agent: string
  readonly scenario: string | undefined
  readonly quiet: boolean
  readonly signal: AbortSignal
}

/** @returns undefined when it was interrupted. @throws what finding and resolving the scenario throws. */
export async function rerun({
  folder,
  manifest,
  agent,
  scenario: file,
  quiet,
  signal
}: Asked): Promise<Again | undefined> {
  const scenario = await findScenario(file ?? idOf(manifest, folder, agent))
  const resolved = resolveAgain(scenario, manifest)
  const progress = reporter(quiet)
  const sights: Sight[] = []
  const interrupted = manifest.status === "interrupted"
  const enough = new AbortController()
  let run: Awaited<ReturnType<typeof execute>>
  try {
    run = await execute({
      scenario,
      resolved,
      chain: manifest.host.chain,
      artifacts: ArtifactStore.openOver(PROJECT),
      onProgress(made) {
        progress.update(made)
        // What lies past the recorded end cannot be compared with anything.
        if (interrupted && made.time > manifest.endedAt) enough.abort()
      },
      onSight(sight) {
        // A behaviour may go on to change what it was shown with.
        if (sight.agent === agent) sights.push({ ...sight, detail: structuredClone(sight.detail) })
      },
      signal: AbortSignal.any([signal, enough.signal])
    })
  } finally {
    progress.done()
  }
  if (signal.aborted) return undefined
  const differing = interrupted
    ? await differences(folder, run.recorder, TABLE_NAMES)
    : await differingTables(folder, manifest.digest, run.manifest.digest, run.recorder)
  return {
    same: differing.length === 0,
    digests: run.manifest.digest,
    differing,
    changed: changes(manifest, resolved, differing.length === 0),
    sights: interrupted ? sights.filter(({ time }) => time <= manifest.endedAt) : sights,
    outlays: rowsOf(run.recorder, "outlays").filter((row) => row.agent === agent),
    agents: rowsOf(run.recorder, "agents")
  }
}

/**
 * The id of the run's scenario, where that finds the file it was run from.
 *
 * A file that a manifest names is not loaded unasked: whoever explains a run of somebody else's would run what lies in
 * that folder. It is named, to be given by hand.
 * @throws ScenarioError UnknownScenario where the id finds no file, or another.
 */
function idOf({ spec, host }: Manifest, folder: string, agent: string): string {
  if (typeof host.file !== "string") return spec.scenario
  const file = shown(resolvePath(folder, host.file))
  if (elsewhere(file) === undefined) return spec.scenario
  const there = existsSync(file)
  throw new ScenarioError({
    reason: "UnknownScenario",
    message: `the run is of the scenario in ${file}, ${there ? "which is not among those that are found by their id" : "and there is no such file any more"}`,
    fix: `Name its file: ${command(`explain ${quoted(folder)} ${quoted(agent)} --scenario ${there ? quoted(file) : `path/to/${spec.scenario}.ts`}`)}.`,
    offending: { name: "--scenario", value: file }
  })
}

/** The recorded spec, by the scenario as it is now: what the two say differently is set. */
function resolveAgain(scenario: Scenario, { spec }: Manifest): Resolved {
  const arm = Object.hasOwn(scenario.arms, spec.arm) ? spec.arm : "baseline"
  const declared = resolve(scenario, { arm, seed: spec.seed })
  const set = Object.fromEntries(
    Object.entries(spec.params).filter(([name, text]) => declared.spec.params[name] !== text)
  )
  const resolved = resolve(scenario, { arm, seed: spec.seed, set })
  return { ...resolved, spec: { ...resolved.spec, arm: spec.arm } }
}

function changes(manifest: Manifest, resolved: Resolved, same: boolean): readonly string[] {
  const { code } = manifest
  const now = codeWords()
  const changed: string[] = []
  if (specHash(resolved.spec) !== manifest.specHash)
    changed.push("the scenario declares another horizon, block or Param")
  if (code.version !== now.version) changed.push(`mesocosm is ${now.version}, and was ${code.version}`)
  else if (code.revision !== now.revision) {
    changed.push(`the code is at ${revisionWords(now.revision)}, and was at ${revisionWords(code.revision)}`)
  }
  // Of interest only where it may be the cause.
  if (!same && (code.changed === true || now.changed === true)) changed.push("there are changes that no revision names")
  return changed
}

function revisionWords(revision: string | null): string {
  return revision === null ? "no revision" : revision.slice(0, 10)
}

// The agents' table is written once, at the end: of a run that was interrupted it says another end.
const TABLE_NAMES = (Object.keys(TABLES) as TableName[]).filter((name) => name !== "agents")

async function differingTables(
  folder: string,
  recorded: Digests,
  again: Digests,
  recorder: Recorder
): Promise<readonly string[]> {
  const names = Object.keys(recorded.tables) as (keyof Digests["tables"])[]
  const differing = names.filter((name) => recorded.tables[name] !== again.tables[name])
  const tables = new Set<TableName>(differing.map((name) => (name === "logs" ? "events" : name)))
  const located = await differences(folder, recorder, [...tables])
  const silent = differing.filter(
    (name) => !located.some((words) => words.startsWith(name === "logs" ? "events" : name))
  )
  return [...located, ...silent]
}

/** Where the stored rows are not the first rows of the recorder's, a line per table. */
async function differences(
  folder: string,
  recorder: Recorder,
  names: readonly TableName[]
): Promise<readonly string[]> {
  const found: string[] = []
  for (const name of names) {
    const columns = recorder.columns(name)
    const stored: readonly { readonly [column: string]: unknown }[] = await readTable(folder, name)
    const at = stored.findIndex((row, index) =>
      Object.keys(columns).some((column) => columns[column]?.[index] !== row[column])
    )
    const row = at < 0 ? undefined : stored[at]
    if (row === undefined) continue
    const where = row["block"] ?? row["time"]
    found.push(`${name} from row ${at} (${row["block"] === undefined ? "second" : "block"} ${String(where)})`)
  }
  return found
}

/** A table's rows as objects. */
function rowsOf<T extends TableName>(recorder: Recorder, name: T): readonly Row<T>[] {
  const columns = Object.entries(recorder.columns(name))
  const rows = Array.from({ length: recorder.rows(name) }, (_, at) =>
    Object.fromEntries(columns.map(([column, values]) => [column, values[at]]))
  )
  // The recorder's columns are the table's.
  return rows as unknown as readonly Row<T>[]
}
