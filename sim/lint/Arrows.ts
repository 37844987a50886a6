/**
 * Checks the arrows between the rooms, the rooms that run in a page, cycles and barrels.
 *
 * Invariant: it is silent exactly when every import of every source agrees with the table in Rooms.ts, no
 * import leads back to where it began, and nothing but the entries of package.json re-exports.
 */
import { entriesOf, type Import, readImports, type Source, sourcesBelow } from "./Imports.ts"
import { isExempt, type Room, roomOf, within } from "./Rooms.ts"

/** One broken rule. */
export interface Violation {
  readonly rule: "arrow" | "page" | "cycle" | "barrel" | "syntax"
  readonly path: string
  /** 1-based; 1 where the whole file is meant. */
  readonly line: number
  /** What is wrong, and what to do instead. */
  readonly message: string
}

const folders = ["contracts", "sim", "agents", "scenarios", "reports", "notebooks"]

/** Lints the sources of the repository at `root`; violations come sorted by path and line. */
export function checkArrows(root: string): readonly Violation[] {
  const self = entriesOf(root)
  const sources = folders.flatMap((folder) => sourcesBelow(root, folder)).map((path) => readImports(root, path, self))
  const entries = new Set(self.entries.values())
  const violations = [...sources.flatMap((source) => checkSource(source, entries)), ...checkCycles(sources)]
  return violations.sort((a, b) => compare(a.path, b.path) || a.line - b.line || compare(a.message, b.message))
}

/** One violation as one line that an editor can jump to. */
export function show(violation: Violation): string {
  return `${violation.path}:${violation.line} ${violation.rule} ${violation.message}`
}

function checkSource(source: Source, entries: ReadonlySet<string>): readonly Violation[] {
  const { path } = source
  const found: Violation[] = source.errors.map((message) => ({ rule: "syntax", path, line: 1, message }))
  const room = roomOf(path)
  if (room === undefined || isExempt(path)) return found
  for (const each of source.imports) {
    const problem = entries.has(path) && each.reexport ? undefined : checkImport(room, each)
    if (problem !== undefined) found.push({ ...problem, path, line: each.line })
    if (each.reexport && !entries.has(path)) {
      found.push({
        rule: "barrel",
        path,
        line: each.line,
        message: `S4: re-exports "${each.specifier}". Import it where it is used; only the entries in package.json's exports re-export.`
      })
    }
  }
  return found
}

function checkImport(room: Room, each: Import): Pick<Violation, "rule" | "message"> | undefined {
  const arrow = (why: string): Pick<Violation, "rule" | "message"> => ({
    rule: "arrow",
    message: `S1: ${room.name} imports "${each.specifier}". ${why}`
  })
  switch (each.kind) {
    case "self":
      if (room.self === "never") return arrow("Inside sim, import the file itself by its path.")
      if (room.self === "types" && !each.typesOnly) return arrow("Import its types alone (import type).")
      return undefined
    case "package": {
      if (room.packages === undefined || room.packages.includes(each.target)) return undefined
      if (each.typesOnly && room.types?.includes(each.target)) return undefined
      const allowed = room.packages.length === 0 ? "mesocosm" : room.packages.join(", ")
      const types = room.types === undefined ? "" : `; and the types of ${room.types.join(", ")}`
      return arrow(`It may import ${allowed}${types}.`)
    }
    case "path":
      return checkPath(room, each, arrow)
  }
}

function checkPath(
  room: Room,
  each: Import,
  arrow: (why: string) => Pick<Violation, "rule" | "message">
): Pick<Violation, "rule" | "message"> | undefined {
  if (isExempt(each.target)) return arrow("Tests, benches and fixtures are imported by tests alone.")
  if (!within(each.target, room.imports)) {
    const byName =
      each.target.startsWith("sim/") && room.self === "values" ? ` The simulation comes as "mesocosm".` : ""
    return arrow(`It may import ${room.imports.join(", ")}.${byName}`)
  }
  const reached = roomOf(each.target)
  if (room.page && !each.typesOnly && reached !== undefined && !reached.page) {
    return {
      rule: "page",
      message: `S1: ${room.name} imports "${each.specifier}", which does not run in a page (${reached.name}). Import its types alone, or hand the value in.`
    }
  }
  return undefined
}

/** Each cycle once, reported at its first file in the order of paths. Imports of types count: they tangle readers too. */
function checkCycles(sources: readonly Source[]): readonly Violation[] {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const done = new Set<string>()
  const trail: string[] = []
  const found: Violation[] = []
  const visit = (path: string): void => {
    const at = trail.indexOf(path)
    if (at >= 0) {
      found.push(cycleOf(trail.slice(at), byPath))
      return
    }
    const source = byPath.get(path)
    if (source === undefined || done.has(path)) return
    trail.push(path)
    for (const target of new Set(source.imports.map((each) => each.target))) visit(target)
    trail.pop()
    done.add(path)
  }
  for (const source of sources) visit(source.path)
  return found
}

function cycleOf(members: readonly string[], byPath: ReadonlyMap<string, Source>): Violation {
  const first = [...members].sort(compare)[0] ?? ""
  const from = members.indexOf(first)
  const ring = [...members.slice(from), ...members.slice(0, from), first]
  const next = byPath.get(first)?.imports.find((each) => each.target === ring[1])
  return { rule: "cycle", path: first, line: next?.line ?? 1, message: `imports itself: ${ring.join(" -> ")}` }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
