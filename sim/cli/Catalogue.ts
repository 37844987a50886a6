/**
 * Finds scenarios: by id in the caller's `scenarios/` and in the checkout's, or by the path of a file. A file is
 * loaded when it is asked for, and only that one.
 */
import { existsSync, readdirSync, realpathSync } from "node:fs"
import { basename, join, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { MesocosmError, ScenarioError } from "../Errors.ts"
import { nearest } from "../Nearest.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import { ROOT, shareOurselves, shown } from "./Checkout.ts"

/** A scenario's file. */
export interface Entry {
  readonly id: string
  readonly file: string
}

/** What comes with the package is JavaScript there; a person writes TypeScript. */
const SCENARIO_FILE = /^([a-z][a-z0-9-]*)\.(?:ts|js)$/

/** Every scenario there is, by id; the caller's own before the checkout's where both have one. */
export function catalogue(): readonly Entry[] {
  return entriesIn("scenarios")
}

/** The files of a folder of the caller's, and of the checkout's, by id. */
export function entriesIn(place: string): readonly Entry[] {
  const byId = new Map<string, Entry>()
  // The Hardhat plugin may be told of another folder.
  const own = place === "scenarios" ? (process.env["MESOCOSM_SCENARIOS"] ?? place) : place
  for (const folder of new Set([resolve(own), join(ROOT, place)])) {
    if (!existsSync(folder)) continue
    for (const name of readdirSync(folder).sort()) {
      const [, id] = SCENARIO_FILE.exec(name) ?? []
      if (id !== undefined && !byId.has(id)) byId.set(id, { id, file: join(folder, name) })
    }
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/**
 * The scenario of an id, or in a file.
 * @throws ScenarioError UnknownScenario (with the nearest id), MalformedDeclaration when its file cannot be loaded.
 */
export async function findScenario(named: string): Promise<Scenario> {
  return load(findEntry(named))
}

/** The file of a scenario's id, or of its path. @throws ScenarioError UnknownScenario (with the nearest id). */
export function findEntry(named: string): Entry {
  if (isPath(named)) {
    const file = resolve(named)
    if (existsSync(file) && named.endsWith(".ts")) return { id: basename(file, ".ts"), file: realpathSync(file) }
    throw new ScenarioError({
      reason: "UnknownScenario",
      message: `there is no scenario file ${shown(file)}`,
      fix: "Give the path of a .ts file that exports a scenario as its default, or a scenario's id.",
      offending: { name: "scenario", value: named }
    })
  }
  const entries = catalogue()
  const entry = entries.find(({ id }) => id === named)
  if (entry !== undefined) return entry
  const ids = entries.map(({ id }) => id)
  const near = nearest(named, ids)
  throw new ScenarioError({
    reason: "UnknownScenario",
    message: `there is no scenario "${named}"`,
    fix: `${near === undefined ? "" : `Did you mean ${near}? `}The scenarios are ${ids.join(", ")}; a path to a .ts file works too.`,
    offending: { name: "scenario", value: named }
  })
}

/** The file by which a scenario was named, where its id would not find it; undefined where that does. */
export function elsewhere(named: string): string | undefined {
  if (!isPath(named)) return undefined
  const file = existsSync(named) ? realpathSync(named) : resolve(named)
  return catalogue().some((entry) => realpathSync(entry.file) === file) ? undefined : named
}

function isPath(named: string): boolean {
  return named.endsWith(".ts") || named.includes("/")
}

/** Loads a scenario's file. @throws ScenarioError MalformedDeclaration. */
export async function load(entry: Entry): Promise<Scenario> {
  return loadAs(entry, { thing: "scenario", maker: "Scenario.make", is: isScenario })
}

/** What a file is to export as its default. */
interface Exported<A> {
  /** In words: "scenario". */
  readonly thing: string
  /** What makes one. */
  readonly maker: string
  readonly is: (value: unknown) => value is A
}

/** Loads a file and takes its default export, whose id is the file's name. @throws ScenarioError MalformedDeclaration. */
export async function loadAs<A extends { readonly id: string }>(
  { id, file }: Entry,
  { thing, maker, is }: Exported<A>
): Promise<A> {
  shareOurselves()
  let module: { readonly default?: unknown }
  try {
    module = (await import(pathToFileURL(file).href)) as { readonly default?: unknown }
  } catch (error) {
    if (error instanceof MesocosmError) throw error
    throw malformed(
      file,
      `cannot be loaded: ${error instanceof Error ? firstLine(error.message) : String(error)}`,
      `Mend ${shown(file)}${lineIn(error, file)}.`,
      error
    )
  }
  const found = module.default
  if (!is(found)) throw malformed(file, `exports no ${thing}`, `Write \`export default ${maker}(…)\` in it.`)
  if (found.id !== id) {
    throw malformed(
      file,
      `declares the ${thing} "${found.id}", and a ${thing} is named as its file`,
      `Rename the file to ${found.id}.ts, or the ${thing} to "${id}".`
    )
  }
  return found
}

function malformed(file: string, what: string, fix: string, cause?: unknown): ScenarioError {
  return new ScenarioError({
    reason: "MalformedDeclaration",
    message: `${shown(file)} ${what}`,
    fix,
    offending: { name: "file", value: shown(file) },
    cause
  })
}

function isScenario(value: unknown): value is Scenario {
  return typeof value === "object" && value !== null && "setup" in value && "populations" in value && "id" in value
}

function firstLine(message: string): string {
  return message.split("\n")[0] ?? message
}

/** `:line` where the error's stack names the file. */
function lineIn(error: unknown, file: string): string {
  const stack = error instanceof Error ? (error.stack ?? "") : ""
  const at = stack.indexOf(basename(file))
  const line = at < 0 ? undefined : /^:(\d+)/.exec(stack.slice(at + basename(file).length))?.[1]
  return line === undefined ? "" : `:${line}`
}
