/** `mesocosm export`, from its words to an exit code. */
import { createWriteStream } from "node:fs"
import { rename } from "node:fs/promises"
import { dirname } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { MesocosmError, ReportError } from "../../Errors.ts"
import { exportLines } from "../../store/ExperimentExport.ts"
import { readExperiment } from "../../store/ExperimentReader.ts"
import { makeFolder } from "../../store/makeFolder.ts"
import { EXIT } from "../Failure.ts"

/** @returns the exit code. @throws ReportError UnknownRun, UnreadableRun, SchemaVersion, Unwritable. */
export async function exportExperiment(asked: {
  readonly experiment: string
  readonly out: string | undefined
}): Promise<number> {
  const { experiment, out } = asked
  await readExperiment(experiment)
  const lines = Readable.from(exportLines(experiment))
  if (out === undefined) {
    await pipeline(lines, process.stdout, { end: false })
    return EXIT.ok
  }
  try {
    await makeFolder(dirname(out))
    await pipeline(lines, createWriteStream(`${out}.tmp`))
    await rename(`${out}.tmp`, out)
  } catch (cause) {
    if (cause instanceof MesocosmError) throw cause
    throw new ReportError({
      reason: "Unwritable",
      message: `${out} cannot be written: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`,
      fix: "Give a file that you may write with --out.",
      offending: { name: "--out", value: out },
      cause
    })
  }
  return EXIT.ok
}
