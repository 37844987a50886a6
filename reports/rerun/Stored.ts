/** The bundle of a run's folder: `rerun.json`, written by whoever ran the scenario, while its sources were at hand. */
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { type ErrorWords, ReportError } from "../../sim/Errors.ts"
import { place } from "../html/Place.ts"
import type { RerunBundle } from "./Bundle.ts"

/** The name of the file. */
export const RERUN = "rerun.json"

/** Why a page cannot carry the scenario. */
export interface Refused {
  readonly version: 1
  readonly refused: ErrorWords
}

/** Writes it. @throws ReportError Unwritable. */
export async function storeBundle(folder: string, bundle: RerunBundle | Refused): Promise<void> {
  await place(join(folder, RERUN), `${JSON.stringify(bundle)}\n`)
}

/** Reads it; null where there is none. @throws ReportError UnreadableRun, SchemaVersion. */
export async function readBundle(folder: string): Promise<RerunBundle | Refused | null> {
  let text: string
  try {
    text = await readFile(join(folder, RERUN), "utf8")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null
    throw unreadable(folder, "cannot be read", error)
  }
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch (error) {
    throw unreadable(folder, "is no JSON", error)
  }
  const { version, ...rest } = (read ?? {}) as { readonly [field: string]: unknown }
  if (version !== 1) {
    throw new ReportError({
      reason: "SchemaVersion",
      message: `${folder}: ${RERUN} has version ${String(version)}, and this version of mesocosm reads 1`,
      fix: `Run it again, or remove ${RERUN} for a report that cannot run itself.`,
      offending: { name: RERUN, value: String(version) }
    })
  }
  const carries = ["scenario", "worker", "wasm", "artifacts"].every((field) => typeof rest[field] === "string")
  if (!carries && typeof rest["refused"] !== "object") throw unreadable(folder, "is cut off")
  // Looked at above, field by field.
  return read as RerunBundle | Refused
}

function unreadable(folder: string, what: string, cause?: unknown): ReportError {
  return new ReportError({
    reason: "UnreadableRun",
    message: `${folder}: ${RERUN} ${what}`,
    fix: `Run it again, or remove ${RERUN} for a report that cannot run itself.`,
    offending: { name: "run", value: folder },
    cause
  })
}
