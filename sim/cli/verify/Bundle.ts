/** What a page carries to run again, made again here: contract by contract, and never run. */
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { RERUN } from "../../../reports/rerun/Stored.ts"
import { type Difference, differencesOf } from "../../store/Differences.ts"

/** Most bytes that what is packed may have. */
const MOST = 64 * 1024 * 1024

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

function unpacked(packed: unknown): unknown {
  if (typeof packed !== "string") return packed
  try {
    return JSON.parse(gunzipSync(Buffer.from(packed, "base64"), { maxOutputLength: MOST }).toString("utf8"))
  } catch {
    // Damaged: compared as text.
    return packed
  }
}
