/** `list`: every scenario and run there is, those that cannot be read named as such. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { mesocosm, workspace, writeScenario } from "../fixtures/Command.ts"

let cwd = ""
beforeAll(() => {
  cwd = workspace()
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

interface Scenarios {
  readonly scenarios: readonly {
    readonly id: string
    readonly file: string
    readonly arms: object
    readonly params: readonly { readonly name: string; readonly default: string; readonly domain: unknown }[]
  }[]
  readonly unloadable: readonly { readonly file: string }[]
}

describe("list", () => {
  it("names the checkout's scenarios with question, arms and Params", async () => {
    const [json, words] = await Promise.all([mesocosm(cwd, ["list", "--json"]), mesocosm(cwd, ["list"])])
    const { scenarios, unloadable } = JSON.parse(json.stdout) as Scenarios
    const pool = scenarios.find(({ id }) => id === "open-pool")
    expect([json.code, words.code, unloadable]).toEqual([0, 0, []])
    expect(Object.keys(pool?.arms ?? {})).toEqual(["baseline", "honest", "sybil-with-stake", "free-entry"])
    expect(pool?.params.find(({ name }) => name === "stake")).toMatchObject({ default: "0", domain: ["0", "100000"] })
    expect(words.stdout).toMatch(/^open-pool {2}How many identities/m)
    expect(words.stdout).toMatch(/^ +stake +0 {2}tokens +0 to 100000$/m)
    expect(words.stdout).toMatch(/^ +strategy +climb {2}choice +climb \| fixed$/m)
  })

  it("finds the caller's own, lists the rest beside one that cannot be loaded, and ends with 2", async () => {
    writeScenario(cwd, "mine", {})
    writeFileSync(join(cwd, "scenarios/torn.ts"), "export default")
    writeScenario(cwd, "misnamed", {})
    writeFileSync(join(cwd, "scenarios/renamed.ts"), "export { default } from './misnamed.ts'")
    const { code, stdout } = await mesocosm(cwd, ["list", "--json"])
    const { scenarios, unloadable } = JSON.parse(stdout) as Scenarios
    expect(code).toBe(2)
    expect(scenarios.map(({ id }) => id)).toEqual(expect.arrayContaining(["mine", "misnamed", "open-pool"]))
    expect(unloadable.map(({ file }) => file)).toEqual(["scenarios/renamed.ts", "scenarios/torn.ts"])
  })
})

describe("list --runs", () => {
  it("says how to make the first", async () => {
    const { code, stdout } = await mesocosm(cwd, ["list", "--runs"])
    expect([code, stdout]).toEqual([0, "There is no run in ./runs yet. Make one: mesocosm run <scenario>\n"])
  })

  it("shows status and digests, and names a run that cannot be read", async () => {
    writeScenario(cwd, "quick", {})
    const run = await mesocosm(cwd, ["run", "quick", "--json", "--quiet", "--no-report"])
    const { digest } = JSON.parse(run.stdout) as { readonly digest: object }
    mkdirSync(join(cwd, "runs/torn"))
    writeFileSync(join(cwd, "runs/torn/manifest.json"), "{")
    const { code, stdout } = await mesocosm(cwd, ["list", "--runs", "--json"])
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({
      runs: [{ folder: "runs/quick/baseline-7", status: "complete", digest }],
      unreadable: [{ tag: "ReportError", reason: "UnreadableRun" }]
    })
  })
})

describe("list --experiments", () => {
  it("says how to make the first", async () => {
    const { code, stdout } = await mesocosm(cwd, ["list", "--experiments"])
    expect([code, stdout]).toEqual([
      0,
      "There is no experiment in ./experiments yet. Make one: mesocosm compare <scenario>\n"
    ])
  })

  it("shows how far each is, and names one that cannot be read", async () => {
    writeScenario(cwd, "quick", {})
    await mesocosm(cwd, ["compare", "quick", "--seeds", "2", "--audit", "0", "--quiet", "--out", "experiments/mine"])
    mkdirSync(join(cwd, "experiments/torn"))
    writeFileSync(join(cwd, "experiments/torn/experiment.json"), "{")
    const { code, stdout } = await mesocosm(cwd, ["list", "--experiments", "--json"])
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({
      experiments: [{ folder: "experiments/mine", status: "complete", runs: { planned: 2, complete: 2, failed: 0 } }],
      unreadable: [{ tag: "ReportError", reason: "UnreadableRun" }]
    })
  })
})
