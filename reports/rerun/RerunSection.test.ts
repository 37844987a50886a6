import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import openPool from "../../scenarios/open-pool.ts"
import { ArtifactStore } from "../../sim/chain/artifact/ArtifactStore.ts"
import { chromium, lacking } from "../../sim/cli/testing/Tools.ts"
import { execute } from "../../sim/experiment/Execute.ts"
import { resolve } from "../../sim/run/RunSpec.ts"
import { readManifest } from "../../sim/store/RunFolder.ts"
import { type Opened, openReport, startBrowser, unfold, violations, widthOf } from "../fixtures/Browser.ts"
import { changed, rerunnable } from "../fixtures/Folders.ts"
import { ask, free, runsMade, said } from "../fixtures/Rerun.ts"
import { writeReport } from "../RunReport.ts"
import { readBundle, storeBundle } from "./Stored.ts"

const ROOT = join(import.meta.dirname, "../..")
const OPEN_POOL = join(ROOT, "scenarios/open-pool.ts")
const small = { honest: "10", weekly: "100" }

let pool = ""
let economy = ""

beforeAll(async () => {
  pool = await rerunnable(OPEN_POOL, { arm: "sybil-with-stake", seed: 7, set: small })
  economy = await rerunnable(join(ROOT, "scenarios/weekly-rewards.ts"), { seed: 7 })
  await writeReport(pool, { charts: false })
  await writeReport(economy, { charts: false })
}, 180_000)

const html = (folder: string): Promise<string> => readFile(join(folder, "report.html"), "utf8")

describe("a page that runs its scenario again", () => {
  it("stays under 4 MB, and has the same bytes each time", async () => {
    const first = await html(economy)
    expect(Buffer.byteLength(first)).toBeLessThan(4_000_000)
    await writeReport(economy, { charts: false })
    expect(await html(economy)).toBe(first)
  })

  it("allows by hash what it carries, WebAssembly and workers from blobs, and nothing wider", async () => {
    const policy = /Security-Policy" content="([^"]*)"/.exec(await html(pool))?.[1] ?? ""
    expect(policy).toMatch(
      /^default-src 'none'; script-src( 'sha256-[^']+'){5} 'wasm-unsafe-eval'; worker-src blob:; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$/
    )
  })

  it("names no path of the machine", async () => {
    const page = await html(pool)
    expect(page).not.toContain(ROOT)
    for (const packed of Object.values((await readBundle(pool)) ?? {})) {
      if (typeof packed !== "string") continue
      const script = Buffer.from(packed, "base64")
      expect(script.toString("latin1")).not.toContain(ROOT)
    }
  })

  it("is left out of the report of a run that did not end", async () => {
    const partial = await changed(pool, (whole) => ({ ...whole, status: "interrupted" }))
    const bundle = await readBundle(pool)
    if (bundle === null) throw new Error("there is no bundle")
    await storeBundle(partial, bundle)
    await writeReport(partial, { charts: false })
    expect(await html(partial)).not.toContain("Run it again in this page")
  })

  it("says why it cannot, where it cannot", async () => {
    const other = await changed(pool, (whole) => whole)
    const refused = { tag: "ReportError", reason: "NotForAPage", message: "it reads <files>", fix: "Do not." }
    await storeBundle(other, { version: 1, refused })
    await writeReport(other, { charts: false })
    const page = await html(other)
    expect(page).toContain("This page cannot run the scenario: <bdi>it reads &lt;files&gt;</bdi>")
    expect(page).not.toContain("unsafe")
  })
})

describe.skipIf(chromium() === undefined)(`in a browser${lacking(chromium)}`, { timeout: 120_000 }, () => {
  let browser: Browser | undefined

  beforeAll(async () => {
    browser = await startBrowser()
  }, 60_000)

  afterAll(() => browser?.close())

  function open(folder: string, scheme: "light" | "dark" = "light", width = 1280): Promise<Opened> {
    if (browser === undefined) throw new Error("no browser")
    return openReport(browser, join(folder, "report.html"), { scheme, width })
  }

  const verdict = (page: Page): Promise<string | null> => page.locator(".results .verdict").first().textContent()

  it.each([
    ["open-pool", "light", 390],
    ["weekly-rewards", "dark", 1280]
  ] as const)(
    "%s: a published seed gives the published digests, and the page stays quiet",
    async (which, scheme, width) => {
      const folder = which === "open-pool" ? pool : economy
      const { digest } = await readManifest(folder)
      const { page, noise } = await open(folder, scheme, width)
      await ask(page)
      expect(await verdict(page)).toContain("✓ The same run.")
      const [made] = await runsMade(page)
      expect(made?.slice(1)).toEqual(["nothing", "published", digest.economy, digest.trace])
      await unfold(page)
      expect(await widthOf(page)).toBe(width)
      expect(noise).toEqual([])
      expect(await violations(page)).toEqual([])
      await page.close()
    }
  )

  it("a moved slider gives the digests of `mesocosm run --set`, beside what was declared", async () => {
    const { page, noise } = await open(pool, "dark", 390)
    const slider = page.locator(".knob input[type=range]").first()
    await slider.focus()
    await page.keyboard.press("PageUp")
    const value = await page.locator(".knob.moved input:not([type=range])").inputValue()
    expect(value).not.toBe("10")
    await page.fill("[name=seeds]", "2")
    expect(await page.locator("#rerun-plan").textContent()).toContain("not published: honest moved")
    const command = `./mesocosm run open-pool --arm sybil-with-stake --seed 7`
    expect(await page.locator("#rerun-command").textContent()).toContain(command)
    expect(await page.locator("#rerun-command").textContent()).toContain(`--set honest=${value}`)
    await ask(page)
    const made = await runsMade(page)
    // Seed 7 is published as declared; seed 8 had to be made without the change too.
    expect(made.map(([run, moved, whose]) => [run, moved, whose])).toEqual([
      ["sybil-with-stake, seed 7", `honest=${value}`, "yours"],
      ["sybil-with-stake, seed 8", "nothing", "yours"],
      ["sybil-with-stake, seed 8", `honest=${value}`, "yours"]
    ])
    for (const [nth, set, seed] of [
      [0, { ...small, honest: value }, 7],
      [1, small, 8],
      [2, { ...small, honest: value }, 8]
    ] as const) {
      const { manifest } = await execute({
        scenario: openPool,
        resolved: resolve(openPool, { arm: "sybil-with-stake", seed, set }),
        chain: "revm",
        artifacts: ArtifactStore.open(ROOT)
      })
      expect(made[nth]?.slice(3)).toEqual([manifest.digest.economy, manifest.digest.trace])
    }
    expect(await page.locator(".results .verdict").count()).toBe(0)
    expect(await page.locator(".results .charts svg").count()).toBeGreaterThan(1)
    await unfold(page)
    expect(await widthOf(page)).toBe(390)
    expect(noise).toEqual([])
    expect(await violations(page)).toEqual([])
    await page.close()
  })

  it("says plainly when a published run is not what the page's code gives", async () => {
    const forged = await changed(pool, (whole) => ({
      ...whole,
      digest: { ...whole.digest, economy: `0x${"0".repeat(64)}` }
    }))
    const bundle = await readBundle(pool)
    if (bundle === null) throw new Error("there is no bundle")
    await storeBundle(forged, bundle)
    await writeReport(forged, { charts: false })
    const { page } = await open(forged)
    await ask(page)
    expect(await verdict(page)).toMatch(/✕ NOT the same run\.[\s\S]*: economy differs from what was published/)
    await page.close()
  })

  it("can be stopped, does not hold the page up, and goes on after it", async () => {
    const { page, noise } = await open(economy)
    await page.fill("[name=seed]", "70")
    await page.fill("[name=seeds]", "50")
    await page.click("#rerun-go")
    await page.waitForSelector("#rerun-progress progress")
    await expect
      .poll(() => page.locator("#rerun-progress .quiet").textContent())
      .toMatch(/of 26 weeks; [\d,]+ transactions/)
    // Frames come while it works: what held the page up would hold these up too.
    await page.evaluate(
      "new Promise((resolve) => { let left = 20; const frame = () => (--left > 0 ? requestAnimationFrame(frame) : resolve()); frame() })"
    )
    expect(await page.locator("#rerun-go").isDisabled()).toBe(true)
    await page.click("#rerun-stop")
    await free(page)
    expect(await said(page)).toMatch(/^Stopped: \d+ of 50 runs made\.$/)
    await page.fill("[name=seed]", "7")
    await page.fill("[name=seeds]", "1")
    await ask(page)
    expect(await verdict(page)).toContain("✓ The same run.")
    expect(noise).toEqual([])
    await page.close()
  })

  it("says in words, with a fix, what cannot be run", async () => {
    const { page, noise } = await open(pool)
    await page.locator(".knob input:not([type=range])").first().fill("many")
    await ask(page)
    expect(await said(page)).toMatch(/ScenarioError WrongUnit: honest is "many"[\s\S]*What to do: Give honest as/)
    // What was asked for can be put back.
    await page.click("button[type=reset]")
    await ask(page)
    expect(await verdict(page)).toContain("✓ The same run.")
    expect(noise).toEqual([])
    await page.close()
  })

  it("says so where scripts do not run, and asks for nothing", async () => {
    if (browser === undefined) throw new Error("no browser")
    const page = await browser.newPage({ javaScriptEnabled: false })
    await page.goto(`file://${join(pool, "report.html")}`)
    expect(await page.locator("#rerun noscript p").textContent()).toContain("scripts")
    expect(await page.locator("#rerun-form").isVisible()).toBe(false)
    await page.close()
  })
})

it("reads no bundle that is cut off or of another version", async () => {
  const folder = await changed(pool, (whole) => whole)
  expect(await readBundle(folder)).toBeNull()
  for (const [text, reason] of [
    ["{", "UnreadableRun"],
    ['{"version":1,"scenario":"x"}', "UnreadableRun"],
    ['{"version":2}', "SchemaVersion"]
  ] as const) {
    await writeFile(join(folder, "rerun.json"), text)
    await expect(readBundle(folder)).rejects.toMatchObject({ _tag: "ReportError", reason })
  }
})
