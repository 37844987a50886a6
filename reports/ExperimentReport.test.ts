/** The report of an experiment in a real browser: silent, accessible, and saying what the analysis says. */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { compareDesign, overAssumed, sensitivityDesign, sweepDesign } from "../sim/experiment/Designs.ts"
import { conducted } from "../sim/experiment/fixtures/conducted.ts"
import mortal from "../sim/experiment/fixtures/deadly.ts"
import planted from "../sim/experiment/fixtures/planted.ts"
import { readAxis } from "../sim/experiment/Points.ts"
import { writeExperimentReport } from "./ExperimentReport.ts"
import { openReport, startBrowser, unfold, violations, widthOf } from "./fixtures/Browser.ts"
import hostile from "./fixtures/hostile.ts"
import { commandLine } from "./run/CommandLine.ts"

const file = join(import.meta.dirname, "..", "sim", "experiment", "fixtures", "planted.ts")
const choice = {
  arms: ["baseline", "treated"],
  set: {},
  seeds: { from: 1, count: 10 },
  kpis: ["outcome"],
  audit: 0
}
let browser: Browser

beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

/** The page, opened whole, at both widths; what it says as text. */
async function read(path: string): Promise<{ readonly text: string; readonly charts: readonly string[] }> {
  const { html, charts } = await writeExperimentReport(path)
  let text = ""
  for (const [scheme, width] of [
    ["light", 1280],
    ["dark", 390]
  ] as const) {
    const { page, noise } = await openReport(browser, html, { scheme, width })
    await unfold(page)
    expect(noise).toEqual([])
    expect(await violations(page)).toEqual([])
    expect(await widthOf(page)).toBeLessThanOrEqual(width)
    text = (await page.textContent("main")) ?? ""
    await page.close()
  }
  return { text, charts }
}

/** Everything below a folder. */
const below = (folder: string): readonly string[] => readdirSync(folder, { recursive: true, encoding: "utf8" })

describe("the report of an experiment", { timeout: 240_000 }, () => {
  it("says the verdict, in which share of the assumptions it holds, and what flips it", async () => {
    const design = overAssumed(planted, compareDesign(planted, choice), { points: 32, pairs: 4, refine: 8 })
    const { analysis, path } = await conducted(planted, file, design)
    const { text, charts } = await read(path)
    const [claim] = analysis.assumptions?.claims ?? []
    expect(text).toContain("With treated, 1 of 1 outcome is better (outcome).")
    expect(text).toContain("treat 1 instead of 0")
    expect(text).toContain(`turns where x passes ${claim?.flip?.written.at}`)
    expect(text).toContain(`where x passes ${claim?.flip?.written.at}`)
    expect(text).toContain("simulation interval, given the assumptions")
    expect(text).toContain("Audited: no run was made again on Hardhat")
    expect(text).toContain("not measured. ./mesocosm validate")
    for (const kind of ["assumptions", "difference", "fan", "distribution"]) {
      const drawn = charts.find((chart) => chart.includes(kind) && chart.endsWith(".svg"))
      expect(drawn !== undefined && existsSync(drawn), kind).toBe(true)
      // A line that nobody can name says nothing.
      if (kind === "fan" || kind === "distribution") expect(readFileSync(drawn ?? "", "utf8")).toContain(">treated<")
    }
  })

  it("draws surfaces of a sweep, and tornados of a sensitivity analysis", async () => {
    const seeds = { from: 1, count: 2 }
    const vary = [readAxis("x=1..7/2"), readAxis("z=5,50")]
    const grid = sweepDesign(planted, { ...choice, seeds }, { vary, sampling: { method: "grid" } })
    const swept = await read((await conducted(planted, file, grid)).path)
    expect(swept.charts.some((chart) => chart.includes("sweep"))).toBe(true)
    const screened = sensitivityDesign(planted, { ...choice, seeds }, { vary: [], method: "morris", base: 4 })
    const { text, charts } = await read((await conducted(planted, file, screened)).path)
    expect(charts.some((chart) => chart.includes("tornado"))).toBe(true)
    expect(text).toContain("μ*")
  })

  it("of hostile words shows text, keeps to its folder, and quotes what may be pasted", async () => {
    const path = join(import.meta.dirname, "fixtures", "hostile.ts")
    const seeds = { from: 1, count: 2 }
    const design = compareDesign(hostile, { arms: [], set: {}, seeds, kpis: null, audit: 0 })
    const { path: folder } = await conducted(hostile, path, design)
    // One file per arm, none of them where a name would lead.
    expect(below(join(folder, "arms")).length).toBe(design.arms.length)
    expect(readdirSync(dirname(folder))).toEqual([basename(folder)])
    const { text } = await read(folder)
    expect(text).toContain("<img src=x onerror=alert(2)>")
    expect(readFileSync(join(folder, "report.html"), "utf8")).not.toContain("<img src=x")
  })

  it("of failed runs gives commands that run nothing else, and no path of where it was made", async () => {
    const set = { deadly: "1", evil: "$(touch pwned) `touch pwned`" }
    expect(commandLine({ scenario: "a b", arm: "$(touch pwned)", seed: 1, set })).toBe(
      "./mesocosm run 'a b' --arm '$(touch pwned)' --seed 1 --set deadly=1 --set 'evil=$(touch pwned) `touch pwned`'"
    )
    const deadly = await conducted(
      mortal,
      join(import.meta.dirname, "..", "sim", "experiment", "fixtures", "deadly.ts"),
      compareDesign(mortal, {
        ...choice,
        arms: ["baseline"],
        kpis: null,
        seeds: { from: 1, count: 2 },
        set: { deadly: "1" }
      })
    )
    const { html } = await writeExperimentReport(deadly.path)
    const page = readFileSync(html, "utf8")
    expect(page).toContain("--arm baseline --seed 1 --set deadly=1")
    expect(page).not.toContain(deadly.path)
  })
})
