/** An experiment's page makes its published runs again, and others, in a real browser: digest for digest. */
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import openPool from "../scenarios/open-pool.ts"
import { ArtifactStore } from "../sim/chain/artifact/ArtifactStore.ts"
import { storeRerun } from "../sim/cli/Rerun.ts"
import { chromium, lacking } from "../sim/cli/testing/Tools.ts"
import { compareDesign } from "../sim/experiment/Designs.ts"
import { execute } from "../sim/experiment/Execute.ts"
import { conducted, ROOT } from "../sim/experiment/fixtures/conducted.ts"
import { resolve } from "../sim/run/RunSpec.ts"
import { readStored } from "../sim/store/ExperimentReader.ts"
import { writeExperimentReport } from "./ExperimentReport.ts"
import { openReport, startBrowser, unfold, violations, widthOf } from "./fixtures/Browser.ts"
import { ask, runsMade } from "./fixtures/Rerun.ts"
import { readBundle, storeBundle } from "./rerun/Stored.ts"

const FILE = join(ROOT, "scenarios/open-pool.ts")
const ARM = "sybil-with-stake"
const set = { honest: "10", weekly: "100" }

let folder = ""

beforeAll(async () => {
  const seeds = { from: 3, count: 2 }
  const design = compareDesign(openPool, { arms: ["baseline", ARM], set, seeds, kpis: null, audit: 0 })
  folder = (await conducted(openPool, FILE, design)).path
  const artifacts = ArtifactStore.open(ROOT)
  expect(await storeRerun({ folder, scenario: openPool, file: FILE, set, artifacts })).toBeUndefined()
  await writeExperimentReport(folder, { charts: false })
}, 180_000)

/** What the engine in Node gives. */
async function digestsOf(arm: string, seed: number, moved: { readonly [param: string]: string }) {
  const resolved = resolve(openPool, { arm, seed, set: { ...set, ...moved } })
  const artifacts = ArtifactStore.open(ROOT)
  const { manifest } = await execute({ scenario: openPool, resolved, chain: "revm", artifacts })
  return [manifest.digest.economy, manifest.digest.trace]
}

it("stays under 4 MB, and has the same bytes each time", async () => {
  const page = await readFile(join(folder, "report.html"), "utf8")
  expect(Buffer.byteLength(page)).toBeLessThan(4_000_000)
  await writeExperimentReport(folder, { charts: false })
  expect(await readFile(join(folder, "report.html"), "utf8")).toBe(page)
})

it("allows by hash what it carries, WebAssembly and workers from blobs, and nothing wider", async () => {
  const page = await readFile(join(folder, "report.html"), "utf8")
  expect(/Security-Policy" content="([^"]*)"/.exec(page)?.[1]).toMatch(
    /^default-src 'none'; script-src( 'sha256-[^']+'){5} 'wasm-unsafe-eval'; worker-src blob:; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$/
  )
})

describe.skipIf(chromium() === undefined)(`in a browser${lacking(chromium)}`, { timeout: 120_000 }, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  }, 60_000)
  afterAll(() => browser?.close())

  it("every arm and seed gives the published digests; what is moved gives those of Node, beside the reference arm", async () => {
    const { page, noise } = await openReport(browser, join(folder, "report.html"), { scheme: "light", width: 390 })
    for (const arm of ["0", "1"]) {
      await page.selectOption("[name=arm]", arm)
      await page.fill("[name=seed]", "3")
      await page.fill("[name=seeds]", "2")
      await ask(page)
      const verdicts = await page.locator(".results .verdict p").allTextContents()
      expect(verdicts.map((each) => each.slice(0, 15))).toEqual(["✓ The same run.", "✓ The same run."])
    }
    const { plan, outcomes } = await readStored(folder)
    const made = await runsMade(page)
    expect(made.map(([run, , whose]) => `${run} ${whose}`)).toEqual(
      ["baseline", ARM].flatMap((arm) => [3, 4].map((seed) => `${arm}, seed ${seed} published`))
    )
    for (const [nth, [arm, seed]] of ["baseline", ARM].flatMap((arm) => [3, 4].map((seed) => [arm, seed])).entries()) {
      const hash = plan.find((row) => row.arm === arm && row.seed === seed)?.hash
      const outcome = hash === undefined ? undefined : outcomes.get(hash)
      expect(made[nth]?.slice(3)).toEqual([outcome?.economy, outcome?.trace])
    }
    // What the arm itself sets is moved in the arm alone; what both have, in both.
    await unfold(page)
    const field = (name: string): string => `.knob:has(label code:text-is("${name}")) input:not([type=range])`
    await page.fill("[name=seeds]", "1")
    await page.fill(field("stake"), "100")
    await ask(page)
    await page.fill(field("honest"), "12")
    await ask(page)
    const moved = (await runsMade(page)).slice(4)
    expect(await page.locator(".results").textContent()).toContain(`with what you moved, but stake in ${ARM} alone`)
    expect(moved.map(([run, what]) => `${run}: ${what}`)).toEqual([
      `${ARM}, seed 3: stake=100`,
      "baseline, seed 3: honest=12",
      `${ARM}, seed 3: stake=100, honest=12`
    ])
    expect(moved[0]?.slice(3)).toEqual(await digestsOf(ARM, 3, { stake: "100" }))
    expect(moved[1]?.slice(3)).toEqual(await digestsOf("baseline", 3, { honest: "12" }))
    expect(moved[2]?.slice(3)).toEqual(await digestsOf(ARM, 3, { stake: "100", honest: "12" }))
    expect(await page.textContent(".results")).toContain(`What ${ARM} changes against baseline`)
    expect(await page.locator(".results .charts svg").count()).toBeGreaterThan(0)
    expect(await widthOf(page)).toBe(390)
    expect(noise).toEqual([])
    expect(await violations(page)).toEqual([])
    await page.close()
  })

  it("says plainly when a published digest is not what its code gives", async () => {
    const bundle = await readBundle(folder)
    if (bundle === null) throw new Error("there is no bundle")
    const forged = join(folder, "forged.html")
    await writeExperimentReport(folder, { charts: false, out: forged })
    const page_ = await readFile(forged, "utf8")
    const digest = /"economy":"(0x[0-9a-f]{64})"/.exec(page_)?.[1] ?? ""
    expect(digest).not.toBe("")
    await writeFile(forged, page_.replaceAll(digest, `0x${"0".repeat(64)}`))
    const { page } = await openReport(browser, forged, { scheme: "light", width: 1280 })
    await ask(page)
    expect(await page.locator(".results .verdict").first().textContent()).toMatch(
      /✕ NOT the same run\.[\s\S]*: economy differs from what was published/
    )
    await page.close()
  })

  it("says why it cannot, where what it carries was refused", async () => {
    const bundle = await readBundle(folder)
    const refused = { tag: "ReportError", reason: "NotForAPage", message: "by <other> code", fix: "Go back." }
    await storeBundle(folder, { version: 1, refused })
    const { html } = await writeExperimentReport(folder, { charts: false, out: join(folder, "refused.html") })
    const page = await readFile(html, "utf8")
    expect(page).toContain("This page cannot run the scenario: <bdi>by &lt;other&gt; code</bdi>")
    expect(page).not.toContain("wasm-unsafe-eval")
    if (bundle !== null) await storeBundle(folder, bundle)
  })
})
