/** `bench`: what it runs, what it says, how it ends. How fast anything is, is for the benches. */
import { existsSync, rmSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { findPeers } from "../benches/Peers.ts"
import { benches } from "../benches/Plan.ts"
import { reached } from "../benches/Report.ts"
import { ROOT } from "../Checkout.ts"
import { mesocosm, workspace, writeScenario } from "../fixtures/Command.ts"

let cwd = ""
beforeAll(() => {
  cwd = workspace()
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const quick = ["bench", "--quick", "--rounds", "1", "--quiet"]

describe("bench", () => {
  it("measures what --only names, and holds no target against a quick one", { timeout: 60_000 }, async () => {
    const { code, stdout, stderr } = await mesocosm(cwd, [...quick, "--only", "e", "--json"])
    expect([code, stderr]).toEqual([0, ""])
    const said = JSON.parse(stdout) as { readonly benches: readonly { readonly headlines: readonly unknown[] }[] }
    expect(said).toMatchObject({ only: "e", quick: true, interrupted: false, lacking: [] })
    expect(said.benches).toMatchObject([{ id: "e", notMeasured: null }])
    const [bench] = said.benches
    expect(bench).toMatchObject({
      figures: expect.arrayContaining([
        { name: "queue alone", value: expect.any(Number), unit: "events/s", n: 1 }
      ]) as unknown,
      headlines: [{ name: "mesocosm, in millions a second", n: 1, least: 3, reached: null }]
    })
  })

  it("says of a bench that broke what its script said, and ends with 3", { timeout: 60_000 }, async () => {
    const above = `
const breaker = Behaviour.make("breaker", {
  needs: { token: "DataToken" },
  traits: {},
  init: () => ({}),
  wake: () => 86400,
  *act() { throw new Error("a spring came loose") }
})`
    writeScenario(cwd, "breaking", { above, populations: "{ breakers: Population.of(breaker, { count: 1 }) }" })
    const { code, stdout } = await mesocosm(cwd, [...quick, "--only", "b", "--scenario", "breaking"])
    expect(code).toBe(3)
    expect(stdout).toContain("not measured: broke:")
    expect(stdout).toContain("a spring came loose")
  })

  it.each([
    ["--only", ["bench", "--only", "q"], "UnknownBench"],
    ["--rounds", ["bench", "--rounds", "0"], "rounds"],
    ["--long", ["bench", "--quick", "--long"], "both sizes"],
    ["--set", ["bench", "--set", "weeks"], "no value"],
    ["weeks", ["bench", "--set", "weeks=x"], "no weeks"],
    ["nothing", ["bench", "--set", "nothing=1"], "no Param"],
    ["scenario", ["bench", "--scenario", "nowhere"], "no scenario"]
  ])("refuses a wrong %s before anything runs", async (name, args) => {
    const { code, stdout } = await mesocosm(cwd, [...args, "--json"])
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ error: { tag: "ScenarioError", offending: { name } } })
  })
})

it("has a script for every bench, and a target that can be missed", () => {
  expect(benches.filter(({ script }) => !existsSync(join(ROOT, script)))).toEqual([])
  expect(new Set(benches.map(({ id }) => id)).size).toBe(benches.length)
  const headline = { name: "x", n: 1 }
  expect(reached({ ...headline, ratio: 0.79, least: 0.8 })).toBe(false)
  expect(reached({ ...headline, ratio: 0.8, least: 0.8 })).toBe(true)
  expect(reached({ ...headline, ratio: 1.2, most: 1.1 })).toBe(false)
  expect(reached({ ...headline, ratio: 1.1, most: 1.1 })).toBe(true)
  expect(reached({ ...headline, ratio: Number.NaN, least: 0 })).toBe(false)
  expect(reached({ ...headline, ratio: 5 })).toBeUndefined()
})

it("says how each peer that is not there is installed", () => {
  const { python, packages, anvil, lacking } = findPeers(join(cwd, "nothing"))
  expect([python, packages, anvil]).toEqual([undefined, [], undefined])
  expect(lacking.map(({ name }) => name)).toEqual(["verbs, pyrevm, simpy, mesa", "anvil"])
  expect(lacking[0]?.install).toMatch(/^python3 -m venv .* && .*pip install verbs==/)
  expect(lacking[1]?.install).toMatch(/^npm install --prefix .* @foundry-rs\/anvil@/)
})
