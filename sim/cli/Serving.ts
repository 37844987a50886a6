/** `serve`: from the words of the command line to a server, until it is interrupted. */
import { once } from "node:events"
import { accessSync, constants, statSync } from "node:fs"
import { serve } from "../../reports/dashboard/Serve.ts"
import { ReportError } from "../Errors.ts"
import { readCount } from "./experiments/Asked.ts"
import { EXPERIMENTS } from "./experiments/Conducting.ts"
import { RUNS } from "./Runs.ts"
import { print, printJson } from "./Text.ts"

interface Asked {
  readonly folders: readonly string[]
  readonly port: string
  readonly json: boolean
  readonly signal: AbortSignal
}

/** @throws ScenarioError Usage; ReportError NoFolder, PortTaken. */
export async function serveFolders({ folders, port, json, signal }: Asked): Promise<void> {
  const wanted = readCount("--port", port, 0, 65_535, 8080)
  for (const folder of folders) readable(folder)
  const dashboard = await serve({
    roots: folders.length === 0 ? [EXPERIMENTS, RUNS] : folders,
    port: wanted,
    onEntered(address) {
      if (!json) print(`A browser is in. For another: ${address}\n`)
    }
  })
  const { address } = dashboard
  if (json) printJson({ address, port: dashboard.port })
  else print(`Open ${address}\nThe address works once. Ctrl-C ends it.\n`)
  if (!signal.aborted) await once(signal, "abort")
  await dashboard.close()
}

/** @throws ReportError NoFolder. */
function readable(folder: string): void {
  let problem: string | undefined
  try {
    if (!statSync(folder).isDirectory()) problem = "is no folder"
    else accessSync(folder, constants.R_OK | constants.X_OK)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    problem = code === "ENOENT" ? "is not there" : `cannot be read: ${code}`
  }
  if (problem === undefined) return
  throw new ReportError({
    reason: "NoFolder",
    message: `${folder} ${problem}`,
    fix: `Give a folder that holds runs or experiments; without one, ./${RUNS} and ./${EXPERIMENTS} are looked at.`,
    offending: { name: "folder", value: folder }
  })
}
