import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { chromium, lacking } from "../sim/cli/testing/Tools.ts"
import type { Manifest } from "../sim/store/Manifest.ts"
import { readManifest, readTable } from "../sim/store/RunFolder.ts"
import { writeComparison } from "./ComparisonReport.ts"
import { openReport, startBrowser, unfold, violations, widthOf } from "./fixtures/Browser.ts"
import { changed, economyRun, emptyFolder, realRun, withTexts } from "./fixtures/Folders.ts"

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&\u202e\u2066\u0000`
/** Words that a program reads, and that a hostile scenario cannot choose; the arm, so that it is the same run. */
const TAGS =
  /^(complete|failed|interrupted|tokens|money|count|ratio|seconds|last|mean|max|sum|always|finally|default|arm|set|lower|higher|choice|numeraire)$/
const hostile = (text: string): string => (TAGS.test(text) ? text : `${text}${HOSTILE}`)

/** `arm seed` to its folder. */
const runs = new Map<string, string>()
const folder = (name: string): string => runs.get(name) ?? ""
let three = ""
let seeds = ""
let poisoned = ""

beforeAll(async () => {
  for (const [arm, seed] of [
    ["baseline", 7],
    ["identity-stake", 7],
    ["streaks-off", 7],
    ["baseline", 8],
    ["identity-stake", 8]
  ] as const) {
    runs.set(`${arm} ${seed}`, await economyRun(arm, seed))
  }
  const own = await emptyFolder()
  three = join(own, "three.html")
  seeds = join(own, "seeds.html")
  poisoned = join(own, "poisoned.html")
  await writeComparison([folder("identity-stake 7"), folder("baseline 7"), folder("streaks-off 7")], { out: three })
  await writeComparison(["identity-stake 8", "baseline 7", "baseline 8", "identity-stake 7"].map(folder), {
    out: seeds,
    charts: false
  })
  const bad = await Promise.all(
    ["baseline 7", "identity-stake 7"].map((name) =>
      changed(folder(name), (whole) => withTexts(whole, hostile) as Manifest, hostile)
    )
  )
  await writeComparison(bad, { out: poisoned })
}, 120_000)

function part(page: string, from: string, to: string): string {
  const start = page.indexOf(from)
  expect(start, from).toBeGreaterThan(-1)
  return page.slice(start, page.indexOf(to, start))
}

function values(text: string): readonly string[] {
  return [...text.matchAll(/<data value="([^"]*)">/g)].map(([, value = ""]) => value)
}

async function last(name: string, metric: string): Promise<{ readonly value: string; readonly number: number }> {
  const found = (await readManifest(folder(name))).metrics.find((each) => each.name === metric)?.last
  if (found == null) throw new Error(`${name} has no ${metric}`)
  return found
}

describe("a comparison of arms", () => {
  it("is one file in the first run's folder, unless it is told where", async () => {
    const both = [folder("baseline 7"), folder("streaks-off 7")]
    expect(await writeComparison(both, { charts: false })).toEqual({
      html: join(folder("baseline 7"), "comparison.html"),
      charts: []
    })
  })

  it("has the same bytes each time, and its charts as files beside it", async () => {
    const out = join(await emptyFolder(), "again.html")
    const { charts } = await writeComparison(
      [folder("identity-stake 7"), folder("baseline 7"), folder("streaks-off 7")],
      { out }
    )
    expect(await readFile(out, "utf8")).toBe(await readFile(three, "utf8"))
    expect(charts).toContain(join(out, "../again-charts/clones.svg"))
    for (const path of charts) {
      const other = path.replace(/^.*again-charts/, join(three, "../three-charts"))
      expect(Buffer.compare(await readFile(path), await readFile(other))).toBe(0)
    }
  })

  it("is loud that one run per arm proves nothing, and gives no verdict", async () => {
    const head = part(await readFile(three, "utf8"), "<header>", "</header>")
    for (const said of ["One run per arm is an anecdote", "n = 1", "No interval and no verdict"]) {
      expect(head).toContain(said)
    }
    expect(head).not.toContain("Read with care")
  })

  it("puts baseline first, and gives each value as stored and each difference, beside the effect of interest", async () => {
    const page = await readFile(three, "utf8")
    const table = part(page, `aria-label="KPIs by arm"`, "</table>")
    expect([...table.matchAll(/<bdi>([^<]*)<\/bdi>/g)].slice(0, 3).map(([, arm]) => arm)).toEqual([
      "baseline",
      "identity-stake",
      "streaks-off"
    ])
    const profits = await Promise.all(
      ["baseline 7", "identity-stake 7", "streaks-off 7"].map((name) => last(name, "ownerProfit"))
    )
    const [base, stake, off] = profits
    if (base === undefined || stake === undefined || off === undefined) throw new Error("a run has no profit")
    const row = part(table, "Owner profit", "</tr>")
    expect(values(row)).toEqual([
      base.value,
      stake.value,
      String(stake.number - base.number),
      off.value,
      String(off.number - base.number),
      "200"
    ])
    expect(row).toContain("200 USD")
    expect(row).toContain("higher is better")
  })

  it("tells which Params differ, and only those", async () => {
    const page = await readFile(three, "utf8")
    const table = part(page, `aria-label="Params that differ between the arms"`, "</table>")
    expect([...table.matchAll(/<th scope="row"[^>]*><code>(\w+)<\/code>/g)].map(([, name]) => name)).toEqual([
      "streaks",
      "stake"
    ])
    expect(values(part(table, "<code>stake</code>", "</tr>"))).toEqual(["0", "500000", "0"])
    const shared = part(page, `<section id="params"`, "</section>")
    expect(shared).toContain("<code>owners</code>")
    expect(shared).not.toContain("<code>stake</code>")
  })

  it("draws a line per arm, each by its own dashes, and tells every sample", async () => {
    const page = await readFile(three, "utf8")
    const chart = part(page, `aria-labelledby="chart-clones-heading"`, "</article>")
    const drawn = part(chart, "<svg", "</svg>")
    for (const series of [0, 1, 2]) expect(drawn).toContain(`stroke="var(--series-${series})"`)
    expect(new Set([...drawn.matchAll(/stroke-dasharray="([^"]+)"/g)].map(([, dashes]) => dashes)).size).toBe(3)
    const stored = await Promise.all(
      ["baseline 7", "identity-stake 7", "streaks-off 7"].map(async (name) =>
        (await readTable(folder(name), "metrics")).filter(({ metric }) => metric === "clones")
      )
    )
    const [base = []] = stored
    const told = base.flatMap(({ time }, at) => [String(time), ...stored.map((rows) => rows[at]?.value ?? "")])
    expect(values(part(chart, "<table>", "</table>"))).toEqual(told)
  })

  it("has the Environment once, since one seed has one", async () => {
    const page = await readFile(three, "utf8")
    const stored = (await readTable(folder("baseline 7"), "environment")).filter(({ process }) => process === "demand")
    const shown = values(part(page, `aria-label="Demand: samples"`, "</table>"))
    expect(shown).toEqual(stored.flatMap(({ time, value }) => [String(time), String(value)]))
  })

  it("sets the ledger of each population side by side: a waterfall and a row per arm", async () => {
    const page = await readFile(three, "utf8")
    const table = part(page, `aria-label="Ledger of cloners by arm"`, "</table>")
    for (const name of ["baseline", "identity-stake", "streaks-off"]) {
      const agents = (await readTable(folder(`${name} 7`), "agents")).filter(
        ({ population }) => population === "cloners"
      )
      const sum = (column: "received" | "sent" | "gas" | "spent" | "capital" | "profit"): string =>
        String(agents.reduce((all, row) => all + row[column], 0))
      const row = values(part(table, `>${name}</th>`, "</tr>"))
      expect(row[0]).toBe("1")
      expect(row.slice(2, 7)).toEqual((["received", "sent", "gas", "spent", "capital"] as const).map(sum))
      expect(row[8]).toBe(sum("profit"))
      expect(part(page, `drawing-ledger-cloners-${name}-title`, "</svg>")).toContain("Change in value")
    }
  })

  it("says what held in each arm, and how to make each run again", async () => {
    const page = await readFile(three, "utf8")
    const held = part(page, `aria-label="Checks and their outcome by arm"`, "</table>")
    expect(part(held, "the fleet is never paid more", "</tr>").match(/✓ held/g)?.length).toBe(3)
    const again = part(page, `<section id="again"`, "</section>")
    for (const arm of ["baseline", "identity-stake", "streaks-off"]) {
      expect(again).toContain(`./mesocosm run weekly-rewards --arm ${arm} --seed 7`)
    }
    const { digest } = await readManifest(folder("streaks-off 7"))
    expect(again).toContain(digest.economy)
  })

  it("asks for nothing: its policy has hashes and no exception", async () => {
    const policy = /Security-Policy" content="([^"]*)"/.exec(await readFile(three, "utf8"))?.[1] ?? ""
    expect(policy).toMatch(/^default-src 'none'; script-src( 'sha256-[^']+'){4}; style-src 'sha256-[^']+';/)
    expect(policy).not.toContain("unsafe")
  })
})

describe("several seeds", () => {
  it("give the mean, each value, and the difference seed by seed", async () => {
    const page = await readFile(seeds, "utf8")
    const numbers = async (arm: string): Promise<readonly [number, number]> => [
      (await last(`${arm} 7`, "ownerProfit")).number,
      (await last(`${arm} 8`, "ownerProfit")).number
    ]
    const [base, stake] = [await numbers("baseline"), await numbers("identity-stake")]
    const row = part(part(page, `aria-label="KPIs by arm"`, "</table>"), "Owner profit", "</tr>")
    const shown = values(row).map(Number)
    expect(shown[0]).toBe((base[0] + base[1]) / 2)
    expect(shown[3]).toBe((stake[0] + stake[1]) / 2)
    expect(shown[4]).toBe((stake[0] - base[0] + (stake[1] - base[1])) / 2)
    expect(row).toContain("over 2 seeds")
    expect(values(row)).toContain((await last("identity-stake 8", "ownerProfit")).value)
    expect(part(page, "<header>", "</header>")).toContain("n = 2")
  })

  it("draw each run thin behind the mean, and the Environment of each seed", async () => {
    const page = await readFile(seeds, "utf8")
    const chart = part(page, `aria-labelledby="chart-clones-heading"`, "</article>")
    expect(chart).toContain("Thick: the mean over runs. Thin: each run.")
    expect(part(chart, "<svg", "</svg>").match(/opacity="0.45"/g)?.length).toBe(4)
    const outside = part(page, `aria-labelledby="chart-environment-demand-heading"`, "</article>")
    for (const label of ["seed 7", "seed 8"]) expect(outside).toContain(label)
  })

  it("that the arms do not share are said loudly, and give no difference", async () => {
    const out = join(await emptyFolder(), "c.html")
    await writeComparison([folder("baseline 7"), folder("identity-stake 8")], { out, charts: false })
    const page = await readFile(out, "utf8")
    expect(part(page, "<header>", "</header>")).toContain("The arms do not have the same seeds")
    expect(part(page, `aria-label="KPIs by arm"`, "</table>")).toContain("no seed in common")
  })
})

describe("runs that make a comparison worth less", () => {
  const compared = async (change: (whole: Manifest) => Manifest): Promise<string> => {
    const out = join(await emptyFolder(), "c.html")
    const other = await changed(folder("identity-stake 7"), change)
    await writeComparison([folder("baseline 7"), other], { out, charts: false })
    return readFile(out, "utf8")
  }

  it("count in no mean when they did not end, loudly", async () => {
    const page = await compared((whole) => ({ ...whole, status: "interrupted", endedAt: 5 * 604_800 }))
    expect(page).toContain("PARTIAL: arm identity-stake, seed 7 was interrupted after 5 weeks of 26 weeks")
    const row = part(part(page, `aria-label="KPIs by arm"`, "</table>"), "Owner profit", "</tr>")
    expect(row).toContain("no complete run")
    expect(values(row)).toEqual([(await last("baseline 7", "ownerProfit")).value, "200"])
  })

  it("are told of: checks that failed, other code, another scenario than before", async () => {
    const failed = await compared((whole) => ({
      ...whole,
      checks: [{ claim: "it holds", when: "always", held: false, failedAt: 604_800 }]
    }))
    expect(failed).toContain("Checks failed in arm identity-stake: 1 run of 1.")
    expect(failed).toContain("✕ failed")
    expect(await compared((whole) => ({ ...whole, code: { ...whole.code, revision: "0".repeat(40) } }))).toContain(
      "made by different revisions"
    )
    expect(await compared((whole) => ({ ...whole, spec: { ...whole.spec, horizon: 604_800 } }))).toContain(
      "the runs differ in horizon"
    )
  })

  it("cannot be compared at all", async () => {
    const fails = (other: string): Promise<unknown> =>
      expect(writeComparison([folder("baseline 7"), other])).rejects.toMatchObject({
        _tag: "ReportError",
        reason: "NotComparable"
      })
    await fails(await realRun())
    await fails(folder("baseline 7"))
    await fails(
      await changed(folder("identity-stake 7"), (whole) => ({
        ...whole,
        scenario: { ...whole.scenario, numeraire: "EUR" }
      }))
    )
    const old = await changed(folder("identity-stake 7"), (whole) => ({ ...whole, schema: 0 })).catch(() => "")
    await expect(writeComparison([folder("baseline 7"), old])).rejects.toMatchObject({ _tag: "ReportError" })
  })

  it("are one arm each when Params were set by hand, named by what they do not share", async () => {
    const page = await compared((whole) => ({
      ...whole,
      specHash: "0x01",
      spec: { ...whole.spec, arm: "baseline" },
      params: whole.params.map((param) =>
        param.name === "owners" ? { ...param, value: "9", setBy: "set" as const } : param
      )
    }))
    expect(part(page, `aria-label="KPIs by arm"`, "</table>")).toContain("<bdi>baseline, owners=9</bdi>")
  })
})

describe("foreign text", () => {
  it("is text, wherever it stands", async () => {
    const page = await readFile(poisoned, "utf8")
    expect(page.match(/<script/g)?.length).toBe(5)
    const body = part(page, "<body>", "<script")
    expect(body).not.toContain("<img")
    for (const hidden of ["\u0000", "\u202e", "\u2066"]) expect(page).not.toContain(hidden)
    expect(body).toContain("‹U+202E›")
  })
})

describe.skipIf(chromium() === undefined)(`opened in a browser${lacking(chromium)}`, () => {
  let browser: Browser | undefined

  beforeAll(async () => {
    browser = await startBrowser()
  }, 60_000)

  afterAll(() => browser?.close())

  it.each([
    ["three arms", "light", 390],
    ["three arms", "dark", 1920],
    ["two seeds", "dark", 390],
    ["two seeds", "light", 1280],
    ["poisoned", "light", 390],
    ["poisoned", "dark", 1280]
  ] as const)("the one of %s is quiet, live, fits, and passes axe in %s at %d px", async (which, scheme, width) => {
    if (browser === undefined) throw new Error("no browser")
    const file = which === "three arms" ? three : which === "two seeds" ? seeds : poisoned
    const { page, noise } = await openReport(browser, file, { scheme, width })
    expect(await widthOf(page)).toBe(width)
    await unfold(page)
    expect(await widthOf(page)).toBe(width)
    expect(noise).toEqual([])
    expect(await violations(page)).toEqual([])
    await page.close()
  })

  it("names the lines at their ends where there is room, and only there", async () => {
    if (browser === undefined) throw new Error("no browser")
    for (const [width, times] of [
      [1920, 2],
      [390, 1]
    ] as const) {
      const { page } = await openReport(browser, three, { scheme: "light", width })
      const names = await page.locator("#chart-clones svg text", { hasText: /^identity-stake$/ }).count()
      expect(names, `at ${width} px`).toBe(times)
      await page.close()
    }
  })

  it("keeps each waterfall's text inside its drawing", async () => {
    if (browser === undefined) throw new Error("no browser")
    const { page } = await openReport(browser, three, { scheme: "light", width: 1280 })
    const outside = await page.evaluate(`[...document.querySelectorAll(".fall svg")].flatMap((svg) => {
      const edge = svg.getBoundingClientRect()
      return [...svg.querySelectorAll("text")]
        .filter((text) => text.textContent !== "")
        .filter((text) => {
          const box = text.getBoundingClientRect()
          return box.left < edge.left - 1 || box.right > edge.right + 1
        })
        .map((text) => text.textContent)
    })`)
    expect(outside).toEqual([])
    await page.close()
  })
})
