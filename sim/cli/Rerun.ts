/**
 * What a run's page needs to run itself again, put into the run's folder while the scenario's sources are at hand.
 * What a page cannot carry is said in the page, and to whoever ran it: it takes nothing from the run.
 */
import { readFileSync } from "node:fs"
import { bundle } from "../../reports/rerun/Bundle.ts"
import { storeBundle } from "../../reports/rerun/Stored.ts"
import { neededArtifacts } from "../browser/Needed.ts"
import type { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import { loadModule, WASM } from "../chain/revm/loadModule.ts"
import { type ErrorWords, errorWords, MesocosmError } from "../Errors.ts"
import type { Scenario } from "../scenario/Scenario.ts"

/** A run whose page shall run it again. */
export interface Carried {
  readonly folder: string
  readonly scenario: Scenario
  /** Path of the scenario's file. */
  readonly file: string
  /** Params that were set by hand. */
  readonly set: { readonly [param: string]: string }
  readonly artifacts: ArtifactStore
}

/** Stores it. @returns why a page cannot carry it; undefined where it can. @throws ReportError Unwritable. */
export async function storeRerun({ folder, scenario, file, set, artifacts }: Carried): Promise<ErrorWords | undefined> {
  try {
    const needed = neededArtifacts(scenario, { module: loadModule(), set, artifacts: (name) => artifacts.get(name) })
    await storeBundle(
      folder,
      await bundle({ scenario: scenario.id, file, wasm: readFileSync(WASM), artifacts: needed })
    )
    return undefined
  } catch (error) {
    if (!(error instanceof MesocosmError) || error.reason === "Unwritable") throw error
    const refused = errorWords(error)
    await storeBundle(folder, { version: 1, refused })
    return refused
  }
}
