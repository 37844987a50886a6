/**
 * What an experiment pays for progress.json, which `serve` shows: `node sim/cli/bench/progress.ts [rounds] [seeds]`.
 * The same experiment with and without the file, in turns, on one worker, and the share of the time that its updates took.
 */
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { analyse } from "../../experiment/analysis/analyse.ts"
import { conduct } from "../../experiment/Conduct.ts"
import { compareDesign, designHash } from "../../experiment/Designs.ts"
import { LocalExecutor } from "../../experiment/executors/LocalExecutor.ts"
import { ROOT } from "../../experiment/fixtures/conducted.ts"
import planted from "../../experiment/fixtures/planted.ts"
import { codeWords } from "../../store/CodeVersion.ts"
import { ExperimentFolder } from "../../store/ExperimentFolder.ts"
import { EXPERIMENT_SCHEMA } from "../../store/ExperimentManifest.ts"
import { ProgressFile } from "../progress/ProgressFile.ts"

const rounds = Number(process.argv[2] ?? 4)
const count = Number(process.argv[3] ?? 400)
const file = join(ROOT, "sim/experiment/fixtures/planted.ts")
const design = compareDesign(planted, { arms: [], set: {}, seeds: { from: 1, count }, kpis: null, audit: 0 })

/** Seconds of the whole, and of the updates. */
async function take(withFile: boolean): Promise<readonly [whole: number, updates: number]> {
  const path = join(mkdtempSync(join(tmpdir(), "mesocosm-progress-")), "it")
  const folder = await ExperimentFolder.create(path, {
    ...{ schema: EXPERIMENT_SCHEMA, hash: designHash(design), design, status: "running", chain: "revm", named: file },
    ...{ code: codeWords(), fingerprint: "bench", shard: null, audited: [], error: null },
    runs: { planned: 0, complete: 0, failed: 0 }
  })
  const executor = new LocalExecutor(pathToFileURL(file).href, { chain: "revm", root: ROOT, workers: 1 })
  const progress = new ProgressFile(planted, path)
  let updates = 0
  const began = performance.now()
  try {
    await conduct({
      ...{ scenario: planted, folder, executor },
      analyse: () => analyse(folder, planted),
      locate: async () => "they differ",
      onProgress: (now) => {
        if (!withFile) return
        const at = performance.now()
        progress.update(now)
        updates += performance.now() - at
      }
    })
  } finally {
    await executor.close()
    folder.close()
  }
  return [(performance.now() - began) / 1000, updates / 1000]
}

const whole = { with: 0, without: 0 }
let updates = 0
await take(true)
for (let round = 0; round < rounds; round++) {
  whole.without += (await take(false))[0]
  const [took, of] = await take(true)
  whole.with += took
  updates += of
}
const runs = rounds * count * design.arms.length
const each = (seconds: number): string => `${((seconds / runs) * 1000).toFixed(2)} ms a run`
console.log(
  `with ${each(whole.with)}, without ${each(whole.without)}: ${(whole.with / whole.without).toFixed(3)}; its updates took ${((100 * updates) / whole.with).toFixed(2)} % of the time, over ${runs} runs`
)
