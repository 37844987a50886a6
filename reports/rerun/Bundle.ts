/**
 * What a page carries to run a scenario again: the scenario with its behaviours and the engine as one script, the
 * chain, and the contracts. All of it is text that a page can hold: gzip, in base64.
 *
 * Invariant: the same sources give the same bundle, and no path of the machine stands in it.
 */
import { basename, dirname, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { gzip } from "node:zlib"
import { type BuildFailure, type BuildOptions, build, type Message, type Plugin } from "esbuild"
import type { Carried } from "../../sim/browser/Protocol.ts"
import { ReportError } from "../../sim/Errors.ts"

/** What a page carries; plain data. */
export interface RerunBundle {
  /** Version of this shape. */
  readonly version: 1
  /** Id of the scenario. */
  readonly scenario: string
  /** A classic script for a worker: it serves the runs that sim/browser/Protocol.ts describes. */
  readonly worker: string
  /** The bytes of revm.wasm. */
  readonly wasm: string
  /** JSON of contract name to ABI and bytecode. */
  readonly artifacts: string
}

/** What a bundle is made of. */
export interface BundleSources {
  /** Id of the scenario. */
  readonly scenario: string
  /** Path of its file. */
  readonly file: string
  /** The bytes of revm.wasm. */
  readonly wasm: Uint8Array
  readonly artifacts: Carried
}

/**
 * Bundles a scenario.
 * @throws ReportError NotForAPage when the scenario or a behaviour imports what only Node has, or cannot be bundled.
 */
export async function bundle({ scenario, file, wasm, artifacts }: BundleSources): Promise<RerunBundle> {
  const worker = fileURLToPath(import.meta.resolve("mesocosm/browser"))
  const source = [
    `import scenario from ${JSON.stringify(file)}`,
    `import { serveRuns } from ${JSON.stringify(worker)}`,
    "serveRuns(scenario, self)"
  ].join("\n")
  const script = await scriptOf(
    { stdin: { contents: source, resolveDir: dirname(file), sourcefile: "worker.ts", loader: "ts" } },
    file
  )
  const [packed, chain, contracts] = await Promise.all([pack(script), packWasm(wasm), pack(JSON.stringify(artifacts))])
  return { version: 1, scenario, worker: packed, wasm: chain, artifacts: contracts }
}

let pageScript: Promise<string> | undefined

/** The script of the page's own side, which talks to the worker; bundled once in a process. */
export function pageBundle(): Promise<string> {
  const main = fileURLToPath(import.meta.resolve("./page/Main.ts"))
  pageScript ??= scriptOf({ entryPoints: [main], minify: true }, main)
  return pageScript
}

async function scriptOf(entry: BuildOptions, file: string): Promise<string> {
  try {
    const { outputFiles } = await build({
      // Names stay as they are, for those who look inside; lines that name files go.
      minifyWhitespace: true,
      legalComments: "none",
      ...entry,
      bundle: true,
      write: false,
      format: "iife",
      platform: "browser",
      target: "es2022",
      charset: "utf8",
      logLevel: "silent",
      tsconfigRaw: {},
      plugins: [ourselves, pageOnly]
    })
    return outputFiles?.[0]?.text ?? ""
  } catch (error) {
    throw notForAPage(file, error)
  }
}

/** `mesocosm` is this copy, wherever the scenario's file lies. */
const ourselves: Plugin = {
  name: "mesocosm",
  setup({ onResolve }) {
    onResolve({ filter: /^mesocosm(\/|$)/ }, ({ path }) => ({ path: fileURLToPath(import.meta.resolve(path)) }))
  }
}

const NODE_ONLY =
  /^(node:.*|assert|buffer|child_process|cluster|crypto|dgram|dns|fs|http|http2|https|module|net|os|path|perf_hooks|process|readline|stream|timers|tls|url|util|v8|vm|worker_threads|zlib)(\/.*)?$/

/** Refuses what only Node has. */
const pageOnly: Plugin = {
  name: "page-only",
  setup({ onResolve }) {
    onResolve({ filter: NODE_ONLY }, ({ path }) => ({ errors: [{ text: path, detail: NODE_ONLY }] }))
  }
}

function notForAPage(file: string, cause: unknown): ReportError {
  const [first] = isBuildFailure(cause) ? cause.errors : []
  const where = first === undefined ? basename(file) : place(first)
  const wants = first?.detail === NODE_ONLY ? first.text : undefined
  return new ReportError({
    reason: "NotForAPage",
    message:
      wants === undefined
        ? `${basename(file)} cannot be carried by a page: ${first?.text ?? String(cause)} (${where})`
        : `${basename(file)} cannot run in a page: ${where} imports ${wants}, which only Node has`,
    fix:
      wants === undefined
        ? `Mend ${where}, or write the report with --no-rerun.`
        : `Take ${wants} out of ${where}, or write the report with --no-rerun.`,
    offending: { name: "import", value: wants ?? where },
    cause
  })
}

/** File and line, the file as a person here would write it. */
function place({ location }: Message): string {
  if (location === null) return "the bundle"
  const near = relative(process.cwd(), location.file)
  return `${near.startsWith(`..${sep}..${sep}`) ? location.file : near}:${location.line}`
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error
}

const compress = promisify(gzip)

async function pack(content: string | Uint8Array): Promise<string> {
  return (await compress(content, { level: 9 })).toString("base64")
}

/** The chain is the same in every bundle of a process. */
const packed = new WeakMap<Uint8Array, Promise<string>>()

function packWasm(wasm: Uint8Array): Promise<string> {
  const known = packed.get(wasm) ?? pack(wasm)
  packed.set(wasm, known)
  return known
}
