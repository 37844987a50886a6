/** What a scenario's file imports, whatever that imports, and so on: the files, and the packages that they ask for. */
import { readFileSync } from "node:fs"
import { dirname, join, sep } from "node:path"
import type { Loader, Plugin } from "esbuild"
import { ScenarioError } from "../../Errors.ts"
import { shown } from "../Checkout.ts"

/** A module graph. */
export interface ModuleGraph {
  /** Real paths, sorted; the scenario's own among them. */
  readonly files: readonly string[]
  /** Packages below a `node_modules`, as `name@version`, sorted; mesocosm and what comes with Node left out. */
  readonly packages: readonly string[]
}

/**
 * The graph of a file, as its `import`s and `require`s say it. What a module reads by itself while it runs is not seen.
 * @throws ScenarioError MalformedDeclaration when a file of it cannot be parsed.
 */
export async function graphOf(file: string): Promise<ModuleGraph> {
  const { build } = await import("esbuild")
  const packages = new Set<string>()
  try {
    const { metafile } = await build({
      entryPoints: [file],
      bundle: true,
      write: false,
      metafile: true,
      format: "esm",
      platform: "node",
      logLevel: "silent",
      tsconfigRaw: {},
      absWorkingDir: sep,
      outdir: sep,
      plugins: [asNodeDoes(packages)]
    })
    return {
      files: Object.keys(metafile.inputs)
        .map((path) => join(sep, path))
        .sort(),
      packages: [...packages].sort()
    }
  } catch (cause) {
    throw new ScenarioError({
      reason: "MalformedDeclaration",
      message: `${shown(file)} or what it imports cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      fix: "Mend the file that is named.",
      offending: { name: "file", value: shown(file) },
      cause
    })
  }
}

const PARSED: { readonly [ending: string]: Loader } = {
  ts: "ts",
  mts: "ts",
  cts: "ts",
  js: "js",
  mjs: "js",
  cjs: "js",
  json: "json"
}

/** Follows imports into files, ends at packages, and takes note of those. */
function asNodeDoes(packages: Set<string>): Plugin {
  const within = Symbol()
  return {
    name: "module-graph",
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /./ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (kind === "entry-point" || pluginData === within) return undefined
        if (/^(?:node:|mesocosm(?:\/|$))/.test(path)) return { path, external: true }
        const found = await resolve(path, { kind, importer, resolveDir, pluginData: within })
        // What is not there is not asked for when the scenario runs, or fails there in Node's words.
        if (found.errors.length > 0 || found.external) return { path, external: true }
        if (!found.path.includes(`${sep}node_modules${sep}`)) return { path: found.path }
        packages.add(packageOf(found.path))
        return { path, external: true }
      })
      // Of what is no module the bytes count, and nothing that could be parsed.
      onLoad({ filter: /./ }, ({ path }) => ({
        contents: readFileSync(path),
        loader: PARSED[path.slice(path.lastIndexOf(".") + 1)] ?? "empty"
      }))
    }
  }
}

/** `name@version` of the package that holds a file. */
function packageOf(file: string): string {
  for (let at = dirname(file); dirname(at) !== at; at = dirname(at)) {
    const { name, version } = declared(join(at, "package.json"))
    // A package.json that only says which kind of modules lie below it has neither.
    if (name !== undefined && version !== undefined) return `${name}@${version}`
  }
  return file
}

function declared(path: string): { readonly name?: string; readonly version?: string } {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as { readonly name?: string; readonly version?: string }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {}
    throw error
  }
}
