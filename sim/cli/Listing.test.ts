/** `list` in this process: both kinds at once, what is broken in its place, and an experiment whose process is gone. */
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { EXPERIMENT_SCHEMA } from "../store/ExperimentManifest.ts"
import { PLAN, POINTS } from "../store/ExperimentTables.ts"
import { holdFolder } from "../store/FolderLock.ts"
import { encodeRows } from "../store/Parquet.ts"
import { said } from "./fixtures/InProcess.ts"

let cwd = ""
const before = process.cwd()
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "mesocosm-list-"))
  mkdirSync(join(cwd, "runs/torn"), { recursive: true })
  writeFileSync(join(cwd, "runs/torn/manifest.json"), "{")
  mkdirSync(join(cwd, "scenarios"))
  writeFileSync(join(cwd, "scenarios/aaa.ts"), "export default")
  const folder = join(cwd, "experiments/begun")
  for (const table of ["plan", "points"]) mkdirSync(join(folder, table), { recursive: true })
  const runs = { planned: 0, complete: 0, failed: 0 }
  const manifest = {
    schema: EXPERIMENT_SCHEMA,
    status: "running",
    runs,
    shard: null,
    design: { arms: ["a"] },
    audited: []
  }
  writeFileSync(join(folder, "experiment.json"), JSON.stringify(manifest))
  const row = { round: 0, point: 0, arm: "a" }
  const plan = [0, 1, 2].map((index) => ({ ...row, index, seed: index, hash: `0x${index}` }))
  writeFileSync(join(folder, "plan/00001.parquet"), encodeRows(PLAN, plan))
  writeFileSync(join(folder, "points/00001.parquet"), encodeRows(POINTS, []))
  process.chdir(cwd)
})
afterAll(() => {
  process.chdir(before)
  rmSync(cwd, { recursive: true, force: true })
})

describe("list", () => {
  it("shows runs and experiments at once, and what cannot be read in its place", async () => {
    const { code, stdout } = await said("list", "--runs", "--experiments")
    expect(code).toBe(2)
    expect(stdout).toMatch(/^runs\/torn +cannot be read/m)
    expect(stdout).toMatch(/^experiments\/begun +stopped +a +0 of 3 runs/m)
    const json = JSON.parse((await said("list", "--runs", "--experiments", "--json")).stdout) as object
    expect(json).toMatchObject({ runs: [], experiments: [{ status: "stopped" }], unreadable: [{}] })
  })

  it("says of an experiment that is running so only while its process lives", async () => {
    const release = holdFolder(join(cwd, "experiments/begun"))
    expect((await said("list", "--experiments")).stdout).toMatch(/begun +running +a +0 of 3 runs/)
    release()
    expect((await said("list", "--experiments")).stdout).toMatch(/begun +stopped/)
  })

  it("shows a scenario that cannot be loaded among the others", async () => {
    const { code, stdout } = await said("list")
    expect(code).toBe(2)
    expect(stdout).toMatch(/^aaa {2}cannot be loaded\n {2}scenarios\/aaa.ts cannot be loaded: /m)
    expect(stdout.indexOf("aaa ")).toBeLessThan(stdout.indexOf("open-pool "))
  })

  it("names the command by the path by which it was called", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "mesocosm-elsewhere-"))
    const wrapper = join(import.meta.dirname, "..", "..", "mesocosm")
    const { stdout } = spawnSync(wrapper, ["list", "--runs"], { cwd: elsewhere, encoding: "utf8" })
    rmSync(elsewhere, { recursive: true, force: true })
    expect(stdout).toBe(`There is no run in ./runs yet. Make one: ${wrapper} run <scenario>\n`)
  })
})
