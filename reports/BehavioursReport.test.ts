import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { chromium, lacking } from "../sim/cli/testing/Tools.ts"
import { writeBehaviours } from "./BehavioursReport.ts"
import type { Findings } from "./behaviours/Findings.ts"
import { openReport, startBrowser, unfold, violations, widthOf } from "./fixtures/Browser.ts"

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&\u202e\u0000`

const at = (mean: number, half = 1, n = 3): { mean: number; low: number; high: number; n: number } => ({
  mean,
  low: mean - half,
  high: mean + half,
  n
})

const found: Findings = {
  scenario: "mine",
  question: "Who digs?",
  arm: "baseline",
  chain: "revm",
  numeraire: "USD",
  seeds: [1, 2, 3],
  mostRegret: 0.05,
  exploitability: [
    {
      population: "diggers",
      behaviour: "digger",
      own: at(100),
      deviations: [
        { deviation: "digs harder", gain: at(12.5) },
        { deviation: "rests", gain: at(-100) }
      ],
      best: { deviation: "digs harder" },
      regret: 12.5,
      share: 0.125
    }
  ],
  learning: [
    {
      population: "apprentices",
      behaviour: "apprentice",
      episodes: [3, 8.25, 21],
      checkpoints: [
        { episodes: 1, profit: at(5, 1, 2) },
        { episodes: 3, profit: at(34.75) }
      ],
      profit: at(34.75),
      contests: [
        { opponent: "no work", profit: at(0, 0), effect: at(34.75), beaten: true },
        { opponent: "chance", profit: at(34), effect: at(0.75), beaten: false }
      ],
      learns: false
    }
  ],
  audited: { chain: "hardhat", runs: 9, identical: 9 },
  passed: false,
  command: "./mesocosm behaviours mine --arm baseline --seeds 3 --episodes 3 --chain revm"
}

let folder = ""
let browser: Browser | undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "behaviours-"))
  if (chromium() !== undefined) browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

/** The page of some findings. */
async function pageOf(findings: Findings, name: string): Promise<string> {
  return readFile((await writeBehaviours(findings, join(folder, name))).html, "utf8")
}

describe("the report of the behaviour checks", { timeout: 60_000 }, () => {
  it("has every number that was found, the verdicts, and the learning curve as a drawing and as files", async () => {
    const written = await writeBehaviours(found, join(folder, "whole"))
    const page = await readFile(written.html, "utf8")
    for (const value of [12.5, -100, 3, 8.25, 21, 5, 34.75, 0, 34, 0.75]) {
      expect(page).toContain(`<data value="${value}">`)
    }
    expect(page).toContain("✕ Regret 12.50 USD, 12.50 % of its profit: digs harder.")
    expect(page).toContain("✕ Not a learner")
    expect(page).toContain("9 of 9 identical")
    expect(page).toContain(found.command)
    expect(page).toContain("Training episodes go from 3 USD to 21 USD; frozen: 5 USD after 1, 34.75 USD after 3.")
    expect(written.charts.map((path) => path.slice(path.lastIndexOf("/") + 1))).toEqual([
      "learning-apprentices.svg",
      "learning-apprentices.png"
    ])
    const again = await writeBehaviours(found, join(folder, "again"))
    expect(await readFile(again.html, "utf8")).toBe(page)
  })

  it("says so where there is nothing to check, nothing to draw, or no interval", async () => {
    const none = await pageOf({ ...found, exploitability: [], learning: [], passed: true }, "none")
    expect(none).toContain("Nothing to check")
    const [learner] = found.learning
    if (learner === undefined) throw new Error("there is no learner")
    const short = {
      ...learner,
      episodes: [3],
      checkpoints: [{ episodes: 1, profit: at(5, Number.POSITIVE_INFINITY, 1) }]
    }
    const page = await pageOf(
      { ...found, learning: [{ ...short, profit: at(5, Number.POSITIVE_INFINITY, 1) }] },
      "short"
    )
    expect(page).toContain("One episode makes no curve.")
    expect(page).not.toMatch(/Infinity|∞/)
  })
})

describe.skipIf(chromium() === undefined)(`opened in a browser${lacking(chromium)}`, { timeout: 60_000 }, () => {
  it.each([
    ["light", 390],
    ["dark", 1280]
  ] as const)(
    "is quiet, accessible and as wide as its window (%s, %i px), whatever it was told",
    async (scheme, width) => {
      if (browser === undefined) throw new Error("no browser")
      const hostile = JSON.parse(JSON.stringify(found), (name, value: unknown) =>
        typeof value === "string" && name !== "chain" ? `${value}${HOSTILE}` : value
      ) as Findings
      const file = (await writeBehaviours(hostile, join(folder, scheme))).html
      const { page, noise } = await openReport(browser, file, { scheme, width })
      await unfold(page)
      expect(await widthOf(page)).toBe(width)
      expect(noise).toEqual([])
      expect(await violations(page)).toEqual([])
      await page.close()
    }
  )
})
