/**
 * What the notebooks share: a run in this process, a chart, a table. For Deno's kernel, and for Node.
 *
 * Runs are made on the fast chain, as a page makes them: `mesocosm/browser` at the other end of a port.
 */
import { execFileSync } from "node:child_process"
import { appendFileSync, existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { TopLevelSpec } from "vega-lite"
import { toPng, toSvg } from "../reports/charts/Render.ts"
import { LIGHT } from "../reports/charts/Theme.ts"
import { neededArtifacts } from "../sim/browser/Needed.ts"
import type { Done, FromWorker, SampleRow, ToWorker } from "../sim/browser/Protocol.ts"
import { type Port, serveRuns } from "../sim/browser/Worker.ts"
import { ArtifactStore } from "../sim/chain/artifact/ArtifactStore.ts"

const ROOT = join(import.meta.dirname, "..")

/** A scenario, as `Scenario.make` gives it. */
type Scenario = Parameters<typeof serveRuns>[0]

/** A run that came to its end. */
export interface Ran extends Done {
  /** Every sample of every metric, in whole units. */
  readonly samples: readonly SampleRow[]
  /** Each metric's last sample, in whole units. */
  readonly last: { readonly [metric: string]: number }
}

/** What of a run is chosen; `arm` is `baseline` and `seed` 7 unless said otherwise. */
export interface Choice {
  readonly arm?: string
  readonly seed?: number
  /** Param to what a person writes. */
  readonly set?: { readonly [param: string]: string }
}

/** This end of the channel. */
interface Ear {
  onmessage: ((event: { readonly data: unknown }) => void) | null
  postMessage(message: unknown): void
  close(): void
}

/** Makes a run. @throws Error with what was wrong, and what to do. */
export function run(scenario: Scenario, { arm = "baseline", seed = 7, set = {} }: Choice = {}): Promise<Ran> {
  // Every runtime has this channel, each under types of its own.
  const { port1, port2 } = new MessageChannel() as unknown as { readonly port1: Ear; readonly port2: Port & Ear }
  const say = (message: ToWorker): void => port1.postMessage(message)
  const samples: SampleRow[] = []
  return new Promise<Ran>((resolve, reject) => {
    port1.onmessage = ({ data }) => {
      // What a worker says is listed in Protocol.ts.
      const message = data as FromWorker
      if (message.type === "progress") samples.push(...message.samples)
      else if (message.type === "done") {
        resolve({
          ...message,
          samples,
          last: Object.fromEntries(samples.map(({ metric, number }) => [metric, number]))
        })
      } else reject(new Error(message.type === "failed" ? `${message.error.message}. ${message.error.fix}` : "stopped"))
    }
    serveRuns(scenario, port2)
    say({ type: "begin", wasm, artifacts: neededArtifacts(scenario, { module, artifacts: (name) => store.get(name) }) })
    say({ type: "run", id: 1, arm, seed, set })
  }).finally(() => {
    port1.close()
    port2.close()
  })
}

/** The language's library does not have it; every runtime has. */
declare const WebAssembly: { readonly Module: new (bytes: Uint8Array) => object }

const wasm = readFileSync(join(ROOT, "sim/chain/revm/revm.wasm"))
const module = new WebAssembly.Module(wasm)
const store = ArtifactStore.open(ROOT)

/**
 * Conducts an experiment by the command `mesocosm`, unless it stands there already from an earlier cell or notebook. Its
 * exit code is 1 where a check of the scenario broke in a run, which is a result like others.
 * @returns its folder.
 */
export function experiment(name: string, args: readonly string[]): string {
  const folder = join(ROOT, ".mesocosm/notebooks", name)
  if (!existsSync(join(folder, "analysis.json"))) {
    try {
      execFileSync(join(ROOT, "mesocosm"), [...args, "--quiet", "--out", folder], { cwd: ROOT, stdio: "pipe" })
    } catch (error) {
      if ((error as { readonly status?: number }).status !== 1) throw error
    }
  }
  return folder
}

/** What shows something in a notebook; elsewhere the words alone are printed. */
interface Notebook {
  readonly jupyter?: {
    display(bundle: { readonly [mime: string]: unknown }, options: { readonly raw: true }): Promise<void>
  }
}

const { Deno: deno } = globalThis as { readonly Deno?: Notebook }

/** Shows a Vega-Lite spec as one bundle: interactive where the reader can, else as an image, else in words. */
export async function chart(spec: object, words: string): Promise<void> {
  const sized = { width: 560, height: 280, ...spec } as unknown as TopLevelSpec
  const svg = await toSvg(sized, LIGHT, { id: "chart", title: words, description: words })
  const png = await toPng(svg, LIGHT.palette.paper)
  await show({
    "application/vnd.vegalite.v6+json": { $schema: "https://vega.github.io/schema/vega-lite/v6.json", ...sized },
    "image/png": Buffer.from(png).toString("base64"),
    "text/plain": words
  })
}

/** Shows rows as a table: HTML where the reader can, else aligned columns. */
export async function table(rows: readonly { readonly [column: string]: string | number }[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  const lines = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? "")))]
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? "").length)))
  const text = lines.map((line) => line.map((cell, at) => cell.padStart(widths[at] ?? 0)).join("  ")).join("\n")
  const escaped = (cell: string): string => cell.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
  const html = lines.map((line, at) => {
    const tag = at === 0 ? "th" : "td"
    return `<tr>${line.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join("")}</tr>`
  })
  await show({ "text/html": `<table>${html.join("")}</table>`, "text/plain": text })
}

async function show(bundle: { readonly "text/plain": string; readonly [mime: string]: unknown }): Promise<void> {
  const { MESOCOSM_SHOWN: shown } = process.env
  // execute.py reads it: see there.
  if (shown !== undefined) appendFileSync(shown, `${JSON.stringify(bundle)}\n`)
  if (deno?.jupyter === undefined) console.log(bundle["text/plain"])
  else await deno.jupyter.display(bundle, { raw: true })
}
