/** Folders are made one by one, and a place where none can be made says so at once. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { makeFolder } from "./makeFolder.ts"

let root = ""
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "mesocosm-folder-"))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

it("makes a folder with those above it, twice, and several at once", async () => {
  const deep = join(root, "a/b/c")
  await Promise.all([makeFolder(deep), makeFolder(deep), makeFolder(join(root, "a/b/d"))])
  await makeFolder(deep)
  expect([existsSync(deep), existsSync(join(root, "a/b/d"))]).toEqual([true, true])
})

it("fails where a file stands in the way, or nothing can be made", async () => {
  writeFileSync(join(root, "file"), "")
  await expect(makeFolder(join(root, "file", "below"))).rejects.toMatchObject({ code: "ENOTDIR" })
  await expect(makeFolder("/proc/mesocosm/below")).rejects.toMatchObject({ code: "ENOENT" })
})
