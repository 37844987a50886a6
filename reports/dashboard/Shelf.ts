/**
 * The runs and experiments below some folders, as they are now. A look reads the manifest and the progress file of what
 * changed since the last one, and no table.
 *
 * Invariant: every string that leaves here is visible text; nothing is held per run of an experiment.
 */
import { createHash } from "node:crypto"
import { type Dirent, lstatSync, readdirSync, statSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { errorWords } from "../../sim/Errors.ts"
import type { Analysis } from "../../sim/store/Analysis.ts"
import type { Design } from "../../sim/store/ExperimentManifest.ts"
import { PROGRESS, readProgress, type StoredProgress } from "../../sim/store/ExperimentProgress.ts"
import { ANALYSIS, armFile, EXPERIMENT, readExperiment } from "../../sim/store/ExperimentReader.ts"
import { isHeld } from "../../sim/store/FolderLock.ts"
import type { Manifest } from "../../sim/store/Manifest.ts"
import { MANIFEST, readManifest } from "../../sim/store/RunFolder.ts"
import { visible, visibleDeep } from "../format/Visible.ts"
import { commandLine } from "../run/CommandLine.ts"

/** A line of the list. */
export interface Entry {
  readonly id: string
  readonly kind: "run" | "experiment" | "unreadable"
  readonly folder: string
  readonly scenario: string
  readonly status: string
  /** Arms, seeds, what is varied and set, checks: what tells it from others, in words. */
  readonly says: string
  readonly done: number
  readonly planned: number
  readonly failed: number
  readonly report: boolean
  /** When anything of it was last written, in milliseconds since 1970; the newest stand first. */
  readonly written: number
  /** Changes whenever anything of it does. */
  readonly stamp: string
}

/** What is shown of one. */
export interface Details extends Entry {
  readonly command: string | null
  readonly progress: StoredProgress | null
  readonly failures: readonly { readonly says: string; readonly message: string; readonly command: string }[]
  /** Name to value, for the difference between two. */
  readonly params: { readonly [name: string]: string }
}

const FILES = [EXPERIMENT, MANIFEST, PROGRESS, ANALYSIS, "report.html", "lock"]

/** Most failed runs that are shown; the report has all. */
const FAILURES = 50

export class Shelf {
  readonly #roots: readonly string[]
  #entries = new Map<string, Entry>()

  constructor(roots: readonly string[]) {
    this.#roots = roots
  }

  /** Those there were at the last look, by folder. */
  get entries(): readonly Entry[] {
    return [...this.#entries.values()]
  }

  /** Looks again. @returns what is new or changed, and the ids of what is gone. */
  async look(): Promise<{ readonly changed: readonly Entry[]; readonly gone: readonly string[] }> {
    const now = new Map<string, Entry>()
    const changed: Entry[] = []
    for (const [folder, kind] of this.#roots.flatMap((root) => [...found(root)])) {
      const id = createHash("sha256").update(folder).digest("base64url").slice(0, 16)
      const before = this.#entries.get(id)
      const stamp = stampOf(folder, kind)
      const entry = before?.stamp === stamp ? before : await summary(folder, kind, { id, stamp })
      if (entry !== before) changed.push(entry)
      now.set(id, entry)
    }
    const gone = [...this.#entries.keys()].filter((id) => !now.has(id))
    this.#entries = now
    return { changed, gone }
  }

  /** The folder of one, as it is called on the disk. */
  folder(id: string): string | undefined {
    if (!this.#entries.has(id)) return undefined
    const places = this.#roots.flatMap((root) => [...found(root)])
    return places.find(([each]) => createHash("sha256").update(each).digest("base64url").slice(0, 16) === id)?.[0]
  }

  /** All that is shown of one; undefined where there is no such. @throws ReportError of what cannot be read. */
  async details(id: string): Promise<Details | undefined> {
    const entry = this.#entries.get(id)
    const folder = this.folder(id)
    if (entry === undefined || folder === undefined) return undefined
    if (entry.kind === "unreadable") return { ...entry, command: null, progress: null, failures: [], params: {} }
    return entry.kind === "run" ? runDetails(folder, entry) : experimentDetails(folder, entry)
  }
}

/** Folders that hold a run or an experiment, sorted; what lies within one is its own. */
function* found(root: string): Generator<readonly [string, "run" | "experiment"]> {
  let inside: readonly Dirent[]
  try {
    inside = readdirSync(root, { withFileTypes: true })
  } catch (error) {
    // A folder that went between two looks is gone, and one that never was holds nothing yet.
    if (["ENOENT", "ENOTDIR", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) return
    throw error
  }
  if (inside.some(({ name }) => name === EXPERIMENT)) yield [root, "experiment"]
  else if (inside.some(({ name }) => name === MANIFEST)) yield [root, "run"]
  else {
    const names = inside.filter((each) => each.isDirectory()).map(({ name }) => name)
    for (const name of names.sort()) yield* found(join(root, name))
  }
}

function writtenAt(folder: string): number {
  const stats = FILES.map((file) => statSync(join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0)
  return Math.round(Math.max(...stats))
}

function stampOf(folder: string, kind: "run" | "experiment"): string {
  const parts = FILES.map((file) => {
    const stat = statSync(join(folder, file), { throwIfNoEntry: false, bigint: true })
    return stat === undefined ? "" : `${stat.mtimeNs}:${stat.size}:${stat.ino}`
  })
  return createHash("sha256")
    .update([kind, ...parts, isHeld(folder)].join("/"))
    .digest("base64url")
}

type Known = Pick<Entry, "id" | "stamp">

async function summary(folder: string, kind: "run" | "experiment", known: Known): Promise<Entry> {
  const words = { ...known, folder: visible(folder), report: reportOf(folder), written: writtenAt(folder) }
  try {
    return visibleDeep(kind === "run" ? await runEntry(folder, words) : await experimentEntry(folder, words))
  } catch (error) {
    const { message } = errorWords(error)
    return visibleDeep({
      ...words,
      kind: "unreadable" as const,
      scenario: "",
      status: "unreadable",
      says: message,
      done: 0,
      planned: 0,
      failed: 0
    })
  }
}

type Words = Known & Pick<Entry, "folder" | "report" | "written">

async function runEntry(folder: string, words: Words): Promise<Entry> {
  const { spec, status, checks, params } = await readManifest(folder)
  const broken = checks.filter(({ held }) => held === false).length
  const says = `arm ${spec.arm}, seed ${spec.seed}${setWords(setIn(params))}${broken === 0 ? "" : `, ${broken} of ${checks.length} checks failed`}`
  const failed = status === "failed" ? 1 : 0
  return { ...words, kind: "run", scenario: spec.scenario, status, says, done: 1, planned: 1, failed }
}

async function experimentEntry(folder: string, words: Words): Promise<Entry> {
  const { design, status, runs } = await readExperiment(folder)
  const progress = status === "running" ? readProgress(folder) : undefined
  return {
    ...words,
    kind: "experiment",
    scenario: design.scenario,
    status: status === "running" && !isHeld(folder) ? "stopped" : status,
    says: `${kindWords(design)}: ${design.arms.join(", ")}; ${seedWords(design)}${setWords(design.set)}`,
    done: progress?.done ?? runs.complete + runs.failed,
    planned: progress?.planned ?? runs.planned,
    failed: progress?.failed ?? runs.failed
  }
}

/** What is done, and along what: `compare`, `sweep of fixed, 5 points`. */
function kindWords({ kind, axes, points, assumptions }: Design): string {
  if (points.length === 0) return assumptions === null ? kind : `${kind} over the assumptions`
  return `${kind} of ${axes.map(({ param }) => param).join(", ")}, ${points.length} ${points.length === 1 ? "point" : "points"}`
}

/** What was set by hand, over the arms; empty of nothing. */
function setWords(set: { readonly [name: string]: string }): string {
  const all = Object.entries(set).map(([name, value]) => `${name} = ${value}`)
  return all.length === 0 ? "" : `, with ${all.join(", ")}`
}

/** Which seeds a design asks for; where they are added until all is decided, their number is not its own. */
function seedWords({ seeds: { from, count }, until }: Design): string {
  if (until !== null) return `seeds from ${from} until decided, at most ${until.maxSeeds}`
  return `${count} ${count === 1 ? "seed" : "seeds"} from ${from}`
}

/** Whether there is a report that is a file of its own: a link could lead anywhere. */
export function reportOf(folder: string): boolean {
  return lstatSync(join(folder, "report.html"), { throwIfNoEntry: false })?.isFile() ?? false
}

async function runDetails(folder: string, entry: Entry): Promise<Details> {
  const { spec, params, error } = await readManifest(folder)
  const set = setIn(params)
  const command = visible(commandLine({ scenario: spec.scenario, arm: spec.arm, seed: spec.seed, set }))
  const failures =
    error === null ? [] : [{ says: `arm ${spec.arm}, seed ${spec.seed}`, message: error.message, command }]
  return visibleDeep({
    ...entry,
    command,
    progress: null,
    failures,
    params: { arm: spec.arm, seed: String(spec.seed), ...paramsOf(params) }
  })
}

async function experimentDetails(folder: string, entry: Entry): Promise<Details> {
  const manifest = await readExperiment(folder)
  const { design, named, command } = manifest
  const progress = readProgress(folder) ?? null
  const failed = (await analysisOf(folder))?.failures ?? progress?.failures ?? []
  // Quoted with the true names, then made visible: what is pasted runs nothing else.
  const failures = failed.slice(-FAILURES).map(({ arm, seed, set, message }) => ({
    says: `arm ${arm}, seed ${seed}`,
    message,
    command: commandLine({ scenario: named, arm, seed, set: { ...design.set, ...set } })
  }))
  const params: { [name: string]: string } = {
    kind: design.kind,
    arms: design.arms.join(", "),
    seeds: seedWords(design),
    chain: manifest.chain,
    ...design.set
  }
  let reference: { readonly [name: string]: string } | undefined
  for (const arm of design.arms) {
    const described = await jsonOf<Manifest>(armFile(folder, arm))
    if (described === undefined) continue
    const of = paramsOf(described.params)
    for (const [name, value] of Object.entries(of)) {
      if (reference === undefined) params[name] = value
      else if (reference[name] !== value) params[`${name} in ${arm}`] = value
    }
    reference ??= of
  }
  return visibleDeep({
    ...entry,
    command: command === undefined ? null : `./mesocosm ${command}`,
    progress,
    failures,
    params
  })
}

/** The Params of a run that were set by hand. */
function setIn(params: Manifest["params"]): { readonly [name: string]: string } {
  return Object.fromEntries(params.flatMap(({ name, value, setBy }) => (setBy === "set" ? [[name, value]] : [])))
}

function paramsOf(params: Manifest["params"]): { readonly [name: string]: string } {
  return Object.fromEntries(
    params.map(({ name, value, unit }) => [name, unit === "count" ? value : `${value} ${unit}`])
  )
}

async function analysisOf(folder: string): Promise<Analysis | undefined> {
  return jsonOf<Analysis>(join(folder, ANALYSIS))
}

async function jsonOf<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as T
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined
    throw error
  }
}
