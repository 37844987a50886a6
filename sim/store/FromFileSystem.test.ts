/** What cannot be written because it is wrong is not told as a full disk. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { Recorder } from "../run/Recorder.ts"
import { ExperimentFolder } from "./ExperimentFolder.ts"
import { manifestOf } from "./fixtures/records.ts"
import { prepare, writeRun } from "./RunFolder.ts"

const root = mkdtempSync(join(tmpdir(), "mesocosm-store-"))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const cannot = { name: "TypeError", message: expect.stringContaining("BigInt") }

describe("what JSON cannot say", () => {
  it("is no Unwritable run", async () => {
    const manifest = { status: "complete", spec: { block: { gasLimit: 60_000_000n } } }
    // What the types refuse: a scenario that was not type-checked.
    await expect(writeRun(join(root, "run"), new Recorder(), manifest as never)).rejects.toMatchObject(cannot)
  })

  it("is no Unwritable experiment", async () => {
    const folder = await ExperimentFolder.create(join(root, "experiment"), manifestOf())
    await expect(folder.conclude({ mean: 1n })).rejects.toMatchObject(cannot)
    folder.close()
  })
})

describe("what a file system refuses", () => {
  it("is Unwritable", async () => {
    await expect(prepare("/proc/none")).rejects.toMatchObject({ _tag: "ScenarioError", reason: "Unwritable" })
  })
})
