/** Where baselines are kept: `baselines/<scenario>.json` in the folder one works in, to be committed. */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { rename, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { ScenarioError } from "../../Errors.ts"
import { type Baseline, baselineText, parseBaseline } from "../../experiment/gate/Baseline.ts"
import { makeFolder } from "../../store/makeFolder.ts"
import { command, shown } from "../Checkout.ts"
import { unwritable } from "../MayWrite.ts"

/** The Hardhat plugin may be told of another folder. */
const FOLDER = process.env["MESOCOSM_BASELINES"] ?? "baselines"

/** Where a scenario's baseline is kept unless `--file` says otherwise. */
export function baselineFile(scenario: string): string {
  return join(FOLDER, `${scenario}.json`)
}

/** Every baseline of the folder one works in. @throws ScenarioError Usage when there is none. */
export function everyBaseline(): readonly string[] {
  const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith(".json")) : []
  if (names.length > 0) return names.sort().map((name) => join(FOLDER, name))
  throw new ScenarioError({
    reason: "Usage",
    message: `there is no baseline in ${shown(join(process.cwd(), FOLDER))} to check against`,
    fix: `Record one first: ${command("baseline open-pool")}, with your scenario; then commit it.`,
    offending: { name: "baseline", value: FOLDER }
  })
}

/** @throws ScenarioError Usage, MalformedDeclaration, OtherCode. */
export function readBaseline(path: string): Baseline {
  let text: string
  try {
    text = readFileSync(path, "utf8")
  } catch (cause) {
    const id = path.slice(path.lastIndexOf("/") + 1).replace(/\.json$/, "")
    throw new ScenarioError({
      reason: "Usage",
      message: `there is no baseline ${shown(path)}`,
      fix: `Record it first: ${command(`baseline ${id}`)}; or name another file with --file.`,
      offending: { name: "--file", value: path },
      cause
    })
  }
  return parseBaseline(text, shown(path))
}

/** Writes a file whole, and its folder. @throws ScenarioError Unwritable. */
export async function writeWhole(path: string, text: string, flag: string): Promise<void> {
  try {
    await makeFolder(dirname(path))
    await writeFile(`${path}.tmp`, text)
    await rename(`${path}.tmp`, path)
  } catch (cause) {
    throw unwritable(path, flag, cause)
  }
}

/** Writes a baseline. @throws ScenarioError Unwritable. */
export async function writeBaseline(path: string, baseline: Baseline): Promise<void> {
  await writeWhole(path, baselineText(baseline), "--file")
}
