/** Puts a file where it belongs: beside its place first, then renamed, so that a reader never sees half of it. */
import { rename, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { ReportError } from "../../sim/Errors.ts"
import { makeFolder } from "../../sim/store/makeFolder.ts"

/** Writes a file, and the folders above it. @throws ReportError Unwritable. */
export async function place(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await makeFolder(dirname(path))
    await writeFile(`${path}.tmp`, content)
    await rename(`${path}.tmp`, path)
  } catch (error) {
    throw new ReportError({
      reason: "Unwritable",
      message: `${path} cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
      fix: "Give a path you may write to with --out.",
      offending: { name: "--out", value: path },
      cause: error
    })
  }
}
