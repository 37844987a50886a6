/** What runs in a worker thread: one job after another, each answered with its manifest and what an experiment keeps. */
import { parentPort, workerData } from "node:worker_threads"
import { ArtifactStore } from "../../chain/artifact/ArtifactStore.ts"
import { adoptModule } from "../../chain/revm/loadModule.ts"
import { resolve } from "../../run/RunSpec.ts"
import type { Scenario } from "../../scenario/Scenario.ts"
import { errorWords, execute } from "../Execute.ts"
import { recordOf } from "../Recording.ts"
import type { Job, ThreadAnswer, ThreadData } from "./Workers.ts"

// `Workers.ts` starts this thread and gives it exactly this.
const { chain, root, preload, module } = workerData as ThreadData
if (module !== undefined) adoptModule(module)
if (preload !== undefined) await import(preload)
const artifacts = ArtifactStore.open(root)

parentPort?.on("message", (job: Job) => {
  void answer(job).then((answered) => parentPort?.postMessage(answered))
})

async function answer({ scenario: file, arm, seed, set, out, chain: asked }: Job): Promise<ThreadAnswer> {
  try {
    const { default: scenario } = (await import(file)) as { readonly default: Scenario }
    const resolved = resolve(scenario, { arm, seed, set })
    const executed = await execute({
      scenario,
      resolved,
      chain: asked ?? chain,
      artifacts,
      ...(out === undefined ? {} : { out })
    })
    const { manifest, error } = executed
    return { manifest, record: recordOf(executed), error: error === undefined ? undefined : errorWords(error) }
  } catch (error) {
    return { manifest: undefined, record: undefined, error: errorWords(error) }
  }
}
