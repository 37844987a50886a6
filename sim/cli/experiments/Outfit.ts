/**
 * What an experiment's report needs beside its runs, put into its folder while the scenario's sources are at hand:
 * what a page carries to run again (rerun.json), and what the experiment rests on (evidence.json).
 */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { RERUN, storeBundle } from "../../../reports/rerun/Stored.ts"
import { ArtifactStore } from "../../chain/artifact/ArtifactStore.ts"
import type { Scenario } from "../../scenario/Scenario.ts"
import { readExperiment } from "../../store/ExperimentReader.ts"
import { type Entry, findEntry, load } from "../Catalogue.ts"
import { command, PROJECT } from "../Checkout.ts"
import { storeRerun } from "../Rerun.ts"
import { codeOf } from "./CodeOf.ts"
import { gatherEvidence } from "./Evidence.ts"

/** Puts both there; a bundle that is there already stays. @throws ReportError UnknownRun, UnreadableRun, Unwritable. */
export async function outfit(
  folder: string,
  { scenario, entry }: { readonly scenario: Scenario; readonly entry: Entry }
): Promise<void> {
  const { design, fingerprint, code: made } = await readExperiment(folder)
  const code = await codeOf(entry)
  await gatherEvidence(folder, { scenario: design.scenario, file: entry.file, code })
  if (existsSync(join(folder, RERUN))) return
  if (code === fingerprint) {
    await storeRerun({
      folder,
      scenario,
      file: entry.file,
      set: design.set,
      artifacts: ArtifactStore.openOver(PROJECT)
    })
    return
  }
  await storeBundle(folder, {
    version: 1,
    refused: {
      tag: "ReportError",
      reason: "NotForAPage",
      message: "its runs were made by other code than the one at hand when this report was written",
      fix: `Go back to revision ${made.revision?.slice(0, 12) ?? "that made them"}, remove ${RERUN} and write the report again: ${command("report <experiment>")}.`
    }
  })
}

/** The same, of an experiment whose scenario is found by its name; nothing where it is found no more. */
export async function outfitNamed(folder: string): Promise<void> {
  const { named } = await readExperiment(folder)
  let entry: Entry
  try {
    entry = findEntry(named)
  } catch {
    // A folder that was brought here from elsewhere: the report says what is not there.
    return
  }
  await outfit(folder, { scenario: await load(entry), entry })
}
