/** One process writes at a time; one that is gone holds nobody off. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readlinkSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { holdFolder } from "./FolderLock.ts"

let folder = ""
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mesocosm-lock-"))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("the lock of a folder", () => {
  it("is held until it is let go", () => {
    const release = holdFolder(folder)
    expect(readlinkSync(join(folder, "lock"))).toBe(String(process.pid))
    release()
    expect(() => readlinkSync(join(folder, "lock"))).toThrow("ENOENT")
    release()
  })

  it("of a living process refuses another; of a dead one it does not", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"])
    try {
      symlinkSync(String(child.pid), join(folder, "lock"))
      expect(() => holdFolder(folder)).toThrow(
        expect.objectContaining({
          _tag: "ScenarioError",
          reason: "Busy",
          message: `process ${child.pid} is writing to ${folder}`,
          offending: { name: "folder", value: folder }
        })
      )
    } finally {
      child.kill("SIGKILL")
      await once(child, "exit")
    }
    const release = holdFolder(folder)
    expect(readlinkSync(join(folder, "lock"))).toBe(String(process.pid))
    release()
  })

  it("says what the file system says where there is no folder", () => {
    expect(() => holdFolder(join(folder, "nowhere"))).toThrow("ENOENT")
  })
})
