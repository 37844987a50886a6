/** `report`: of one run and of several, and what cannot be set beside each other. */
import { existsSync, rmSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { mesocosm, workspace, writeScenario } from "../fixtures/Command.ts"

let cwd = ""
beforeAll(async () => {
  cwd = workspace()
  for (const id of ["pond", "lake"]) writeScenario(cwd, id, {})
  for (const [id, seed] of [
    ["pond", "7"],
    ["pond", "8"],
    ["lake", "7"]
  ] as const) {
    const { code, stderr } = await mesocosm(cwd, [
      "run",
      id,
      "--seed",
      seed,
      "--chain",
      "revm",
      "--no-report",
      "--quiet"
    ])
    expect(code, stderr).toBe(0)
  }
}, 120_000)
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

describe("report", () => {
  it("writes one run's report where it is told", async () => {
    const { code, stdout } = await mesocosm(cwd, ["report", "pond/baseline-7", "--out", "mine/pond.html"])
    expect([code, stdout.split("\n")[0]]).toEqual([0, "mine/pond.html"])
    expect(existsSync(join(cwd, "mine/pond.html"))).toBe(true)
  })

  it("sets several beside each other, in the first one's folder", async () => {
    const { code, stdout } = await mesocosm(cwd, ["report", "pond/baseline-7", "pond/baseline-8"])
    expect([code, stdout.split("\n")[0]]).toEqual([0, "runs/pond/baseline-7/comparison.html"])
    expect(stdout).toContain("2 runs beside each other")
    const json = await mesocosm(cwd, ["report", "pond/baseline-8", "pond/baseline-7", "--json"])
    expect(JSON.parse(json.stdout)).toMatchObject({
      folders: ["runs/pond/baseline-8", "runs/pond/baseline-7"],
      html: "runs/pond/baseline-8/comparison.html"
    })
  })

  it("refuses runs of two scenarios, with 2", async () => {
    const { code, stderr } = await mesocosm(cwd, ["report", "pond/baseline-7", "lake/baseline-7"])
    expect(code).toBe(2)
    expect(stderr).toContain("NotComparable")
    expect(stderr).toMatch(/fix: /)
  })
})
