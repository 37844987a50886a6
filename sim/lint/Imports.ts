/**
 * Reads what a TypeScript file imports, with oxc's parser.
 *
 * Invariant: every static, dynamic (with a literal) and type import is found once per place where it stands,
 * and is marked as types alone exactly when type stripping removes it.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { isBuiltin } from "node:module"
import { join, posix } from "node:path"
import { parseSync, Visitor } from "oxc-parser"

/** One import, as written and as resolved. */
export interface Import {
  /** As written between the quotes. */
  readonly specifier: string
  /** Path within the repository, a package's name, `node:` for a builtin. */
  readonly target: string
  readonly kind: "path" | "package" | "self"
  /** True when nothing of it is left once the types are stripped. */
  readonly typesOnly: boolean
  /** True for `export … from`. */
  readonly reexport: boolean
  /** 1-based. */
  readonly line: number
}

/** A source file and its imports. */
export interface Source {
  readonly path: string
  readonly imports: readonly Import[]
  /** What the parser could not read, in its words. */
  readonly errors: readonly string[]
}

const skipped = new Set(["node_modules", "artifacts", "cache", "coverage", "runs", "types", "target"])

/** Paths of all `.ts` files below `folder`, sorted, relative to `root`; generated files and declarations are left out. */
export function sourcesBelow(root: string, folder: string): readonly string[] {
  const found: string[] = []
  const walk = (path: string): void => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const child = path === "" ? entry.name : `${path}/${entry.name}`
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name) && !entry.name.startsWith(".")) walk(child)
      } else if (/\.[cm]?ts$/.test(entry.name) && !/\.(?:gen|d)\.ts$/.test(entry.name)) found.push(child)
    }
  }
  // A room that is still empty is no folder in a clone.
  if (existsSync(join(root, folder))) walk(folder)
  return found.sort()
}

/** The self-reference entries of package.json: specifier (`mesocosm/contracts`) to source path. */
export type Entries = ReadonlyMap<string, string>

/** Reads the `exports` of the package at `root`; of conditional ones, the condition that names a source. */
export function entriesOf(root: string): { readonly name: string; readonly entries: Entries } {
  // The shape is npm's; what is not a string or an object of strings is passed over.
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly name: string
    readonly exports?: Readonly<Record<string, unknown>>
  }
  const entries = new Map<string, string>()
  for (const [key, value] of Object.entries(manifest.exports ?? {})) {
    const targets = typeof value === "string" ? [value] : Object.values(value ?? {})
    const source = targets.find((target): target is string => typeof target === "string" && target.endsWith(".ts"))
    if (source !== undefined) entries.set(posix.join(manifest.name, key), posix.normalize(source))
  }
  return { name: manifest.name, entries }
}

/** Parses the file at `path` (relative to `root`) and resolves its imports. */
export function readImports(
  root: string,
  path: string,
  self: { readonly name: string; readonly entries: Entries }
): Source {
  const text = readFileSync(join(root, path), "utf8")
  const { module, program, errors } = parseSync(path, text)
  const imports: Import[] = []
  const add = (specifier: string, start: number, typesOnly: boolean, reexport: boolean): void => {
    const line = text.slice(0, start).split("\n").length
    imports.push({ specifier, ...resolve(path, specifier, self), typesOnly, reexport, line })
  }
  for (const { moduleRequest, entries, start } of module.staticImports) {
    add(moduleRequest.value, start, entries.length > 0 && entries.every((entry) => entry.isType), false)
  }
  for (const { entries, start } of module.staticExports) {
    // `import { x } from "y"; export { x }` carries the import's request: it is counted with the imports.
    const first = entries.find((entry) => entry.moduleRequest !== null)
    const reexported = text.slice(start, start + "export".length) === "export"
    if (first?.moduleRequest && reexported) {
      add(
        first.moduleRequest.value,
        start,
        entries.every((entry) => entry.isType),
        true
      )
    }
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const literal = /^(["'`])([^$]*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end))
    if (literal?.[2] !== undefined) add(literal[2], start, false, false)
  }
  if (/\bimport\s*\(/.test(text)) {
    new Visitor({
      TSImportType: (node) => {
        if (typeof node.source.value === "string") add(node.source.value, node.start, true, false)
      }
    }).visit(program)
  }
  return { path, imports, errors: errors.map((error) => error.message) }
}

/** Where a specifier leads from `importer`. */
function resolve(
  importer: string,
  specifier: string,
  self: { readonly name: string; readonly entries: Entries }
): Pick<Import, "target" | "kind"> {
  if (specifier.startsWith(".")) {
    return { kind: "path", target: posix.normalize(posix.join(posix.dirname(importer), specifier)) }
  }
  if (isBuiltin(specifier)) return { kind: "package", target: "node:" }
  if (specifier === self.name || specifier.startsWith(`${self.name}/`)) {
    return { kind: "self", target: self.entries.get(specifier) ?? specifier }
  }
  const parts = specifier.split("/")
  return { kind: "package", target: parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/") }
}
