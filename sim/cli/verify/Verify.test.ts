/** What was not touched is confirmed; whatever is changed is named, and nothing that a file carries is run. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync, gzipSync } from "node:zlib"
import { beforeAll, describe, expect, it } from "vitest"
import { PLACES } from "../../../reports/rerun/Places.ts"
import type { Ended } from "../fixtures/Command.ts"
import { mesocosm, workspace } from "../fixtures/Command.ts"
import { forged } from "../fixtures/forged.ts"

const cwd = workspace()
const verify = (...args: readonly string[]): Promise<Ended> => mesocosm(cwd, ["verify", ...args, "--quiet"])
const text = (path: string): string => readFileSync(join(cwd, path), "utf8")

/** A copy of what is at `from`, with one file of it changed. */
function changed(from: string, to: string, file: string, change: (before: string) => string): string {
  cpSync(join(cwd, from), join(cwd, to), { recursive: true })
  const path = join(cwd, to, file)
  const before = readFileSync(path, "utf8")
  const after = change(before)
  expect(after).not.toBe(before)
  writeFileSync(path, after)
  return to
}

/** One byte of the first bytecode that a bundle carries is another. */
function otherByte(packed: string): string {
  const json = gunzipSync(Buffer.from(packed, "base64")).toString("utf8")
  const at = json.indexOf('"bytecode":"0x') + 200
  const byte = json[at] === "0" ? "1" : "0"
  return gzipSync(json.slice(0, at) + byte + json.slice(at + 1)).toString("base64")
}

const inPage = (id: string): RegExp => new RegExp(`(<script[^>]*id="${id}"[^>]*>)([^<]*)(</script>)`)

describe("mesocosm verify", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    expect(
      await mesocosm(cwd, ["run", "open-pool", "--seed", "7", "--chain", "revm", "--set", "honest=5", "--out", "run"])
    ).toMatchObject({ code: 0 })
    const compare = [
      "compare",
      "open-pool",
      "--arms",
      "baseline,honest",
      "--seeds",
      "4",
      "--set",
      "honest=5",
      "--out",
      "exp"
    ]
    expect(await mesocosm(cwd, compare)).toMatchObject({ code: 0 })
    cpSync(join(cwd, "exp/report.html"), join(cwd, "exp.html"))
  }, 120_000)

  it("confirms a run, an experiment and their reports", async () => {
    cpSync(join(cwd, "run/report.html"), join(cwd, "run.html"))
    for (const args of [
      ["run"],
      ["run.html"],
      ["exp", "--all"],
      ["exp.html", "--all"],
      ["exp", "--sample", "2"],
      ["exp.html", "--sample", "2"]
    ]) {
      const { code, stdout } = await verify(...args)
      expect(stdout).not.toContain("Differs")
      expect(stdout).toContain("the report: every text")
      expect(code).toBe(0)
    }
  })

  it("names a number that was changed in a page, in the words of who reads it", async () => {
    const [, value] = /<data value="([^"]+)">/.exec(text("exp.html")) ?? []
    writeFileSync(join(cwd, "number.html"), text("exp.html").replace(/(<data value="[^"]+">)([^<]+)/, "$1999"))
    expect(value).toBeDefined()
    const { code, stdout } = await verify("number.html", "--sample", "1")
    expect(code).toBe(1)
    expect(stdout).toMatch(/1 difference:[\s\S]*“.+” after “.+”\n {4}published: 999\n/)
  })

  it("names a datum of a chart", async () => {
    const specs = inPage("chart-specs")
    writeFileSync(
      join(cwd, "chart.html"),
      text("exp.html").replace(
        specs,
        (_, open, data, end) => open + data.replace(/"(y|value|mean|effect)":-?[\d.]+/, '"$1":12345') + end
      )
    )
    const { code, stdout } = await verify("chart.html", "--sample", "1")
    expect(code).toBe(1)
    expect(stdout).toMatch(/chart › .+\n {4}published: 12345\n/)
  })

  it("names a Param that was changed", async () => {
    const folder = changed("run", "param", "manifest.json", (all) => all.replace('"honest": "5"', '"honest": "6"'))
    const { code, stdout } = await verify(folder)
    expect(code).toBe(1)
    expect(stdout).toMatch(/manifest › params › honest › value/)
    const design = changed("exp", "design", "experiment.json", (all) => all.replace('"honest": "5"', '"honest": "6"'))
    const named = await verify(design, "--sample", "1")
    expect(named.code).toBe(1)
    expect(named.stdout).toMatch(/experiment › hash/)
  })

  it("names one byte of bytecode, in the folder and in the page", async () => {
    const folder = changed("run", "byte", "rerun.json", (all) => {
      const bundle = JSON.parse(all) as { artifacts: string }
      return JSON.stringify({ ...bundle, artifacts: otherByte(bundle.artifacts) })
    })
    const one = await verify(folder)
    expect(one.code).toBe(1)
    expect(one.stdout).toMatch(/rerun\.json › artifacts › .*bytecode/)
    writeFileSync(
      join(cwd, "byte.html"),
      text("run/report.html").replace(inPage(PLACES.artifacts), (_, open, data, end) => open + otherByte(data) + end)
    )
    const page = await verify("byte.html")
    expect(page.code).toBe(1)
    expect(page.stdout).toMatch(/bytecode that runs again › .*bytecode/)
  })

  it("names a run whose KPI, mean, interval and digest were changed consistently", async () => {
    const { arm, seed } = await forged(join(cwd, "exp"), join(cwd, "forged"))
    for (const target of ["forged", "forged/report.html"]) {
      const { code, stdout } = await verify(target, "--all", "--json")
      expect(code).toBe(1)
      const { differs } = JSON.parse(stdout) as { readonly differs: readonly { readonly where: string }[] }
      const places = differs.map(({ where }) => where).join("\n")
      expect(places).toContain(`run of arm ${arm}, seed ${seed} › economy`)
      expect(places).toMatch(/analysis › comparisons/)
    }
  })

  it("names a number of report.md, and a drawing, that were changed", async () => {
    expect(await mesocosm(cwd, ["report", "exp", "--markdown"])).toMatchObject({ code: 0 })
    const whole = await verify("exp", "--sample", "1")
    expect([whole.code, whole.stdout]).toEqual([
      0,
      expect.stringMatching(/report\.md: every line[\s\S]*charts: \d+ drawings, to the byte/)
    ])
    const folder = changed("exp", "text", "report.md", (all) => all.replace(/^(- \*\*[^\n]*?)(\d)/m, "$19$2"))
    const said = await verify(folder, "--sample", "1")
    expect([said.code, said.stdout]).toEqual([1, expect.stringMatching(/1 difference:[\s\S]*report\.md, line \d+ \(“/)])
    const drawings = readdirSync(join(cwd, "exp/charts"))
    const svg = drawings.find((name) => name.endsWith(".svg")) ?? ""
    const drawn = changed("exp", "svg", `charts/${svg}`, (all) => all.replace(/(<text[^>]*>)[^<]+/, "$1999"))
    const marked = await verify(drawn, "--sample", "1")
    expect([marked.code, marked.stdout]).toEqual([1, expect.stringContaining(`charts/${svg}\n    published: 999\n`)])
    const png = drawings.find((name) => name.endsWith(".png")) ?? ""
    cpSync(join(cwd, "exp"), join(cwd, "png"), { recursive: true })
    const bytes = readFileSync(join(cwd, "png/charts", png))
    bytes[bytes.length - 20] = 255 - (bytes[bytes.length - 20] ?? 0)
    writeFileSync(join(cwd, "png/charts", png), bytes)
    writeFileSync(join(cwd, "png/charts/own.svg"), "<svg/>")
    rmSync(join(cwd, "png/charts", svg))
    rmSync(join(cwd, "png/report.html"))
    const bytewise = await verify("png", "--sample", "1")
    expect(bytewise.code).toBe(1)
    expect(bytewise.stdout).toContain(
      `charts/${png}\n    published: ${bytes.length} bytes, at byte ${bytes.length - 20}`
    )
    expect(bytewise.stdout).toMatch(/charts\/own\.svg\n +published: 6 bytes\n +again: +no such chart/)
    expect(bytewise.stdout).toContain(`charts that are not in the folder: ${svg}`)
    const run = changed("run", "run-svg", `charts/${readdirSync(join(cwd, "run/charts"))[1]}`, (all) => `${all} `)
    expect((await verify(run)).stdout).toMatch(/charts\/.*\n +published: \d+ bytes, at byte/)
  })

  it("runs nothing that a file carries", async () => {
    const touch = `import { writeFileSync } from "node:fs"\nwriteFileSync(${JSON.stringify(join(cwd, "touched"))}, "")\n`
    const packed = gzipSync(`require("node:fs").writeFileSync(${JSON.stringify(join(cwd, "touched"))}, "")`).toString(
      "base64"
    )
    mkdirSync(join(cwd, "hostile"), { recursive: true })
    writeFileSync(join(cwd, "hostile", "evil.ts"), touch)
    const script = text("run/report.html")
      .replace(inPage(PLACES.worker), (_, open, __, end) => open + packed + end)
      .replace("</body>", `<script>${touch}</script></body>`)
    writeFileSync(join(cwd, "hostile", "run.html"), script)
    const named = text("exp.html").replaceAll('"named":"open-pool"', `"named":"${join(cwd, "hostile", "evil.ts")}"`)
    expect(named).not.toBe(text("exp.html"))
    writeFileSync(join(cwd, "hostile", "exp.html"), named)
    expect((await verify("hostile/run.html")).code).toBe(1)
    await verify("hostile/exp.html", "--sample", "1")
    expect(existsSync(join(cwd, "touched"))).toBe(false)
  })

  it("says how to mend a wrong use", async () => {
    writeFileSync(join(cwd, "no.html"), "<!doctype html><html></html>")
    writeFileSync(join(cwd, "cut.html"), text("exp.html").slice(0, 5000))
    writeFileSync(join(cwd, "picture.png"), "\u0089PNG")
    changed("exp", "newer", "experiment.json", (all) => all.replace('"schema": 1', '"schema": 99'))
    changed("run", "old", "manifest.json", (all) => all.replace(/"schema": \d+/, '"schema": 1'))
    changed("exp", "unknown", "experiment.json", (all) =>
      all.replace('"scenario": "open-pool"', '"scenario": "opan-pool"')
    )
    for (const [args, reason] of [
      ["nowhere", "UnknownRun"],
      ["nowhere.html", "UnknownRun"],
      ["no.html", "UnreadableRun"],
      ["cut.html", "UnreadableRun"],
      ["picture.png", "UnreadableRun"],
      ["newer", "SchemaVersion"],
      ["old", "SchemaVersion"],
      ["unknown", "UnknownScenario"],
      ["exp --sample 0", "Usage"],
      ["exp --sample many", "Usage"],
      ["exp --sample 3 --all", "Usage"],
      ["exp --workers 0", "Usage"],
      ["", "Usage"]
    ] as const) {
      const { code, stdout } = await verify(...args.split(" ").filter((each) => each !== ""), "--json")
      const { error } = JSON.parse(stdout) as { readonly error: { readonly reason: string; readonly fix: string } }
      expect([args, error.reason, code]).toEqual([args, reason, 2])
      expect(error.fix).not.toBe("")
    }
  })
})
