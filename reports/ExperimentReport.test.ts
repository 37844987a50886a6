/** The report of an experiment in a real browser: silent, accessible, and saying what the analysis says. */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import MarkdownIt from "markdown-it"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ArtifactStore } from "../sim/chain/artifact/ArtifactStore.ts"
import { storeRerun } from "../sim/cli/Rerun.ts"
import { compareDesign, overAssumed, sensitivityDesign, sweepDesign } from "../sim/experiment/Designs.ts"
import { conducted, ROOT } from "../sim/experiment/fixtures/conducted.ts"
import mortal from "../sim/experiment/fixtures/deadly.ts"
import planted from "../sim/experiment/fixtures/planted.ts"
import { readAxis } from "../sim/experiment/Points.ts"
import { writeExperimentReport } from "./ExperimentReport.ts"
import { openReport, startBrowser, unfold, violations, widthOf } from "./fixtures/Browser.ts"
import hostile from "./fixtures/hostile.ts"
import { ask, runsMade } from "./fixtures/Rerun.ts"
import { HIDDEN } from "./format/Visible.ts"
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
    expect(text).toContain("treat to 1 (now 0)")
    const { at = "" } = claim?.flip?.written ?? {}
    // The planted flip is in four digits, and so is what is told of it.
    for (const before of ["undone ", "sets of assumptions: "])
      expect(text).toContain(`${before}where x is ${Number(Number(at).toPrecision(4))} or more (`)
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
    // The answer, in a sentence.
    expect(swept.text).toMatch(
      /Outcome \(baseline\) goes from [\d.,]+ at x = 1 and z = 5 to [\d.,]+ at x = \d and z = 50/
    )
    expect(swept.text).toMatch(/Outcome, treated against baseline: [a-z]+ at \d/)
    expect(text).toMatch(/The effect of treated on Outcome hangs most on x/)
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
    // The page carries the scenario, and what runs there is asked for by the true names.
    expect(
      await storeRerun({ folder, scenario: hostile, file: path, set: {}, artifacts: ArtifactStore.open(ROOT) })
    ).toBe(undefined)
    const { text } = await read(folder)
    expect(text).toContain("<img src=x onerror=alert(2)>")
    const { page: opened, noise } = await openReport(browser, join(folder, "report.html"), {
      scheme: "dark",
      width: 390
    })
    await opened.selectOption("[name=arm]", "1")
    await opened.fill("[name=seed]", "1")
    await ask(opened)
    expect(await opened.locator(".results .verdict").first().textContent()).toContain("✓ The same run.")
    await opened.locator(".knob input:not([type=range])").first().fill("5")
    await ask(opened)
    expect((await runsMade(opened)).length).toBe(2)
    expect(await opened.locator("img").count()).toBe(0)
    expect(noise).toEqual([])
    await opened.close()
    const page = readFileSync(join(folder, "report.html"), "utf8")
    expect(page).not.toContain("<img src=x")
    expect([...page.matchAll(HIDDEN)]).toEqual([])
    // The same as Markdown, as a forum reads it: nothing but text and what this room wrote.
    const { markdown, charts } = await writeExperimentReport(folder, { markdown: true })
    const source = readFileSync(markdown ?? "", "utf8")
    expect([...source.matchAll(HIDDEN)]).toEqual([])
    const elements = new MarkdownIt({ html: true, linkify: true }).render(source).matchAll(/<(\/?\w+)([^<>]*)>/g)
    for (const [, name = "", attributes = ""] of elements) {
      expect(name).toMatch(/^\/?(?:h[12]|p|em|strong|ul|li|table|thead|tbody|tr|th|td|code|img)$/)
      if (name === "img") expect(attributes).toMatch(/^ src="charts\/[\w-]+\.svg" alt="[^"]*"$/)
      else if (name.startsWith("t")) expect(attributes).toMatch(/^(?: style="text-align:right")?$/)
      else expect(attributes).toBe("")
    }
    for (const [, name] of source.matchAll(/\]\(charts\/([\w-]+\.svg)\)/g)) {
      expect(charts.some((path) => basename(path) === name)).toBe(true)
    }
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
