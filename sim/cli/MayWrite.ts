/** Finds out whether a file can be written before the runs whose outcome goes there are made. */
import { rm, stat, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { ScenarioError } from "../Errors.ts"
import { makeFolder } from "../store/makeFolder.ts"

/** Tries a file beside it; nothing is left but the folders above. @throws ScenarioError Unwritable. */
export async function mayWrite(path: string | undefined, flag: string): Promise<void> {
  if (path === undefined) return
  try {
    await makeFolder(dirname(path))
    await writeFile(`${path}.tmp`, "")
    await rm(`${path}.tmp`)
  } catch (cause) {
    throw unwritable(path, flag, cause)
  }
  const there = await stat(path).catch(() => undefined)
  if (there?.isDirectory() === true) throw unwritable(path, flag, { code: "EISDIR" })
}

/** That a file cannot be written. */
export function unwritable(path: string, flag: string, cause: unknown): ScenarioError {
  return new ScenarioError({
    reason: "Unwritable",
    message: `${path} cannot be written: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`,
    fix: `Give a file you may write to with ${flag}.`,
    offending: { name: flag, value: path },
    cause
  })
}
