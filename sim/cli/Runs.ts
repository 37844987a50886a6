/** Finds stored runs: by folder, or below `runs/` where the caller stands. */
import { existsSync, readdirSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { ReportError } from "../Errors.ts"
import { nearest } from "../Nearest.ts"
import { MANIFEST } from "../store/RunFolder.ts"
import { command, shown } from "./Checkout.ts"
import { notWhatIsTaken, storedAt } from "./Stored.ts"

/** The folder below which runs are stored unless `--out` says otherwise. */
export const RUNS = "runs"

/** The folders of the runs in `./runs`, sorted. */
export function storedRuns(): readonly string[] {
  if (!existsSync(RUNS)) return []
  return readdirSync(RUNS, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(MANIFEST))
    .map((path) => dirname(join(RUNS, path)))
    .sort()
}

/** The folder of a run, as named or below `runs/`. @throws ReportError UnknownRun, with the nearest there is. */
export function findRun(named: string): string {
  for (const folder of [named, join(RUNS, named)]) if (existsSync(join(folder, MANIFEST))) return shown(resolve(folder))
  if (storedAt(named) === "experiment") {
    throw new ReportError({
      reason: "UnknownRun",
      message: notWhatIsTaken(named, "run"),
      fix: `Make one of its runs and name that: ${command("run <scenario> --arm <arm> --seed <n>")}; ${command(`report ${named}`)}, with the experiment alone, reports all of it.`,
      offending: { name: "run", value: named }
    })
  }
  const runs = storedRuns()
  const near = nearest(named, runs) ?? runs.find((run) => run.includes(named))
  throw new ReportError({
    reason: "UnknownRun",
    message: notWhatIsTaken(named, "run"),
    fix:
      runs.length === 0
        ? `Give the folder of a run; there is none in ./${RUNS} yet: make one with ${command("run <scenario>")}.`
        : `${near === undefined ? "" : `Did you mean ${near}? `}${command("list --runs")} shows those here.`,
    offending: { name: "run", value: named }
  })
}
