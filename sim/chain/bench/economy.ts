/**
 * A whole economy: a run of a scenario, set-up, engine and Parquet recording and all, in turns with a bare loop
 * that asks the wasm module what that run asked: the same packed blocks, calls and reads, answers copied out.
 *
 *     node sim/chain/bench/economy.ts --scenario scenarios/weekly-rewards.ts [--set weeks=2] [--rounds 3]
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { findScenario } from "../../cli/Catalogue.ts"
import { execute } from "../../experiment/Execute.ts"
import { open } from "../../run/fixtures/harness.ts"
import { Run } from "../../run/Run.ts"
import { resolve } from "../../run/RunSpec.ts"
import { ArtifactStore } from "../artifact/ArtifactStore.ts"
import { loadModule } from "../revm/loadModule.ts"
import { RevmChain } from "../revm/RevmChain.ts"
import { driveSync } from "../Step.ts"
import { race } from "./fixtures/Race.ts"
import { Bare, type Question, recording } from "./fixtures/Recording.ts"
import { say, told } from "./fixtures/Script.ts"

const { rounds, scenario: file, set } = told()
if (file === undefined) throw new Error("give the scenario's file: --scenario scenarios/weekly-rewards.ts")
const scenario = await findScenario(file)
const choice = { seed: 7, set }
const resolved = resolve(scenario, choice)
const artifacts = ArtifactStore.open(new URL("../../..", import.meta.url).pathname)

const questions: Question[] = []
const { hardfork } = resolved.spec
const watched = recording(RevmChain.open({ hardfork, module: loadModule() }), questions)
const run = driveSync(Run.begin(await open(scenario, choice, watched)))
driveSync(run.continue())
const count = (kinds: readonly string[]) =>
  questions.reduce((sum, question) => sum + (kinds.includes(question.kind) ? question.count : 0), 0)
const [transactions, reads] = [count(["block"]), count(["calls", "account"])]

const raced = await race(
  [
    {
      name: "mesocosm",
      async round() {
        const folder = mkdtempSync(join(tmpdir(), "mesocosm-economy-"))
        const began = performance.now()
        const { manifest, error } = await execute({ scenario, resolved, chain: "revm", artifacts, out: folder })
        const rate = (transactions / (performance.now() - began)) * 1000
        rmSync(folder, { recursive: true })
        if (error !== undefined) throw error
        if (manifest.digest.trace !== run.end().digests.trace) throw new Error("the digests differ")
        return rate
      }
    },
    {
      name: "bare wasm",
      round() {
        const instance = new Bare()
        const began = performance.now()
        instance.ask(questions)
        return (transactions / (performance.now() - began)) * 1000
      }
    }
  ],
  rounds
)
say({
  figures: [
    ...raced.figures("transactions/s, with their reads"),
    { name: `${basename(file, ".ts")}, transactions`, value: transactions, unit: "", n: 1 },
    { name: `${basename(file, ".ts")}, calls and reads`, value: reads, unit: "", n: 1 }
  ],
  headlines: [raced.ratio("mesocosm", "bare wasm", { least: 0.6 })]
})
