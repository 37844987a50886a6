/**
 * `verify --run-embedded`: the code that a report carries, run apart from everything, beside what the report says and
 * beside what the code at hand gives. It vouches for the arithmetic of a page, never for its honesty.
 */
import { readBundle } from "../../../../reports/rerun/Stored.ts"
import { carriedBy } from "../../../../reports/verify/Pages.ts"
import { ReportError } from "../../../Errors.ts"
import type { Difference } from "../../../store/Differences.ts"
import { plural } from "../../Text.ts"
import { chromium, type Tool } from "../../testing/Tools.ts"
import { Cell, type Embedded, type Limits, type Said } from "./Cell.ts"
import { Lost, walled } from "./Chromium.ts"

/** A run that the embedded code shall make. */
export interface Asked {
  readonly arm: string
  readonly seed: number
  /** Params over the arm. */
  readonly set: { readonly [param: string]: string }
  readonly published: Digests
  /** Of the code at hand; undefined where it did not make it. */
  readonly again: Digests | undefined
}

export interface Digests {
  readonly economy: string
  readonly trace: string
}

/** What the embedded code gives, against either. */
export interface EmbeddedEnd {
  /** Runs that it made. */
  readonly made: number
  readonly of: number
  /** Where its digests are not those that the report says. */
  readonly fromPublished: readonly Difference[]
  /** Where its digests are not those of the code at hand. */
  readonly fromHere: readonly Difference[]
  /** Where no more came of it, and why. */
  readonly stopped: readonly Difference[]
  /** What it asked of a network or a disk, and did not get, as far as it was seen. */
  readonly refused: readonly string[]
  /** What is to be known of how it was run. */
  readonly notes: readonly string[]
}

const LIMITS: Limits = { seconds: 120, bytes: 3 * 2 ** 30 }

/** The browser. @throws ReportError NoBrowser, before anything has been done. */
export function browser(find: Tool = chromium): string {
  const program = find()
  if (program !== undefined) return program
  throw new ReportError({
    reason: "NoBrowser",
    message: "--run-embedded takes a Chromium, in which the code is shut in, and there is none here",
    fix: `Install one (${find.install}), name one with CHROMIUM_PATH, or leave out --run-embedded.`,
    offending: { name: "--run-embedded", value: "no Chromium" }
  })
}

/** What a page, or else a folder, carries; undefined where that is nothing. @throws ReportError UnreadableRun, SchemaVersion. */
export async function embeddedIn(page: string | undefined, folder: string | undefined): Promise<Embedded | undefined> {
  if (page !== undefined) return carriedBy(page)
  const bundle = folder === undefined ? null : await readBundle(folder)
  return bundle === null || "refused" in bundle ? undefined : bundle
}

/** Has the runs made, one after another. */
export async function runEmbedded(
  { worker, wasm, artifacts }: Embedded,
  runs: readonly Asked[],
  options: {
    readonly scratch: string
    readonly signal?: AbortSignal
    readonly limits?: Limits
  }
): Promise<EmbeddedEnd> {
  const { scratch, signal, limits = LIMITS } = options
  const fromPublished: Difference[] = []
  const fromHere: Difference[] = []
  const stopped: Difference[] = []
  const refused: string[] = []
  let made = 0
  let cell: Cell | undefined
  try {
    cell = await Cell.open({ worker, wasm, artifacts }, { program: browser(), scratch, limits })
    for (const { arm, seed, set, published, again } of runs) {
      if (signal?.aborted === true) break
      const said = await cell.make({ arm, seed, set })
      const where = `run of arm ${arm}, seed ${seed}`
      if ("none" in said) {
        stopped.push({ where, published: published.economy, again: `no run: ${said.none}` })
        continue
      }
      made++
      fromPublished.push(...parted(published, said, where))
      if (again !== undefined) fromHere.push(...parted(again, said, where))
    }
  } catch (error) {
    if (!(error instanceof Lost)) throw error
    stopped.push({
      where: `after ${plural(made, "run")}`,
      published: `${plural(runs.length, "run")}`,
      again: error.message
    })
  } finally {
    refused.push(...(cell?.refused ?? []))
    await cell?.close()
  }
  const notes = walled ? [] : ["Chromium ran without the walls of its own that root cannot have"]
  return { made, of: runs.length, fromPublished, fromHere, stopped, refused, notes }
}

function parted(one: Digests, said: Said & Digests, where: string): readonly Difference[] {
  return (["economy", "trace"] as const).flatMap((name) =>
    one[name] === said[name] ? [] : [{ where: `${where} › ${name}`, published: one[name], again: said[name] }]
  )
}
