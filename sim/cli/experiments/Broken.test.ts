/** An experiment ends with 1 where a check broke, in however few of its runs, and with 0 where every one held. */
import { rmSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type hashOf, planOf, recordOf } from "../../store/fixtures/records.ts"
import { mesocosm, workspace, writeScenario } from "../fixtures/Command.ts"
import { brokenClaims } from "./Broken.ts"

describe("an experiment whose checks break", { timeout: 120_000 }, () => {
  let cwd = ""
  beforeAll(() => {
    cwd = workspace()
    writeScenario(cwd, "breaks", { checks: '{ "it holds": { finally: ({ now }) => now.weeks < 2n } }' })
    writeScenario(cwd, "holds", { checks: '{ "it holds": { finally: ({ now }) => now.weeks < 9n } }' })
  })
  afterAll(() => rmSync(cwd, { recursive: true, force: true }))

  it("ends with 1, says which, and does so when it is gone on with; with 0 where all held", async () => {
    const args = ["--seeds", "2", "--audit", "0", "--quiet"]
    const [breaks, holds] = await Promise.all([
      mesocosm(cwd, ["compare", "breaks", ...args, "--out", "it"]),
      mesocosm(cwd, ["compare", "holds", ...args])
    ])
    expect([holds?.code, holds?.stderr]).toEqual([0, ""])
    expect([breaks?.code, breaks?.stderr]).toEqual([1, ""])
    expect(breaks?.stdout).toContain("held in 0 of 2 runs: it holds")
    const again = await mesocosm(cwd, ["resume", "it", "--json", "--quiet"])
    expect(again.code).toBe(1)
    expect(JSON.parse(again.stdout)).toMatchObject({ broken: [{ claim: "it holds", broken: 2, of: 2 }] })
  })

  it("counts a break in one of many complete runs, at any point, and none of a failed one", () => {
    const plan = planOf(10).map((row) => ({ ...row, point: row.index }))
    const records = new Map(plan.map((row) => [row.hash, recordOf(row)]))
    const outcome = (hash: ReturnType<typeof hashOf>) => records.get(hash)
    // Seed 3 broke its check, and seed 7 failed.
    expect(brokenClaims({ plan: [...plan, ...plan], outcome })).toEqual([
      { claim: "it holds, always", broken: 1, of: 9 }
    ])
    expect(brokenClaims({ plan: plan.slice(4), outcome })).toEqual([])
  })
})
