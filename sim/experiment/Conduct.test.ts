/** Conducting: a failed run is a record and the rest goes on; what was interrupted is gone on with; one process at a time. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { codeWords } from "../store/CodeVersion.ts"
import { exportLines } from "../store/ExperimentExport.ts"
import { ExperimentFolder } from "../store/ExperimentFolder.ts"
import { type Design, EXPERIMENT_SCHEMA, type ExperimentManifest } from "../store/ExperimentManifest.ts"
import { joined } from "../store/fixtures/records.ts"
import { analyse } from "./analysis/analyse.ts"
import { type ConductOptions, conduct } from "./Conduct.ts"
import { compareDesign, designHash, sweepDesign } from "./Designs.ts"
import type { Batch, Executor } from "./executors/Executor.ts"
import { LocalExecutor } from "./executors/LocalExecutor.ts"
import { ROOT } from "./fixtures/conducted.ts"
import deadly from "./fixtures/deadly.ts"
import type { Task } from "./Planning.ts"

let root = ""
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "mesocosm-conduct-"))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const choice = { arms: ["baseline"], set: {}, seeds: { from: 1, count: 4 }, kpis: null, audit: 0 }
const mortal = sweepDesign(deadly, choice, {
  vary: [{ param: "deadly", values: ["0", "1"] }],
  sampling: { method: "grid" }
})

function manifest(design: Design): ExperimentManifest {
  return {
    schema: EXPERIMENT_SCHEMA,
    hash: designHash(design),
    design,
    status: "running",
    chain: "revm",
    named: "deadly",
    code: codeWords(),
    fingerprint: "test",
    shard: null,
    runs: { planned: 0, complete: 0, failed: 0 },
    audited: [],
    error: null
  }
}

const create = (name: string, design: Design): Promise<ExperimentFolder> =>
  ExperimentFolder.create(join(root, name), manifest(design))

/** Threads, and which tasks they were given. */
class Counting implements Executor {
  readonly given: string[] = []
  readonly #threads = new LocalExecutor(pathToFileURL(join(import.meta.dirname, "fixtures/deadly.ts")).href, {
    chain: "revm",
    root: ROOT,
    workers: 2
  })

  execute(tasks: readonly Task[], batch: Batch): Promise<void> {
    this.given.push(...tasks.map(({ hash }) => hash))
    return this.#threads.execute(tasks, batch)
  }

  close(): Promise<void> {
    return this.#threads.close()
  }
}

async function conducted(folder: ExperimentFolder, more: Partial<ConductOptions> = {}): Promise<readonly string[]> {
  const executor = new Counting()
  try {
    await conduct({
      scenario: deadly,
      folder,
      executor,
      analyse: () => analyse(folder, deadly),
      locate: async () => "",
      ...more
    })
  } finally {
    await executor.close()
  }
  return executor.given
}

describe("an experiment that is conducted", { timeout: 120_000 }, () => {
  it("records a run whose thread died twice as failed, with its seed and a fix, and goes on", async () => {
    const folder = await create("mortal", mortal)
    await conducted(folder)
    expect(folder.manifest).toMatchObject({ status: "complete", runs: { planned: 8, complete: 4, failed: 4 } })
    const lines = (await joined(exportLines(folder.path))).trimEnd().split("\n").slice(1)
    const failed = lines.map((line) => JSON.parse(line)).filter(({ run }) => run.status === "failed")
    expect(failed.map(({ seed, set }) => [seed, set])).toEqual([1, 2, 3, 4].map((seed) => [seed, { deadly: "1" }]))
    expect(failed[2]).toMatchObject({
      run: { error: { reason: "Connection", fix: expect.stringContaining("--seed 3") } }
    })
    folder.close()
  })

  it("is gone on with where it was interrupted, and does no recorded run again", async () => {
    const design = compareDesign(deadly, { ...choice, seeds: { from: 1, count: 12 } })
    const whole = await create("whole", design)
    expect((await conducted(whole)).length).toBe(12)
    const first = await create("stopped", design)
    const abort = new AbortController()
    const onProgress = ({ here }: { readonly here: number }): void => {
      if (here === 3) abort.abort()
    }
    await conducted(first, { signal: abort.signal, onProgress })
    expect(first.manifest.status).toBe("interrupted")
    const { complete } = first.counts
    expect(complete).toBeGreaterThanOrEqual(3)
    expect(complete).toBeLessThan(12)
    first.close()
    const again = await ExperimentFolder.open(first.path)
    const given = await conducted(again)
    expect(given.length).toBe(12 - complete)
    expect(again.manifest.status).toBe("complete")
    expect(await joined(exportLines(again.path))).toBe(await joined(exportLines(whole.path)))
    // Done, and done again: nothing is left to do.
    expect(await conducted(again)).toEqual([])
    again.close()
    whole.close()
  })

  it("ends when a run cannot be written down, and says so where it can", async () => {
    const folder = await create("unwritten", mortal)
    rmSync(join(folder.path, "log"), { recursive: true })
    await expect(conducted(folder)).rejects.toMatchObject({ reason: "Unwritable" })
    folder.close()
  })

  it("fails when the other chain gives other digests, with the place where they part", async () => {
    const folder = await create("audited", compareDesign(deadly, { ...choice, audit: 1 }))
    // The other chain is made to disagree by asking for a run of another seed.
    const threads = new Counting()
    const lying: Executor = {
      execute: (tasks, batch) =>
        threads.execute(batch.chain === "hardhat" ? tasks.map((task) => ({ ...task, seed: task.seed + 50 })) : tasks, {
          ...batch,
          onEnd: (end) => batch.onEnd({ ...end, task: tasks.find(({ hash }) => hash === end.task.hash) ?? end.task })
        }),
      close: () => threads.close()
    }
    await expect(
      conducted(folder, { executor: lying, locate: async () => "table flows, block 3" })
    ).rejects.toMatchObject({ _tag: "ChainError", reason: "Audit", message: expect.stringContaining("flows, block 3") })
    await lying.close()
    expect(folder.manifest).toMatchObject({ status: "failed", error: { reason: "Audit" }, audited: [{ same: false }] })
    folder.close()
  })

  it("says of an audit that could not be made no more than that, and makes it when gone on with", async () => {
    const folder = await create("unaudited", compareDesign(deadly, { ...choice, audit: 1 }))
    const threads = new Counting()
    const message = "the worker was lost"
    const losing: Executor = {
      execute: async (tasks, batch) => {
        if (batch.chain === "revm") return threads.execute(tasks, batch)
        const error = { tag: "ChainError", reason: "Connection", message, fix: "" } as const
        for (const task of tasks) await batch.onEnd({ task, record: undefined, manifest: undefined, error })
      },
      close: () => threads.close()
    }
    await expect(conducted(folder, { executor: losing })).rejects.toMatchObject({
      _tag: "ChainError",
      reason: "Connection",
      message: expect.stringContaining(message),
      fix: expect.stringContaining(`resume ${folder.path}`)
    })
    await losing.close()
    expect(folder.manifest).toMatchObject({ status: "failed", audited: [] })
    await conducted(folder)
    expect(folder.manifest).toMatchObject({ status: "complete", error: null, audited: [{ same: true }] })
    folder.close()
  })

  it("is refused when the scenario now plans other runs", async () => {
    const folder = await create("changed", compareDesign(deadly, choice))
    await conducted(folder)
    await folder.update({ design: { ...folder.manifest.design, seeds: { from: 2, count: 4 } } })
    await expect(conducted(folder)).rejects.toMatchObject({ reason: "MalformedDeclaration" })
    folder.close()
  })
})
