/**
 * Compares two pages as text: what a reader reads, each chart's data, what a page carries. Nothing in them is run.
 *
 * Invariant: pages that differ in any byte have at least one difference.
 */
import { gunzipSync } from "node:zlib"
import { type Difference, differencesOf } from "../../sim/store/Differences.ts"
import { SPECS_ID } from "../html/ChartScript.ts"
import { PLACES } from "../rerun/Places.ts"

interface Parts {
  /** Id to its data. */
  readonly data: ReadonlyMap<string, string>
  readonly scripts: readonly string[]
  /** Tags and the texts between them. */
  readonly tokens: readonly string[]
}

/** How the data about published runs is called. */
export const PUBLISHED_RUNS = "what the page knows of its published runs"

const WORDS: { readonly [id: string]: string } = {
  [SPECS_ID]: "chart",
  [PLACES.worker]: "the script that runs again",
  [PLACES.wasm]: "the chain that runs again",
  [PLACES.artifacts]: "bytecode that runs again",
  [PLACES.facts]: PUBLISHED_RUNS
}

/** Every difference of a published page from the one that came again. */
export function pageDifferences(published: string, again: string): readonly Difference[] {
  if (published === again) return []
  const [one, other] = [partsOf(published), partsOf(again)]
  const found: Difference[] = [...textDifferences(one.tokens, other.tokens)]
  for (const id of new Set([...one.data.keys(), ...other.data.keys()])) {
    found.push(...dataDifferences(id, one.data.get(id), other.data.get(id)))
  }
  found.push(...differencesOf(one.scripts, other.scripts, "script"))
  return found.length > 0 ? found : [firstByte(published, again)]
}

/** What a page carries to run again, packed as it stands there; undefined where it carries none. Nothing is unpacked. */
export function carriedBy(
  page: string
): { readonly worker: string; readonly wasm: string; readonly artifacts: string } | undefined {
  const { data } = partsOf(page)
  const [worker, wasm, artifacts] = [PLACES.worker, PLACES.wasm, PLACES.artifacts].map((id) => data.get(id))
  return worker === undefined || wasm === undefined || artifacts === undefined ? undefined : { worker, wasm, artifacts }
}

function partsOf(page: string): Parts {
  const data = new Map<string, string>()
  const scripts: string[] = []
  const rest = page.replaceAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi, (_, attributes: string, text: string) => {
    const [, id] = /\bid="([^"]*)"/.exec(attributes) ?? []
    if (id === undefined || data.has(id)) scripts.push(`${attributes}>${text}`)
    else data.set(id, text)
    return `<script${attributes}>`
  })
  return { data, scripts, tokens: rest.split(/(<[^>]*>)/).filter((token) => token.trim() !== "") }
}

function textDifferences(one: readonly string[], other: readonly string[]): readonly Difference[] {
  const found: Difference[] = []
  const moved = one.length !== other.length
  let heading = "the page"
  let before = ""
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const [ours = "nothing", theirs = "nothing"] = [one[at], other[at]]
    const tag = theirs.startsWith("<")
    if (ours !== theirs) {
      const where = `“${heading}”${before === "" ? "" : ` after “${short(before)}”`}${moved ? ", and what follows" : ""}`
      found.push({ where, published: short(ours), again: short(theirs) })
      if (moved) return found
    }
    if (/^<h[1-3]\b/i.test(theirs)) heading = other[at + 1] ?? heading
    if (!tag) before = theirs
  }
  return found
}

function dataDifferences(id: string, one: string | undefined, other: string | undefined): readonly Difference[] {
  if (one === other) return []
  const words = WORDS[id] ?? `data “${id}”`
  const read = id === PLACES.artifacts ? unpacked : parsed
  const named = differencesOf(read(one), read(other), words)
  return named.length > 0 ? named : [firstByte(one ?? "", other ?? "", words)]
}

/** JSON as what it says; other text as it stands. */
function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    // Compared as text.
    return text
  }
}

/** Most bytes that what a page packs may have. */
const MOST = 64 * 1024 * 1024

/** JSON that was compressed and written in base 64, as what it says; anything else as it stands. */
export function unpacked(packed: unknown): unknown {
  if (typeof packed !== "string") return packed
  try {
    return JSON.parse(gunzipSync(Buffer.from(packed, "base64"), { maxOutputLength: MOST }).toString("utf8"))
  } catch {
    // Damaged, or none of ours: compared as text.
    return packed
  }
}

function firstByte(one: string, other: string, where = "the page"): Difference {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  const near = (text: string): string => short(text.slice(Math.max(0, at - 20), at + 60))
  return { where: `${where}, at character ${at}`, published: near(one), again: near(other) }
}

function short(text: string): string {
  const flat = text.replaceAll(/\s+/g, " ").trim()
  return flat.length <= 100 ? flat : `${flat.slice(0, 97)}…`
}
