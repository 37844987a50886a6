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
import { shown } from "../Checkout.ts"
import { EXIT } from "../Failure.ts"
import { takeExperiment } from "../Stored.ts"
import { plural, print, printJson } from "../Text.ts"

/** @returns the exit code. @throws ReportError UnknownRun, UnreadableRun, SchemaVersion, Unwritable. */
export async function exportExperiment(asked: {
  readonly experiment: string
  readonly out: string | undefined
  readonly json: boolean
}): Promise<number> {
  const { experiment, out, json } = asked
  await takeExperiment(experiment)
  await readExperiment(experiment)
  let written = 0
  const counted = async function* (): AsyncGenerator<string> {
    for await (const line of exportLines(experiment)) {
      written++
      yield line
    }
  }
  const lines = Readable.from(counted())
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
  if (json) printJson({ file: shown(out), lines: written })
  else print(`${shown(out)}: ${plural(written, "line")}, of the design and of each run of the plan\n`)
  return EXIT.ok
}
