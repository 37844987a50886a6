/** What stands at a path that a command was given, so that it can say what it is where it is not what it takes. */
import { existsSync, statSync } from "node:fs"
import { join } from "node:path"
import { commandOf } from "../../reports/run/Command.ts"
import { ReportError } from "../Errors.ts"
import { EXPERIMENT } from "../store/ExperimentReader.ts"
import { MANIFEST, readManifest } from "../store/RunFolder.ts"
import { command, shown } from "./Checkout.ts"

export type Stored = "run" | "experiment" | "file" | "folder" | "nothing"

/** What it is. */
export function storedAt(path: string): Stored {
  if (!existsSync(path)) return "nothing"
  if (statSync(path).isFile()) return "file"
  if (existsSync(join(path, EXPERIMENT))) return "experiment"
  return existsSync(join(path, MANIFEST)) ? "run" : "folder"
}

/** In words: what is wrong with it where a `wanted` one is taken. */
export function notWhatIsTaken(path: string, wanted: "run" | "experiment"): string {
  const is = storedAt(path)
  if (is === "nothing") return `there is no ${path}`
  if (is === "folder") return `${path} holds no ${wanted}`
  return `${path} is ${is === "experiment" ? "an experiment" : `a ${is}`}, and no ${wanted}`
}

/** @throws ReportError UnknownRun where the path is no experiment; UnreadableRun of a run's manifest. */
export async function takeExperiment(path: string): Promise<void> {
  const is = storedAt(path)
  if (is === "experiment") return
  const again = is === "run" ? commandOf(await readManifest(path)).replace(/^\.\/mesocosm /, "") : ""
  throw new ReportError({
    reason: "UnknownRun",
    message: notWhatIsTaken(path, "experiment"),
    fix:
      is === "run"
        ? `A run is not gone on with but made again, which takes what it took: ${command(`${again} --out ${shown(path)}`)}.`
        : `Give the folder that the command named when it began; ${command("list --experiments")} shows those here.`,
    offending: { name: "experiment", value: path }
  })
}
