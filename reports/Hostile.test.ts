/** A scenario whose every word is hostile is shown as text: in the page, in what runs there, and in drawings. */
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { chromium, lacking } from "../sim/cli/testing/Tools.ts"
import { readManifest } from "../sim/store/RunFolder.ts"
import { openReport, startBrowser, unfold, violations, widthOf } from "./fixtures/Browser.ts"
import { rerunnable } from "./fixtures/Folders.ts"
import { EVIL } from "./fixtures/hostile.ts"
import { ask, runsMade } from "./fixtures/Rerun.ts"
import { HIDDEN, visible } from "./format/Visible.ts"
import { writeReport } from "./RunReport.ts"

const FILE = join(import.meta.dirname, "fixtures/hostile.ts")

let folder = ""
let charts: readonly string[] = []

beforeAll(async () => {
  folder = await rerunnable(FILE, { seed: 7 })
  charts = (await writeReport(folder)).charts
}, 120_000)

describe("a hostile scenario", () => {
  it("has hostile words wherever a scenario has words", async () => {
    const {
      scenario,
      params,
      populations,
      environment,
      metrics,
      charts: drawn,
      checks,
      counts
    } = await readManifest(folder)
    const words = [
      scenario.question,
      scenario.about,
      scenario.numeraire,
      ...scenario.omits,
      ...Object.keys(scenario.arms).slice(1),
      ...params.flatMap(({ name, source }) => [name, source]),
      ...populations.flatMap(({ name, traits }) => [name, ...Object.keys(traits)]),
      ...environment.flatMap(({ name, unit, says, source }) => [name, unit, says, source]),
      ...metrics.flatMap(({ name, says }) => [name, says]),
      ...drawn.slice(0, 1).flatMap(({ title, says, theory }) => [title, says, theory?.label]),
      ...checks.map(({ claim }) => claim)
    ]
    for (const each of words) expect(each).toContain(EVIL)
    expect(counts.reverted).toBeGreaterThan(0)
  })

  it("leaves no character in the page's source that reorders or hides others, and no markup of its own", async () => {
    const page = await readFile(join(folder, "report.html"), "utf8")
    expect([...page.matchAll(HIDDEN)]).toEqual([])
    const body = page.slice(page.indexOf("<body>"), page.indexOf("<script"))
    expect(body).not.toContain("<img")
    expect(body).not.toContain('javascript:alert(3)"')
    expect(page.match(/<script/g)?.length).toBe(11)
  })

  it("is drawn as text", async () => {
    const drawings = charts.filter((path) => path.endsWith(".svg"))
    expect(drawings.length).toBeGreaterThan(3)
    for (const path of drawings) {
      const svg = await readFile(path, "utf8")
      expect([...svg.matchAll(HIDDEN)]).toEqual([])
      expect(svg).not.toMatch(/<(script|img|a|foreignObject)\b/i)
    }
  })
})

describe.skipIf(chromium() === undefined)(
  `a hostile scenario, in a browser${lacking(chromium)}`,
  { timeout: 120_000 },
  () => {
    let browser: Browser | undefined
    beforeAll(async () => {
      browser = await startBrowser()
    }, 60_000)
    afterAll(() => browser?.close())

    it.each([
      ["light", 390],
      ["dark", 1280]
    ] as const)("is text in %s at %d px, in its own report and in the runs made there", async (scheme, width) => {
      if (browser === undefined) throw new Error("no browser")
      const { page, noise } = await openReport(browser, join(folder, "report.html"), { scheme, width })
      expect(await page.locator("h1").textContent()).toBe(visible(`Is this a question?${EVIL}`))
      const { digest } = await readManifest(folder)
      await ask(page)
      expect((await runsMade(page))[0]?.slice(3)).toEqual([digest.economy, digest.trace])
      // Its other arm, with a choice of a hostile name: the names that go to the worker are the true ones.
      await page.selectOption("[name=arm]", "1")
      await page.selectOption(".knob select", "1")
      await ask(page)
      const made = await runsMade(page)
      expect(made.at(-1)?.slice(0, 3)).toEqual([
        visible(`arm${EVIL}, seed 7`),
        visible(`mode${EVIL}=two${EVIL}`),
        "yours"
      ])
      await unfold(page)
      expect(await widthOf(page)).toBe(width)
      expect(await page.locator("img").count()).toBe(0)
      expect(noise).toEqual([])
      expect(await violations(page)).toEqual([])
      await page.close()
    })

    it("opens as drawings that do nothing", async () => {
      if (browser === undefined) throw new Error("no browser")
      for (const path of charts.filter((each) => each.endsWith(".svg"))) {
        const page = await browser.newPage()
        const noise: string[] = []
        page.on("dialog", (dialog) => noise.push(dialog.message()))
        page.on("request", (request) => {
          if (request.url() !== `file://${path}`) noise.push(request.url())
        })
        await page.goto(`file://${path}`)
        expect(await page.evaluate("document.documentElement.nodeName")).toBe("svg")
        expect(await page.evaluate("document.getElementsByTagName('parsererror').length")).toBe(0)
        expect(noise).toEqual([])
        await page.close()
      }
    })
  }
)
