/**
 * What lies beside a report, held beside what came again: its charts, and its text for a forum. The charts' data are
 * those of the page, so that a drawing which comes again byte for byte shows what is verified.
 */
import { existsSync } from "node:fs"
import { lstat, readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Difference } from "../../sim/store/Differences.ts"

/** The folder of the charts, and the file of the text, in the folder of a run or an experiment. */
export const CHARTS = "charts"
export const TEXT = "report.md"

/** What came of it, in words. */
export interface Beside {
  readonly confirmed: readonly string[]
  readonly differs: readonly Difference[]
  readonly untried: readonly string[]
}

/** What has to be made again for `besideDifferences`. */
export function besideIn(folder: string): { readonly charts: boolean; readonly markdown: boolean } {
  return { charts: existsSync(join(folder, CHARTS)), markdown: existsSync(join(folder, TEXT)) }
}

/** Where charts/ and report.md of `published` are not those of `again`, in which both were made again. */
export async function besideDifferences(published: string, again: string): Promise<Beside> {
  const confirmed: string[] = []
  const differs: Difference[] = []
  const untried: string[] = []
  const { charts, markdown } = besideIn(published)
  if (markdown) {
    const one = await plainFile(join(published, TEXT))
    const other = await readFile(join(again, TEXT), "utf8")
    if (one === undefined) untried.push(`${TEXT}: it is no file`)
    else {
      const found = lineDifferences(one.toString("utf8"), other)
      differs.push(...found)
      if (found.length === 0) confirmed.push(`${TEXT}: every line, to the byte`)
    }
  }
  if (charts) {
    const names = await readdir(join(published, CHARTS))
    const made = existsSync(join(again, CHARTS)) ? await readdir(join(again, CHARTS)) : []
    let same = 0
    for (const name of names.sort()) {
      const where = `${CHARTS}/${name}`
      const one = await plainFile(join(published, CHARTS, name))
      if (one === undefined) untried.push(`${where}: it is no file`)
      else if (!made.includes(name)) differs.push({ where, published: `${one.length} bytes`, again: "no such chart" })
      else {
        const other = await readFile(join(again, CHARTS, name))
        if (one.equals(other)) same++
        else differs.push(name.endsWith(".svg") ? markDifference(where, one, other) : byteDifference(where, one, other))
      }
    }
    const missing = made.filter((name) => !names.includes(name))
    if (missing.length > 0) untried.push(`charts that are not in the folder: ${missing.join(", ")}`)
    if (same === names.length) confirmed.push(`${CHARTS}: ${same} drawings, to the byte`)
  }
  return { confirmed, differs, untried }
}

/** Undefined of what is a folder, a link or a device: nothing is followed out of the folder. */
async function plainFile(path: string): Promise<Buffer | undefined> {
  return (await lstat(path)).isFile() ? readFile(path) : undefined
}

/** Every line that is another; where lines were put in or taken out, the first alone. */
function lineDifferences(one: string, other: string): readonly Difference[] {
  if (one === other) return []
  const [ours, theirs] = [one.split("\n"), other.split("\n")]
  const moved = ours.length !== theirs.length
  const found: Difference[] = []
  let heading = ""
  for (let at = 0; at < Math.max(ours.length, theirs.length); at++) {
    const [published, again] = [ours[at], theirs[at]]
    if (again?.startsWith("#") === true) heading = again.replace(/^#+ /, "")
    if (published === again) continue
    const under = heading === "" ? "" : ` (“${short(heading)}”)`
    const where = `${TEXT}, line ${at + 1}${under}${moved ? ", and what follows" : ""}`
    found.push({ where, ...apart(published ?? "nothing", again ?? "nothing") })
    if (moved) break
  }
  return found
}

/** The first tag, or text between tags, that is another. */
function markDifference(where: string, one: Buffer, other: Buffer): Difference {
  const [ours, theirs] = [one, other].map((each) => each.toString("utf8").split(/(<[^>]*>)/)) as [string[], string[]]
  const at = theirs.findIndex((token, nth) => ours[nth] !== token)
  const [published = "", again = ""] = [ours[at], theirs[at]]
  // Blanks show nothing, and what only goes on after its end has no token here.
  if (published.trim() === "" || again.trim() === "") return byteDifference(where, one, other)
  return { where, ...apart(published, again) }
}

function byteDifference(where: string, one: Buffer, other: Buffer): Difference {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  const words = (bytes: Buffer): string => `${bytes.length} bytes, at byte ${at}: ${bytes[at] ?? "its end"}`
  return { where, published: words(one), again: words(other) }
}

/** Two texts from a little before they part. */
function apart(published: string, again: string): { readonly published: string; readonly again: string } {
  let at = 0
  while (at < published.length && published[at] === again[at]) at++
  const near = (text: string): string => (at <= 60 ? short(text) : `…${short(text.slice(at - 40))}`)
  return { published: near(published), again: near(again) }
}

function short(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 97)}…`
}
