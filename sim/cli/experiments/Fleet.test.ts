/** Runs made by worker processes over a real server: the same results, whoever dies meanwhile. */
import { mkdirSync, rmSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { setTimeout as passed } from "node:timers/promises"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { exportLines } from "../../store/ExperimentExport.ts"
import { readProgress } from "../../store/ExperimentProgress.ts"
import { readRows } from "../../store/ExperimentReader.ts"
import { joined } from "../../store/fixtures/records.ts"
import { type Ended, mesocosm, type Running, started, workspace, writeScenario } from "../fixtures/Command.ts"
import { RedisServer } from "../fixtures/RedisServer.ts"
import { lacking, redis } from "../testing/Tools.ts"

const LONG = 180_000

const sweep = (seeds: number, ...more: readonly string[]): readonly string[] => {
  const small = ["--set", "honest=3", "--set", "operators=0", "--json"]
  return ["sweep", "open-pool", "--vary", "cost=1..4/4", "--seeds", String(seeds), ...small, ...more]
}

describe.skipIf(redis() === undefined)(`a fleet${lacking(redis)}`, { timeout: LONG }, () => {
  let cwd = ""
  let server: RedisServer
  let workers: Running[] = []

  beforeAll(async () => {
    cwd = workspace()
    mkdirSync(join(cwd, "redis"))
    server = await RedisServer.start(join(cwd, "redis"))
  })
  afterEach(async () => {
    for (const each of workers) each.kill("SIGKILL")
    await Promise.all(workers.map(({ ended }) => ended))
    workers = []
  })
  afterAll(async () => {
    await server.stop()
    rmSync(cwd, { recursive: true, force: true })
  })

  const worker = (where = cwd): Running => {
    const begun = started(where, ["worker", "--queue", server.address, "--workers", "1"], { timeout: LONG })
    workers.push(begun)
    return begun
  }
  const conductor = (args: readonly string[], where = cwd): Running =>
    started(where, [...args, "--queue", server.address], { timeout: LONG })
  const exported = (name: string): Promise<string> => joined(exportLines(join(cwd, name)))
  const made = (each: Running): number => each.said().split("complete").length - 1

  it("of three processes gives the digests of this machine alone, and is audited by them", async () => {
    const three = [worker(), worker(), worker()]
    const [alone, together] = await Promise.all([
      started(cwd, sweep(10, "--out", "alone"), { timeout: LONG }).ended,
      conductor(sweep(10, "--out", "together")).ended
    ])
    expect([alone.code, together.code, together.stderr]).toEqual([0, 0, expect.anything()])
    const said = JSON.parse(together.stdout) as { readonly runs: object; readonly audited: readonly object[] }
    expect(said.runs).toEqual({ planned: 40, complete: 40, failed: 0 })
    expect(said.audited).toMatchObject([{ chain: "hardhat", same: true }])
    expect(await exported("together")).toBe(await exported("alone"))
    for (const each of three) expect(made(each)).toBeGreaterThan(0)
    // Who looks on sees each of them, and not one fleet.
    const { workers: seen = [] } = readProgress(join(cwd, "together")) ?? {}
    expect(seen.map(({ worker: name }) => name).sort()).toEqual(
      three.map(({ pid }) => `${hostname()}, process ${pid}`).sort()
    )
    expect(seen.reduce((sum, { ended }) => sum + ended, 0)).toBe(40)
    for (const each of three) each.kill("SIGINT")
    expect((await Promise.all(three.map(({ ended }) => ended))).map(({ code }) => code)).toEqual([0, 0, 0])
  })

  it("goes through a worker's death and the server's restart: no run is lost, and none counts twice", async () => {
    const [first, second] = [worker(), worker()]
    const conducting = conductor(sweep(40, "--out", "shaken", "--audit", "0"))
    await until(() => made(first) >= 10)
    first.kill("SIGKILL")
    await until(() => made(second) >= 20)
    await server.restart()
    worker()
    expect((await conducting.ended).code).toBe(0)
    const alone = await started(cwd, sweep(40, "--out", "calm", "--audit", "0"), { timeout: LONG }).ended
    expect(alone.code).toBe(0)
    expect(await exported("shaken")).toBe(await exported("calm"))
    const hashes: unknown[] = []
    for await (const rows of readRows(join(cwd, "shaken"), "runs")) hashes.push(...rows.map(({ hash }) => hash))
    expect([hashes.length, new Set(hashes).size]).toEqual([160, 160])
  })

  it("goes on when the server has forgotten everything", async () => {
    const only = worker()
    const conducting = conductor(sweep(15, "--out", "forgotten", "--audit", "0"))
    await until(() => made(only) >= 10)
    await server.restart({ forgets: true })
    const { code, stdout } = await conducting.ended
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { runs: { planned: 60, complete: 60, failed: 0 } }])
  })

  it("takes back what waits at Ctrl-C, and goes on where it was", async () => {
    const only = worker()
    await until(() => only.said().includes("serving"))
    const first = conductor(sweep(30, "--out", "stopped", "--audit", "0"))
    await until(() => made(only) >= 5)
    first.kill("SIGINT")
    expect((await first.ended).code).toBe(130)
    const before = made(only)
    await passed(2_000)
    // The one in hand is ended; no other is begun.
    expect(made(only)).toBeLessThanOrEqual(before + 1)
    const second = await conductor(["resume", "stopped", "--json"]).ended
    expect([second.code, JSON.parse(second.stdout)]).toMatchObject([0, { runs: { complete: 120, failed: 0 } }])
    // Answers that nobody took before served now: hardly a run was made twice.
    expect(made(only)).toBeLessThanOrEqual(121)
  })

  it("a worker of other code refuses and ends, and who waits is told", async () => {
    const other = join(cwd, "other")
    const file = (where: string, horizon: string): string => writeScenario(where, "ours", { horizon })
    file(cwd, "2 weeks")
    file(other, "3 weeks")
    const bad = worker(other)
    const conducting = conductor(["compare", "scenarios/ours.ts", "--seeds", "2", "--out", "refused", "--json"])
    const [worked, ended]: readonly Ended[] = await Promise.all([bad.ended, conducting.ended])
    expect(worked?.code).toBe(2)
    expect(worked?.stderr).toMatch(/ScenarioError OtherCode: .*other code.*\nfix: Bring this checkout/)
    expect(ended?.code).toBe(2)
    expect(JSON.parse(ended?.stdout ?? "")).toMatchObject({
      error: { reason: "OtherCode", offending: { name: "--queue" } }
    })
    worker()
    const again = await conductor(["resume", "refused", "--json"]).ended
    expect([again.code, JSON.parse(again.stdout)]).toMatchObject([0, { runs: { complete: 2 } }])
  })

  it("a server that does not answer, or is none, is said at once", async () => {
    const cases = [
      ["redis://127.0.0.1:1", "Unreachable"],
      ["http://127.0.0.1", "Usage"]
    ] as const
    for (const [address, reason] of cases) {
      const [asked, served] = await Promise.all([
        mesocosm(cwd, sweep(2, "--out", "nowhere", "--queue", address)),
        mesocosm(cwd, ["worker", "--queue", address])
      ])
      expect([asked.code, served.code]).toEqual([2, 2])
      expect(JSON.parse(asked.stdout)).toMatchObject({ error: { reason, offending: { name: "--queue" } } })
      expect(served.stderr).toContain(`ScenarioError ${reason}`)
    }
  })
})

/** Waits for what must come; the test's time limits it. */
async function until(come: () => boolean): Promise<void> {
  while (!come()) await passed(20)
}
