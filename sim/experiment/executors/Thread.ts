/** What runs in a worker thread or process: one job after another, each answered with its manifest and what an experiment keeps. */
import { enableCompileCache } from "node:module"
import { parentPort, workerData } from "node:worker_threads"
import { ArtifactStore } from "../../chain/artifact/ArtifactStore.ts"
import { adoptModule } from "../../chain/revm/loadModule.ts"
import { resolve } from "../../run/RunSpec.ts"
import type { Scenario } from "../../scenario/Scenario.ts"
import { agentRows } from "../AgentRows.ts"
import { execute } from "../Execute.ts"
import { recordOf } from "../Recording.ts"
import { variant } from "../Variant.ts"
import { Warm } from "../Warm.ts"
import { DATA, type ThreadData } from "./Hand.ts"
import type { ThreadAnswer, Work } from "./Job.ts"
import { thrown } from "./Thrown.ts"

// For the scenario's files: those above are loaded by now.
enableCompileCache()
// `Hand.ts` starts this, as a thread or as a process, and gives it exactly this.
const { root, preload, module } = (parentPort === null ? JSON.parse(process.env[DATA] ?? "") : workerData) as ThreadData
if (module !== undefined) adoptModule(module)
if (preload !== undefined) await import(preload)
const artifacts = ArtifactStore.openOver(root)
const warm = new Warm()

if (parentPort === null) {
  process.on("message", (work: Work) => void answer(work).then((answered) => process.send?.(answered)))
  process.on("disconnect", () => process.exit())
} else {
  parentPort.on("message", (work: Work) => void answer(work).then((answered) => parentPort?.postMessage(answered)))
}

async function answer({ scenario: file, arm, seed, set, out, chain, ...job }: Work): Promise<ThreadAnswer> {
  try {
    const { default: declared } = (await import(file)) as { readonly default: Scenario }
    const scenario = job.variant === undefined ? declared : variant(declared, job.variant)
    const resolved = resolve(scenario, { arm, seed, set })
    const executed = await execute({
      scenario,
      resolved,
      chain,
      artifacts,
      audit: job.audit === true,
      recording: "summary",
      ...(chain === "revm" ? { warm } : {}),
      ...(out === undefined ? {} : { out })
    })
    const { manifest, error, recorder } = executed
    return {
      manifest,
      record: recordOf(executed),
      error: error === undefined ? undefined : thrown(error),
      agents: agentRows(recorder, job.agents ?? [])
    }
  } catch (error) {
    return { manifest: undefined, record: undefined, error: thrown(error) }
  }
}
