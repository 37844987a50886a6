import { readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { chromium, lacking } from "../sim/cli/testing/Tools.ts"
import type { Manifest } from "../sim/store/Manifest.ts"
import { MANIFEST, readManifest, readTable } from "../sim/store/RunFolder.ts"
import { type Opened, openReport, startBrowser, unfold, violations, widthOf } from "./fixtures/Browser.ts"
import { changed, economyRun, emptyFolder, realRun, withTexts } from "./fixtures/Folders.ts"
import { writeReport } from "./RunReport.ts"

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&\u202e\u2066\u0000`
/** Words that a program reads, and that a hostile scenario cannot choose. */
const TAGS =
  /^(complete|failed|interrupted|tokens|money|count|ratio|seconds|last|mean|max|sum|always|finally|default|arm|set|lower|higher|choice|numeraire)$/
const hostile = (text: string): string => (TAGS.test(text) ? text : `${text}${HOSTILE}`)

let real = ""
let poisoned = ""

beforeAll(async () => {
  real = await realRun()
  poisoned = await changed(
    real,
    // The shape is kept; two metrics of one unit share a chart, and one chart mixes units.
    (whole) =>
      withTexts(
        {
          ...whole,
          status: "failed",
          error: { tag: "AgentError", reason: "Threw", message: "it broke", fix: "Mend it." },
          charts: [
            {
              metrics: ["identities", "inside"],
              by: null,
              title: "Two",
              says: "Both.",
              theory: { label: "k*", value: 30 }
            },
            { metrics: ["reward", "sybilShare"], by: null, title: null, says: null, theory: null },
            ...whole.charts
          ]
        },
        hostile
      ) as Manifest,
    hostile
  )
  await writeReport(real)
  await writeReport(poisoned)
}, 120_000)

function html(folder: string): Promise<string> {
  return readFile(join(folder, "report.html"), "utf8")
}

/** Values of the `data` elements of a part of a page. */
function values(part: string): readonly string[] {
  return [...part.matchAll(/<data value="([^"]*)">/g)].map(([, value = ""]) => value)
}

function part(page: string, from: string, to: string): string {
  const start = page.indexOf(from)
  expect(start).toBeGreaterThan(-1)
  return page.slice(start, page.indexOf(to, start))
}

describe("the report of a run", () => {
  it("is one file, and each chart two more", async () => {
    const { charts, html: path } = await writeReport(real)
    expect(path).toBe(join(real, "report.html"))
    expect(charts.map((chart) => chart.slice(real.length + 1))).toEqual(
      ["identities", "reward", "sybilShare", "inside", "profit-by-population", "ledger-honest", "ledger-farm"].flatMap(
        (name) => [`charts/${name}.svg`, `charts/${name}.png`]
      )
    )
    expect((await readFile(join(real, "charts/identities.png"))).subarray(1, 4).toString()).toBe("PNG")
  })

  it("has the same bytes each time", async () => {
    const out = join(await emptyFolder(), "again.html")
    const again = await writeReport(real, { out })
    expect(await readFile(out, "utf8")).toBe(await html(real))
    for (const path of again.charts) {
      const name = path.slice(path.lastIndexOf("/") + 1)
      expect(Buffer.compare(await readFile(path), await readFile(join(real, "charts", name)))).toBe(0)
    }
  })

  it("writes no files of charts when asked not to", async () => {
    const out = join(await emptyFolder(), "page.html")
    expect(await writeReport(real, { out, charts: false })).toEqual({ html: out, charts: [] })
  })

  it("tells every sample of a chart as it was stored", async () => {
    const stored = (await readTable(real, "metrics")).filter(({ metric }) => metric === "reward")
    const shown = values(part(await html(real), `aria-label="Reward of one identity per week: samples"`, "</table>"))
    expect(shown).toEqual(stored.flatMap(({ time, value }) => [String(time), value]))
    expect(stored.length).toBe(53)
  })

  it("tells the last sample of every metric as it was stored", async () => {
    const { metrics } = await readManifest(real)
    const shown = values(part(await html(real), `<dl class="tiles">`, "</dl>"))
    for (const { last } of metrics) expect(shown).toContain(last?.value)
  })

  it("tells the sums over agents and transactions", async () => {
    const page = await html(real)
    const agents = (await readTable(real, "agents")).filter(({ population }) => population === "honest")
    const sum = (column: "received" | "sent" | "spent" | "gas" | "profit"): string =>
      String(agents.reduce((all, row) => all + row[column], 0))
    const earned = values(part(page, `aria-label="Earnings by population"`, "</table>"))
    for (const column of ["received", "sent", "spent", "gas", "profit"] as const) expect(earned).toContain(sum(column))

    const sent = await readTable(real, "transactions")
    const claims = sent.filter(({ contract, fn, status }) => contract === "pool" && fn === "claim" && status === "ok")
    const row = part(page, "<code>pool.claim</code>", "</tr>")
    expect(values(row)).toEqual([
      String(claims.length),
      String(claims.reduce((all, { gas_used }) => all + gas_used, 0))
    ])
  })

  it("says how to do it again, and what must come out", async () => {
    const page = await html(real)
    const { digest } = await readManifest(real)
    expect(page).toContain(
      "<code>./mesocosm run open-pool --arm baseline --seed 7 --set honest=10 --set weekly=100</code>"
    )
    for (const hash of [digest.economy, digest.trace, ...Object.values(digest.tables)]) expect(page).toContain(hash)
  })

  it("says what was assumed, by whom, and what is left out", async () => {
    const page = await html(real)
    const { scenario } = await readManifest(real)
    const honest = part(page, "<code>honest</code>", "</tr>")
    expect(honest).toMatch(
      /<data value="10">10<\/data>[\s\S]*count[\s\S]*--set[\s\S]*else 100[\s\S]*OP1[\s\S]*0 to 2,000/
    )
    for (const omit of scenario.omits) expect(page).toContain(omit.replaceAll("'", "&#39;"))
  })

  it("asks for nothing: its policy has hashes and no exception", async () => {
    const policy = /Security-Policy" content="([^"]*)"/.exec(await html(real))?.[1] ?? ""
    expect(policy).toMatch(/^default-src 'none'; script-src( 'sha256-[^']+'){4}; style-src 'sha256-[^']+';/)
    expect(policy).not.toContain("unsafe")
  })
})

describe("a run with an Environment", () => {
  let economy = ""
  beforeAll(async () => {
    economy = await economyRun("identity-stake", 7)
    await writeReport(economy, { charts: false })
  }, 60_000)

  it("has each process with unit, words and source, and every value as it was stored", async () => {
    const page = await html(economy)
    const { environment } = await readManifest(economy)
    expect(environment.map(({ name, unit, source }) => [name, unit, source])).toEqual([
      ["demand", "USD per week", "WR14"],
      ["gasPrice", "gwei", "WR16"]
    ])
    const stored = await readTable(economy, "environment")
    for (const [name, heading] of [
      ["demand", "Demand"],
      ["gasPrice", "Gas price"]
    ]) {
      const shown = values(part(page, `aria-label="${heading}: samples"`, "</table>"))
      expect(shown).toEqual(
        stored.filter(({ process }) => process === name).flatMap(({ time, value }) => [String(time), String(value)])
      )
    }
    const section = part(page, `<section id="environment"`, "</section>")
    for (const { says, unit, source } of environment) {
      expect(section).toContain(says.replaceAll("'", "&#39;"))
      expect(section).toContain(`<span class="unit">${unit}</span>`)
      expect(section).toContain(`<bdi>${source}</bdi>`)
    }
  })

  it("tells how each profit came to be, step by step", async () => {
    const page = await html(economy)
    const [row] = (await readTable(economy, "agents")).filter(({ population }) => population === "cloners")
    if (row === undefined) throw new Error("there is no cloner")
    const change = row.gain - row.received + row.sent
    const earned = part(page, `aria-label="Earnings by population"`, "</table>")
    const shown = values(part(earned, `>cloners</th>`, "</tr>")).map(Number)
    expect(shown.slice(0, 5)).toEqual([row.received, row.sent, row.gas, row.spent, row.capital])
    expect(shown[5]).toBeCloseTo(change, 6)
    const [received = 0, sent = 0, gas = 0, spent = 0, capital = 0, gain = 0, profit] = shown
    expect(profit).toBeCloseTo(received - sent - gas - spent - capital + gain, 6)
    expect(part(page, `id="drawing-ledger-cloners-title"`, "</svg>")).toContain("Change in value")
  })

  it("reads a noisy daily metric as a mean with its samples behind it, and says so", async () => {
    const page = await html(economy)
    const chart = part(page, `aria-labelledby="chart-environment-gasPrice-heading"`, "</article>")
    expect(chart).toContain("Thick: the mean over 1 week, around each sample. Thin: the samples themselves.")
    expect(chart).toMatch(/stroke="var\(--series-0\)" stroke-width="1"/)
  })

  it("draws where in its assumed range each value lies", async () => {
    const assumed = part(await html(economy), "<code>depth</code>", "</tr>")
    expect(assumed).toContain("depth is 1000, outside the range 2500 to 40000; the default is 10000")
    const cost = part(await html(economy), "<code>cloneCost</code>", "</tr>")
    expect(cost).toContain("cloneCost is 3, in the range 1 to 6; the default")
    // Linear: 8 + 2/5 of 112.
    expect(cost).toContain(`cx="52.8"`)
  })

  it("reads a run from before there was one", async () => {
    const old = await changed(economy, (whole) => whole)
    const { environment: _, tables, ...rest } = await readManifest(old)
    const { environment: __, ...others } = tables
    await writeFile(join(old, MANIFEST), JSON.stringify({ ...rest, tables: others }))
    await rm(join(old, "environment.parquet"))
    await writeReport(old, { charts: false })
    expect(await html(old)).not.toContain("What came from outside")
  })
})

describe("a run that did not end well", () => {
  const status = async (change: (whole: Manifest) => Manifest): Promise<string> => {
    const folder = await changed(real, change)
    await writeReport(folder, { charts: false })
    return part(await html(folder), `<h1`, "</header>")
  }

  it("is loud about being interrupted", async () => {
    expect(await status((whole) => ({ ...whole, status: "interrupted", endedAt: 13 * 604_800 }))).toContain(
      "PARTIAL: interrupted after 13 weeks"
    )
  })

  it("is loud about an error, and says its fix", async () => {
    const error = { tag: "ChainError", reason: "Conservation", message: "3 are missing", fix: "Find them." }
    const said = await status((whole) => ({ ...whole, status: "failed", error }))
    for (const words of ["FAILED", "3 are missing", "Find them.", "PARTIAL"]) expect(said).toContain(words)
    expect(said).not.toContain("accounted for")
  })

  it("is loud about a check that failed, and says when", async () => {
    const folder = await changed(real, (whole) => ({
      ...whole,
      checks: [
        { claim: "it holds", when: "always", held: false, failedAt: 13 * 604_800 },
        { claim: "it was tried", when: "finally", held: undefined, failedAt: undefined }
      ]
    }))
    await writeReport(folder, { charts: false })
    const page = await html(folder)
    for (const words of ["1 check failed", "✕ failed after 13 weeks", "– not tried"]) expect(page).toContain(words)
  })

  it("can have left nothing but its manifest's words", async () => {
    const folder = await changed(real, (whole) => ({ ...whole, status: "failed", populations: [], contracts: [] }))
    await writeReport(folder, { charts: false })
    expect(await html(folder)).toContain("no agent acted")
  })
})

describe("what cannot be read or written", () => {
  it("is a ReportError", async () => {
    await expect(writeReport(await emptyFolder())).rejects.toMatchObject({ _tag: "ReportError", reason: "UnknownRun" })
    const cut = await changed(real, (whole) => whole)
    const { params: _, ...rest } = await readManifest(cut)
    await writeFile(join(cut, MANIFEST), JSON.stringify(rest))
    await expect(writeReport(cut)).rejects.toMatchObject({ _tag: "ReportError", reason: "UnreadableRun" })
    const out = join(cut, MANIFEST, "report.html")
    await expect(writeReport(real, { out })).rejects.toMatchObject({ _tag: "ReportError", reason: "Unwritable" })
  })
})

describe("foreign text", () => {
  it("is text, wherever it stands", async () => {
    const page = await html(poisoned)
    // Four libraries and scripts of ours, the data, and what it was made of.
    expect(page.match(/<script/g)?.length).toBe(6)
    const body = part(page, "<body>", "<script")
    expect(body).not.toContain("<img")
    for (const hidden of ["\u0000", "\u202e", "\u2066"]) expect(page).not.toContain(hidden)
    expect(body).toContain("‹U+202E›")
  })

  it("names no file", async () => {
    const { charts } = await writeReport(poisoned)
    expect(charts.length).toBe(20)
    for (const path of charts) expect(path.slice(poisoned.length)).toMatch(/^\/charts\/[A-Za-z0-9-]+\.(svg|png)$/)
    expect(new Set(charts).size).toBe(charts.length)
  })
})

describe.skipIf(chromium() === undefined)(`opened in a browser${lacking(chromium)}`, () => {
  let browser: Browser | undefined

  beforeAll(async () => {
    browser = await startBrowser()
  }, 60_000)

  afterAll(() => browser?.close())

  function open(folder: string, scheme: "light" | "dark", width: number): Promise<Opened> {
    if (browser === undefined) throw new Error("no browser")
    return openReport(browser, join(folder, "report.html"), { scheme, width })
  }

  it.each([
    ["real", "light", 390],
    ["real", "dark", 1920],
    ["poisoned", "light", 390],
    ["poisoned", "dark", 1280]
  ] as const)("the %s one is quiet, live, fits, and passes axe in %s at %d px", async (which, scheme, width) => {
    const { page, noise } = await open(which === "real" ? real : poisoned, scheme, width)
    expect(await widthOf(page)).toBe(width)
    await unfold(page)
    expect(await widthOf(page)).toBe(width)
    expect(noise).toEqual([])
    expect(await violations(page)).toEqual([])
    await page.close()
  })

  it("tells the value under the pointer", async () => {
    const { page } = await open(real, "light", 1280)
    const place = page.locator("#chart-identities")
    await place.scrollIntoViewIfNeeded()
    const box = await place.boundingBox()
    if (box === null) throw new Error("the chart has no place")
    await page.mouse.move(box.x + box.width / 2, box.y + 100)
    await page.mouse.move(box.x + box.width / 2 + 3, box.y + 102)
    await expect.poll(() => page.locator(".tip").textContent()).toMatch(/^\d+week 2\d$/)
    await page.close()
  })

  it("shows the drawings where scripts do not run", async () => {
    if (browser === undefined) throw new Error("no browser")
    const page = await browser.newPage({ javaScriptEnabled: false })
    await page.goto(`file://${join(real, "report.html")}`)
    expect(await page.locator(".place > svg[role=img]").count()).toBe(4)
    expect(await page.locator("#chart-identities svg").isVisible()).toBe(true)
    await page.close()
  })

  it("can be walked with the keyboard, and shows where one is", async () => {
    const { page } = await open(real, "light", 1280)
    await page.locator("#charts summary").first().focus()
    await page.keyboard.press("Enter")
    expect(await page.locator("#charts details").first().getAttribute("open")).not.toBeNull()
    await page.keyboard.press("Tab")
    expect(await page.evaluate("document.activeElement.className")).toBe("scroll")
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid")
    await page.close()
  })
})
