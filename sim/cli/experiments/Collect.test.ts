/** Shards put together are the experiment that was not sharded; what is missing or does not belong is said. */
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { exportLines } from "../../store/ExperimentExport.ts"
import type { ExperimentManifest } from "../../store/ExperimentManifest.ts"
import { joined } from "../../store/fixtures/records.ts"
import type { ErrorDocument } from "../Failure.ts"
import { type Ended, mesocosm, workspace } from "../fixtures/Command.ts"
import { asTyped } from "./Asked.ts"

const small = ["--set", "honest=3", "--set", "operators=0", "--seeds", "3", "--quiet"]
const asked = ["sweep", "open-pool", "--vary", "cost=1,2,3", ...small]

function error({ stdout }: Ended): ErrorDocument {
  return (JSON.parse(stdout) as { readonly error: ErrorDocument }).error
}

describe("shards", { timeout: 120_000 }, () => {
  let cwd = ""
  beforeAll(async () => {
    cwd = workspace()
    await mesocosm(cwd, [...asked, "--out", "whole"])
    await Promise.all([1, 2, 3].map((nth) => mesocosm(cwd, [...asked, "--shard", `${nth}/3`, "--out", `s${nth}`])))
  }, 120_000)
  afterAll(() => rmSync(cwd, { recursive: true, force: true }))

  const collect = (out: string, ...folders: readonly string[]): Promise<Ended> =>
    mesocosm(cwd, ["collect", ...folders, "--out", out, "--json", "--quiet"])
  const exported = (name: string): Promise<string> => joined(exportLines(join(cwd, name)))

  it("hold no analysis and no audit of their own, and together give what the whole gave", async () => {
    const ended = await collect("together", "s3", "s1", "s2", "s1")
    expect([ended.code, ended.stderr]).toEqual([0, ""])
    expect(JSON.parse(ended.stdout)).toMatchObject({
      status: "complete",
      runs: { planned: 9, complete: 9, failed: 0 },
      audited: [{ same: true }]
    })
    expect(await exported("together")).toBe(await exported("whole"))
    const read = (name: string): unknown => JSON.parse(readFileSync(join(cwd, name, "analysis.json"), "utf8"))
    expect(read("together")).toEqual(read("whole"))
    expect(() => read("s1")).toThrow("ENOENT")
  })

  it("that are missing are named with the command that makes them", async () => {
    const ended = await collect("partly", "s1", "s2")
    expect(ended.code).toBe(2)
    expect(error(ended)).toMatchObject({
      tag: "ReportError",
      reason: "NotComparable",
      message: "3 of 9 runs are in none of the folders",
      fix: "Make them, then collect again: mesocosm sweep open-pool --vary cost=1,2,3 --set honest=3 --set operators=0 --seeds 3 --shard 3/3."
    })
  })

  it("of another design or code are refused, with what differs", async () => {
    await mesocosm(cwd, [...asked.slice(0, -2), "2", "--shard", "2/3", "--out", "fewer"])
    const design = await collect("mixed", "s1", "fewer")
    expect([design.code, error(design).reason]).toEqual([2, "NotComparable"])
    expect(error(design).message).toMatch(/differ in seeds of the design$/)
    const file = join(cwd, "s2", "experiment.json")
    const text = readFileSync(file, "utf8")
    const manifest = JSON.parse(text) as ExperimentManifest
    writeFileSync(file, JSON.stringify({ ...manifest, fingerprint: "0123456789" }))
    const code = await collect("mixed", "s1", "s2")
    expect(error(code).message).toMatch(/differ in code: .* 01234567$/)
    const own = await collect("mixed", "s2")
    expect(error(own)).toMatchObject({ reason: "OtherCode" })
    writeFileSync(file, JSON.stringify({ ...manifest, schema: 99 }))
    expect(error(await collect("mixed", "s1", "s2"))).toMatchObject({ reason: "SchemaVersion" })
    writeFileSync(file, text)
  })
})

describe("the command of an experiment", () => {
  it("is kept without what says where its runs are made and stored", () => {
    const words = ["sweep", "open-pool", "--vary", "a b=1", "--out", "x", "--shard=1/2", "--json", "--seeds", "3"]
    expect(asTyped(words)).toBe("sweep open-pool --vary 'a b=1' --seeds 3")
  })
})
