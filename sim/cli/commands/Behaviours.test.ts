/** `behaviours`: what it says of agents with planted strengths and weaknesses, and how it ends. */
import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { mesocosm, workspace, writeScenario } from "../fixtures/Command.ts"

let cwd = ""
beforeAll(() => {
  cwd = workspace()
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

/** Spends a little less or more each day than it could: `costs` as its one trait, in whole units of the numeraire. */
const spender = (deviation: string): string => `
import { amountOf, Trait } from "mesocosm"
const spender = Behaviour.make("spender", {
  needs: { token: "DataToken" },
  traits: { costs: Trait.constant(2, { unit: "credits per day" }) },
  deviations: { "spends otherwise": { costs: ${deviation} } },
  init: () => ({}),
  wake: () => 86400,
  *act({ self, traits }) {
    self.spend("living", amountOf(traits.costs))
    return []
  }
})`

/** Learns nothing, and says it does. */
const idler = `
import { Trait } from "mesocosm"
const idler = Behaviour.make("idler", {
  needs: { token: "DataToken" },
  traits: { awake: Trait.constant(true, { unit: "yes or no" }) },
  learns: { carries: (state) => state, frozen: {}, against: { "no trade": { awake: false } } },
  init: () => ({ seen: 0 }),
  wake: () => 86400,
  *act({ state }) { return { intents: [], state: { seen: state.seen + 1 } } }
})`

const few = ["--seeds", "3", "--episodes", "2", "--quiet"]

describe("behaviours", () => {
  it("names the deviation that pays, and ends with 1", async () => {
    writeScenario(cwd, "wasteful", {
      above: spender("1"),
      populations: "{ spenders: Population.of(spender, { count: 1 }) }"
    })
    const [told, json] = await Promise.all([
      mesocosm(cwd, ["behaviours", "wasteful", ...few]),
      mesocosm(cwd, ["behaviours", "wasteful", ...few, "--json"])
    ])
    // Thirteen days of living at 1 in place of 2; the fourteenth is the end.
    expect([told.code, told.stderr, json.code]).toEqual([1, "", 1])
    expect(told.stdout).toContain("spenders/0 (spender) earns -26, -26 to -26")
    expect(told.stdout).toMatch(/^ {4}spends otherwise +\+13 +13 to 13$/m)
    expect(told.stdout).toContain("✗  regret 13, and it earns nothing itself: spends otherwise")
    const said = JSON.parse(json.stdout) as { readonly [key: string]: unknown }
    expect(said).toMatchObject({
      scenario: "wasteful",
      chain: "revm",
      seeds: [1, 2, 3],
      passed: false,
      learning: [],
      exploitability: [{ population: "spenders", regret: 13, share: null, best: { deviation: "spends otherwise" } }]
    })
  })

  it("ends with 0 where no deviation pays", async () => {
    writeScenario(cwd, "thrifty", {
      above: spender("3"),
      populations: "{ spenders: Population.of(spender, { count: 1 }) }"
    })
    const { code, stdout } = await mesocosm(cwd, ["behaviours", "thrifty", ...few])
    expect(code).toBe(0)
    expect(stdout).toContain("✓  no deviation earns more")
  })

  it("does not call a learner what earns no more than no trade, and draws its curve", async () => {
    writeScenario(cwd, "idle", { above: idler, populations: "{ idlers: Population.of(idler, { count: 1 }) }" })
    const { code, stdout } = await mesocosm(cwd, ["behaviours", "idle", ...few])
    expect(code).toBe(1)
    expect(stdout).toMatch(/no trade +0 +0 +0 to 0 +not beaten/)
    expect(stdout).toContain("profit of each of 2 training episodes, exploring\n    0 ┤")
    expect(stdout).toContain("✗  not a learner")
  })

  it("says the same on any number of workers, audited, and leaves the report where it is told to", async () => {
    writeScenario(cwd, "spread", {
      above: spender("3"),
      populations: "{ spenders: Population.of(spender, { count: 1 }) }"
    })
    const [one, three] = await Promise.all([
      mesocosm(cwd, ["behaviours", "spread", ...few, "--workers", "1", "--json"]),
      mesocosm(cwd, ["behaviours", "spread", ...few, "--workers", "3", "--out", "checked"])
    ])
    expect([one.code, three.code]).toEqual([0, 0])
    expect(JSON.parse(one.stdout)).toMatchObject({ audited: { chain: "hardhat", runs: 2, identical: 2 } })
    expect(three.stdout).toContain("Audited on Hardhat: 2 of 2 identical")
    expect(three.stdout).toContain("report  checked/behaviours.html")
    expect(readFileSync(join(cwd, "checked", "behaviours.json"), "utf8")).toBe(one.stdout)
    expect(readFileSync(join(cwd, "checked", "behaviours.html"), "utf8")).toContain("spends otherwise")
  })

  it("says so when there is nothing to check", async () => {
    writeScenario(cwd, "empty", {})
    const { code, stdout } = await mesocosm(cwd, ["behaviours", "empty", ...few])
    expect([code, stdout]).toEqual([
      0,
      "empty, arm baseline: 3 seeds on revm, in credits\n" +
        "  No behaviour with agents lists deviations, and none learns: there is nothing to check.\n"
    ])
  })

  it("ends with 3 when a run fails", async () => {
    const thrower = spender("1").replace('self.spend("living", amountOf(traits.costs))', 'throw new Error("lost")')
    writeScenario(cwd, "broken", { above: thrower, populations: "{ spenders: Population.of(spender, { count: 1 }) }" })
    const { code, stdout } = await mesocosm(cwd, ["behaviours", "broken", ...few, "--json"])
    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({ error: { tag: "AgentError", reason: "Threw" } })
  })

  it.each([
    ["--seeds", "0"],
    ["--episodes", "many"],
    ["--workers", "257"]
  ])("refuses %s %s with 2", async (flag, value) => {
    const { code, stdout } = await mesocosm(cwd, ["behaviours", "open-pool", flag, value, "--json"])
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ error: { reason: "Usage", offending: { name: flag, value } } })
  })

  it("ends with 130 when it is interrupted", async () => {
    writeScenario(cwd, "endless", {
      above: spender("1"),
      horizon: "20000 weeks",
      populations: "{ spenders: Population.of(spender, { count: 1 }) }",
      sample: 'if (at.time > 0) console.error("sampled")'
    })
    let sent = false
    const ended = await mesocosm(cwd, ["behaviours", "endless", ...few], (said, kill) => {
      if (sent || !said.includes("sampled")) return
      sent = true
      kill("SIGINT")
    })
    expect([ended.code, ended.stdout]).toEqual([130, ""])
    expect(ended.stderr).toContain("Interrupted: nothing is said")
  })

  it("shows examples in its help", async () => {
    const { code, stdout } = await mesocosm(cwd, ["behaviours", "--help"])
    expect(code).toBe(0)
    expect(stdout).toMatch(/EXAMPLES\n {2}# .+\n {2}mesocosm behaviours/)
  })
})
