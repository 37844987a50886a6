/** The dashboard in a real browser: an experiment followed live to its report, and who is let in. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { request } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { started } from "../../sim/cli/fixtures/Command.ts"
import { compareDesign } from "../../sim/experiment/Designs.ts"
import { conducted } from "../../sim/experiment/fixtures/conducted.ts"
import { writeProgress } from "../../sim/store/ExperimentProgress.ts"
import { writeExperimentReport } from "../ExperimentReport.ts"
import { startBrowser, violations, widthOf } from "../fixtures/Browser.ts"
import { rerunnable } from "../fixtures/Folders.ts"
import hostile, { EVIL } from "../fixtures/hostile.ts"
import { visible } from "../format/Visible.ts"
import { writeReport } from "../RunReport.ts"
import { type Dashboard, reportPolicy, serve } from "./Serve.ts"

const FIXTURES = join(import.meta.dirname, "..", "..", "sim", "experiment", "fixtures")
const SHOTS = process.env["MESOCOSM_SHOTS"]
let browser: Browser
let dashboard: Dashboard | undefined

beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())
afterEach(() => dashboard?.close())

const temporary = (): string => mkdtempSync(join(tmpdir(), "serve-"))

/** A page that is let in, and all that it should not do. */
async function entered(address: string): Promise<{ readonly page: Page; readonly noise: readonly string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const noise: string[] = []
  const { origin } = new URL(address)
  context.on("request", (each) => {
    if (!each.url().startsWith(origin) && !each.url().startsWith("blob:")) noise.push(`request: ${each.url()}`)
  })
  context.on("dialog", (dialog) => noise.push(`dialog: ${dialog.message()}`))
  context.on("console", (message) => noise.push(`console: ${message.text()}`))
  const page = await context.newPage()
  page.on("pageerror", (error) => noise.push(`error: ${error.message}`))
  await page.goto(address)
  return { page, noise }
}

/** Looks at the page at three widths in both schemes: it fits, and axe finds nothing. */
async function looked(page: Page, what: string): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    for (const width of [390, 1280, 1920]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await widthOf(page)).toBeLessThanOrEqual(width)
      if (SHOTS !== undefined)
        await page.screenshot({ path: join(SHOTS, `${what}-${width}-${scheme}.png`), fullPage: true })
    }
    expect(await violations(page)).toEqual([])
  }
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly cookie: string
}

function asked(address: string, path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((done, failed) => {
    const { port } = new URL(address)
    const sent = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let body = ""
      response.on("data", (bytes: Buffer) => {
        body += bytes.toString()
      })
      response.on("end", () => {
        const [cookie = ""] = response.headers["set-cookie"] ?? []
        done({ status: response.statusCode ?? 0, body, cookie })
      })
    })
    sent.on("error", failed).end()
  })
}

describe("the dashboard", { timeout: 240_000 }, () => {
  it("follows an experiment of the command line to its report", async () => {
    const here = temporary()
    dashboard = await serve({ roots: [join(here, "experiments")], port: 0 })
    const { page, noise } = await entered(dashboard.address)
    await page.waitForSelector("#empty:not([hidden])")
    await looked(page, "empty")
    await page.setViewportSize({ width: 1280, height: 900 })
    const args = [
      "compare",
      join(FIXTURES, "planted.ts"),
      "--arms",
      "baseline,treated",
      "--seeds",
      "400",
      "--audit",
      "0"
    ]
    const running = started(here, [...args, "--workers", "2", "--quiet"], { timeout: 200_000 })
    await page.waitForSelector(".list .state.running", { timeout: 60_000 })
    // By keyboard alone.
    await page.focus("#search")
    await page.keyboard.type("planted")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.waitForSelector(".details svg .band", { timeout: 60_000 })
    const halves: number[] = []
    const done: number[] = []
    while ((await page.locator(".details strong.state.running").count()) > 0 && halves.length < 200) {
      const label = (await page.locator(".details svg").getAttribute("aria-label")) ?? ""
      const [low = 0, high = 0] = (/\[([^\]]*)\]/.exec(label)?.[1] ?? "").split(", ").map(Number)
      if (halves.at(-1) !== high - low) halves.push(high - low)
      done.push(Number(await page.locator(".details progress").getAttribute("value")))
      if (halves.length === 4 && SHOTS !== undefined) await looked(page, "live")
      await page.waitForTimeout(100)
    }
    const { code, stderr } = await running.ended
    expect(stderr).toBe("")
    expect(code).toBe(0)
    // Seen while it went on: more runs, a narrower interval, both threads.
    expect(new Set(done).size).toBeGreaterThan(2)
    expect(halves.length).toBeGreaterThan(1)
    expect(halves.at(-1)).toBeLessThan(halves[0] ?? 0)
    expect(await page.locator(".details tbody th", { hasText: /^thread [12]$/ }).count()).toBe(2)
    await page.waitForSelector(".details strong.state.complete")
    await looked(page, "finished")
    const opening = page.context().waitForEvent("page")
    await page.getByRole("link", { name: "Open the report" }).click()
    const report = await opening
    await report.waitForSelector(".place[data-live] svg")
    expect(await report.textContent("main")).toContain("1 of 2 outcomes is better (outcome)")
    // An origin of its own: nothing of the dashboard is in its reach.
    expect(await report.evaluate("origin")).toBe("null")
    expect(noise).toEqual([])
  })

  it("gives nothing without the token, to another origin, host or site, and to nothing but GET", async () => {
    dashboard = await serve({ roots: [temporary()], port: 0 })
    const { address } = dashboard
    const { pathname, search, host } = new URL(address)
    const refused = { status: 403, body: "", cookie: "" }
    const own = { Host: host }
    expect(await asked(address, "/", own)).toEqual(refused)
    expect(await asked(address, pathname, own)).toEqual(refused)
    expect(await asked(address, `${pathname}events`, own)).toEqual(refused)
    expect(await asked(address, `${pathname}?token=wrong`, own)).toEqual(refused)
    const way = pathname + search
    for (const [name, value] of [
      ["Host", "evil.example"],
      ["Host", `localhost:${dashboard.port}`],
      ["Origin", "http://evil.example"],
      ["Origin", "null"],
      ["Sec-Fetch-Site", "cross-site"],
      ["Sec-Fetch-Site", "same-site"]
    ] as const) {
      expect(await asked(address, way, { ...own, [name]: value }), `${name}: ${value}`).toEqual(refused)
    }
    expect(await asked(address, way, own, "POST")).toEqual(refused)
    const { status, cookie } = await asked(address, way, own)
    expect(status).toBe(303)
    expect(cookie).toMatch(/^mesocosm=[\w-]{43}; Path=\/[0-9a-f]{24}\/; HttpOnly; SameSite=Strict$/)
    // Spent, and another is there.
    expect(await asked(address, way, own)).toEqual(refused)
    expect(dashboard.address).not.toBe(address)
    const known = { ...own, Cookie: cookie.split(";")[0] ?? "" }
    expect((await asked(address, pathname, known)).status).toBe(200)
    expect(await asked(address, pathname, { ...known, "Sec-Fetch-Site": "same-site" })).toEqual(refused)
    expect(await asked(address, pathname, { ...known, Origin: "http://127.0.0.1:1" })).toEqual(refused)
    expect((await asked(address, pathname, known, "POST")).status).toBe(405)
    expect((await asked(address, `${pathname}entry/..%2f..%2fetc`, known)).status).toBe(404)
    expect((await asked(address, `${pathname}report/__proto__`, known)).status).toBe(404)
  })

  it("gives nothing to a page of another origin in the same browser", async () => {
    const folder = temporary()
    dashboard = await serve({ roots: [folder], port: 0 })
    const { page } = await entered(dashboard.address)
    await page.waitForSelector("#empty:not([hidden])")
    const inside = page.url()
    // Another server of this machine: the same site to cookies.
    const other = await serve({ roots: [folder], port: 0 })
    const stranger = await page.context().newPage()
    await stranger.goto(other.address)
    for (const mode of ["cors", "no-cors"]) {
      const got = await stranger.evaluate(
        `fetch(${JSON.stringify(`${inside}events`)}, { mode: "${mode}", credentials: "include" }).then((r) => r.text(), () => "refused")`
      )
      expect(got).toBe("refused")
    }
    await other.close()
  })

  it("shows hostile words as text, and says which Params differ", async () => {
    const seeds = { from: 1, count: 2 }
    const design = compareDesign(hostile, { arms: [], set: {}, seeds, kpis: null, audit: 0 })
    const one = (await conducted(hostile, join(import.meta.dirname, "..", "fixtures", "hostile.ts"), design)).path
    await writeExperimentReport(one)
    const root = temporary()
    mkdirSync(join(root, "sub"))
    cpSync(one, join(root, "sub", "<img src=x onerror=alert(3)>\u202e"), { recursive: true })
    cpSync(one, join(root, "b"), { recursive: true })
    const manifest = JSON.parse(await readFile(join(root, "b", "experiment.json"), "utf8"))
    const changed = { ...manifest, design: { ...manifest.design, set: { "<script>alert(4)</script>": "\u202e1" } } }
    writeFileSync(join(root, "b", "experiment.json"), JSON.stringify(changed))
    // One that goes on, as its file says, and a run: all that can be foreign is.
    cpSync(one, join(root, "live"), { recursive: true })
    writeProgress(join(root, "live"), {
      ...{ phase: "runs", says: EVIL, done: 1, planned: 2, failed: 1 },
      workers: [{ worker: EVIL, ended: 1, failed: 1, arm: EVIL, seed: 1 }],
      narrowing: {
        ...{ metric: EVIL, unit: EVIL, arms: [EVIL, EVIL], by: 0.1 },
        steps: [2, 3].map((n) => ({ n, effect: 0, low: -1 / n, high: 1 / n }))
      },
      failures: [{ arm: EVIL, seed: 1, set: { [EVIL]: EVIL }, message: EVIL }]
    })
    rmSync(join(root, "live", "analysis.json"))
    const run = await rerunnable(join(import.meta.dirname, "..", "fixtures", "hostile.ts"), { seed: 7 })
    await writeReport(run, { charts: false })
    cpSync(run, join(root, "run"), { recursive: true })
    dashboard = await serve({ roots: [root], port: 0 })
    const { page, noise } = await entered(dashboard.address)
    await page.waitForSelector(".list li")
    expect(await page.locator(".list li").count()).toBe(4)
    expect(await page.textContent(".list")).toContain("<img src=x onerror=alert(3)>‹U+202E›")
    expect(await page.locator("main img, main script").count()).toBe(0)
    for (const [folder, says] of [
      ["live", EVIL],
      ["run", `count${EVIL}`]
    ] as const) {
      await page
        .locator(".list li", { hasText: join(root, folder) })
        .getByRole("button")
        .click()
      await page.waitForSelector(".details table")
      expect(await page.textContent(".details")).toContain(visible(says))
      expect(await page.locator("main img, main script").count()).toBe(0)
      await looked(page, `hostile-${folder}`)
      const opening = page.context().waitForEvent("page")
      await page.getByRole("link", { name: "Open the report" }).click()
      const report = await opening
      await report.waitForSelector(".place[data-live] svg")
      expect(await report.locator("img").count()).toBe(0)
      await report.close()
    }
    // What was set tells it from its copy.
    const changedItem = page.locator(".list li", { hasText: "with <script>alert(4)</script> = ‹U+202E›1" })
    const itsCopy = page.locator(".list li", { hasText: "alert(3)>" })
    for (const item of [changedItem, itsCopy]) await item.getByRole("checkbox").check()
    const written = await page.locator(".list li .folder").allTextContents()
    expect(written.every((text) => /written \d+ \w+ \d{4}, \d\d:\d\d$/.test(text))).toBe(true)
    await page.waitForSelector(".details table")
    expect(await page.textContent(".details")).toContain("<script>alert(4)</script>")
    expect(await page.textContent(".details")).toContain("‹U+202E›1")
    await looked(page, "hostile")
    await page.fill("#search", "nothing like it")
    await page.waitForSelector("#empty:not([hidden])")
    // What goes is gone from the page.
    renameSync(join(root, "b"), join(temporary(), "b"))
    await page.fill("#search", "")
    await expect.poll(() => page.locator(".list li").count(), { timeout: 10_000 }).toBe(3)
    expect(noise).toEqual([])
  })

  it("runs no script of a report that is none of ours", () => {
    const meta = (policy: string): string => `<meta http-equiv="Content-Security-Policy" content="${policy}">`
    for (const policy of [
      "",
      "default-src *",
      "default-src 'none'; script-src 'unsafe-inline'; style-src 'sha256-a'; base-uri 'none'; form-action 'none'"
    ]) {
      expect(reportPolicy(meta(policy))).toContain("; sandbox")
      expect(reportPolicy(meta(policy))).not.toContain("script")
    }
  })

  it("says what is wrong with a port and a folder", async () => {
    const here = temporary()
    dashboard = await serve({ roots: [here], port: 0 })
    await expect(serve({ roots: [here], port: dashboard.port })).rejects.toMatchObject({
      reason: "PortTaken",
      offending: { name: "--port", value: String(dashboard.port) }
    })
    const tries: readonly (readonly [readonly string[], string])[] = [
      [["--port", String(dashboard.port)], "PortTaken"],
      [["--port", "70000"], "Usage"],
      [["nowhere"], "NoFolder"],
      [[process.execPath], "NoFolder"]
    ]
    for (const [args, reason] of tries) {
      const { code, stdout } = await started(here, ["serve", ...args, "--json"]).ended
      expect(code, args.join(" ")).toBe(2)
      expect(JSON.parse(stdout).error.reason).toBe(reason)
    }
  })

  it("serves a run's report, which runs itself again there", async () => {
    const here = temporary()
    const run = ["run", "open-pool", "--arm", "honest", "--set", "honest=5", "--chain", "revm", "--quiet"]
    expect((await started(here, run, { timeout: 120_000 }).ended).code).toBe(0)
    dashboard = await serve({ roots: [join(here, "runs")], port: 0 })
    const { page, noise } = await entered(dashboard.address)
    await page.locator(".list button").click()
    const opening = page.context().waitForEvent("page")
    await page.getByRole("link", { name: "Open the report" }).click()
    const report = await opening
    await report.locator(".rerun button").first().click()
    await report.waitForSelector(".verdict", { timeout: 30_000 })
    expect(await report.locator(".verdict").first().textContent()).toContain("✓ The same run.")
    expect(noise).toEqual([])
  })

  it("shows failed runs with the command that does them again", async () => {
    const here = temporary()
    const args = [
      "compare",
      join(FIXTURES, "deadly.ts"),
      "--arms",
      "baseline",
      "--seeds",
      "2",
      "--audit",
      "0",
      "--set",
      "deadly=1"
    ]
    await started(here, [...args, "--quiet"], { timeout: 120_000 }).ended
    expect(existsSync(join(here, "experiments"))).toBe(true)
    dashboard = await serve({ roots: [join(here, "experiments")], port: 0 })
    const { page } = await entered(dashboard.address)
    await page.locator(".list button").click()
    await page.waitForSelector(".details h3")
    expect(await page.textContent(".details")).toContain("--arm baseline --seed 1 --set deadly=1")
  })
})
