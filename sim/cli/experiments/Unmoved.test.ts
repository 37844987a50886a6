/** A sweep over a Param that nothing reads says so; over one that something reads, it does not. */
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { planOf, recordOf } from "../../store/fixtures/records.ts"
import { mesocosm, workspace, writeScenario } from "../fixtures/Command.ts"
import { unmovedParams } from "./Unmoved.ts"

describe("a sweep over what nothing reads", { timeout: 60_000 }, () => {
  let cwd = ""
  beforeAll(() => {
    cwd = workspace()
    const file = writeScenario(cwd, "idle", { checks: '{ "few": { finally: ({ params }) => params.few < 3 } }' })
    const params = `params: {
      mode: Param.choice("a", ["a", "b"], { source: "T1" }),
      few: Param.count(1, { source: "T2", domain: [0, 9] }),
      steps: Param.count(1, { source: "T3", domain: [0, 9] })
    }`
    const text = readFileSync(file, "utf8").replace("import { ", "import { Param, ").replace("params: {}", params)
    writeFileSync(file, text.replace("return BigInt(", "return BigInt(at.params.steps) + BigInt("))
  })
  afterAll(() => rmSync(cwd, { recursive: true, force: true }))

  it("names the Param, and none that a metric or a check reads", async () => {
    const args = [
      "--vary",
      "mode",
      "--vary",
      "steps=1,2",
      "--vary",
      "few=1,5",
      "--seeds",
      "2",
      "--audit",
      "0",
      "--quiet"
    ]
    const told = await mesocosm(cwd, ["sweep", "idle", ...args, "--out", "it"])
    expect(told.stdout).toContain("! mode changes nothing here: whatever its value, runs have the same digests\n")
    expect(told.stdout.match(/changes nothing/g)).toHaveLength(1)
    const again = await mesocosm(cwd, ["resume", "it", "--json", "--quiet"])
    expect(JSON.parse(again.stdout)).toMatchObject({ unmoved: ["mode"] })
  })
})

describe("a Param", () => {
  const plan = planOf(4).map((row) => ({ ...row, arm: "baseline", seed: 1, point: row.index }))
  const folder = (places: readonly string[], traces: readonly string[], failed: readonly number[] = []) => ({
    manifest: { design: { axes: [{ param: "fee" }] } },
    points: places.map((fee, point) => ({ point, of: "sweep" as const, set: { fee } })),
    plan: plan.slice(0, places.length),
    outcome: (hash: (typeof plan)[number]["hash"]) => {
      const row = plan.find((each) => each.hash === hash) as (typeof plan)[number]
      const same = { ...recordOf({ ...row, index: 0 }), economy: "0x1" as const, values: {}, failedChecks: [] }
      const status = failed.includes(row.index) ? ("failed" as const) : ("complete" as const)
      return { ...same, status, trace: traces[row.index] as "0x1" }
    }
  })

  it("changes nothing where runs that differ in it alone came to the same, and that is known of complete runs only", () => {
    expect(unmovedParams(folder(["1", "2"], ["0x1", "0x1"]))).toEqual(["fee"])
    expect(unmovedParams(folder(["1", "2"], ["0x1", "0x2"]))).toEqual([])
    expect(unmovedParams(folder(["1"], ["0x1"]))).toEqual([])
    expect(unmovedParams(folder(["1", "2"], ["0x1", "0x1"], [1]))).toEqual([])
    expect(unmovedParams(folder(["1", "2"], ["0x1", "0x1"], [0, 1]))).toEqual([])
  })
})
