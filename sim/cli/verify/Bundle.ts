/** What a page carries to run again, made again here: contract by contract, and never run. */
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { RERUN } from "../../../reports/rerun/Stored.ts"
import { unpacked } from "../../../reports/verify/Pages.ts"
import { type Difference, differencesOf } from "../../store/Differences.ts"

/** Where a folder's rerun.json is not the one that came again. */
export async function bundleDifferences(published: string, again: string): Promise<readonly Difference[]> {
  const [one, other] = await Promise.all([opened(published), opened(again)])
  return differencesOf(one, other, RERUN)
}

async function opened(folder: string): Promise<unknown> {
  const text = await readFile(join(folder, RERUN), "utf8")
  let bundle: { readonly [field: string]: unknown }
  try {
    bundle = JSON.parse(text) as { readonly [field: string]: unknown }
  } catch {
    // Compared as text.
    return text
  }
  return { ...bundle, artifacts: unpacked(bundle["artifacts"]) }
}
