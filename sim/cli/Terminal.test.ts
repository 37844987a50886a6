/** What a hostile scenario can do to a terminal: nothing. */
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { EVIL } from "../../reports/fixtures/hostile.ts"
import { type Ended, mesocosm, workspace } from "./fixtures/Command.ts"
import { flat, paint, terminal, unpainted } from "./Terminal.ts"
import { table } from "./Text.ts"

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const COLOUR = /\u001b\[\d{1,2}m/g

describe("what a terminal is given", () => {
  it("holds no control character but newlines and tabs, whatever was written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        // A colour is all that what looks like ours can get.
        const given = terminal(text).replaceAll(COLOUR, "")
        expect(given.match(UNSAFE)).toBeNull()
      })
    )
    expect(terminal("\u001b]0;title\u0007 \uf01b]0;title\u0007 \u{f01b}[2J")).toBe(
      "‹U+001B›]0;title‹U+0007› �]0;title‹U+0007› �[2J"
    )
  })

  it("keeps the colours that were asked for, and of what they colour nothing else", () => {
    const { FORCE_COLOR: forced } = process.env
    process.env["FORCE_COLOR"] = "1"
    try {
      expect(terminal(paint("red", "a\u001b[2Jb", process.stdout))).toBe("\u001b[31ma‹U+001B›[2Jb\u001b[39m")
      expect(unpainted(paint("red", "a [31m b", process.stdout))).toBe("a [31m b")
    } finally {
      if (forced === undefined) delete process.env["FORCE_COLOR"]
      else process.env["FORCE_COLOR"] = forced
    }
  })

  it("puts foreign text in one line", () => {
    expect(flat("a\n✓ b\r\n\tc")).toBe("a ✓ b c")
    expect(table([["x\ny", "\u202ez"]], ["left", "left"])).toBe("  x y  ‹U+202E›z\n")
  })
})

describe("a hostile scenario", { timeout: 120_000 }, () => {
  let cwd = ""
  beforeAll(() => {
    cwd = workspace()
    mkdirSync(join(cwd, "scenarios"))
    copyFileSync(join(import.meta.dirname, "../../reports/fixtures/hostile.ts"), join(cwd, "scenarios/hostile.ts"))
  })
  afterAll(() => rmSync(cwd, { recursive: true, force: true }))

  const text = ({ stdout, stderr }: Ended): void => {
    for (const said of [stdout, stderr]) {
      expect(said.match(UNSAFE)).toBeNull()
      // Nor may it begin a line of its own.
      expect(said).not.toMatch(/^✓ all is well/m)
    }
  }

  it("is text in what run, list, explain and report print", async () => {
    const ran = await mesocosm(cwd, ["run", "hostile", "--chain", "revm", "--quiet"])
    expect(ran.code).toBe(1)
    text(ran)
    for (const word of ["Is this a question?", "share", "it holds", "it breaks", "people", "USD"]) {
      expect(ran.stdout).toContain(`${word}</script><script>alert(1)`)
    }
    // What it suggests to type is one word for a shell, quotes and substitutions included.
    expect(ran.stdout).toContain(`'\\''&\`$(touch pwned)\``)
    for (const args of [
      ["list"],
      ["list", "--runs"],
      ["explain", "runs/hostile/baseline-7", `people${EVIL}/0`],
      ["explain", "runs/hostile/baseline-7", "50"],
      ["report", "runs/hostile/baseline-7"]
    ]) {
      const ended = await mesocosm(cwd, args)
      text(ended)
      expect([args[0], ended.code, ended.stderr]).toEqual([args[0], 0, ""])
    }
  })

  it("is text in what compare, query and verify print, and in what verify says of a file that lies", async () => {
    const compared = await mesocosm(cwd, ["compare", "hostile", "--seeds", "3", "--audit", "0", "--out", "exp"])
    // A check of it breaks.
    expect([compared.code, compared.stdout]).toEqual([1, expect.stringContaining("share</script><script>alert(1)")])
    text(compared)
    cpSync(join(cwd, "exp"), join(cwd, "lies"), { recursive: true })
    const page = readFileSync(join(cwd, "lies/report.html"), "utf8")
    const lies = page.replace(/(<h2[^>]*>)[^<]+/, `$1\u001b[2J\u202e\n✓ all is well`)
    expect(lies).not.toBe(page)
    writeFileSync(join(cwd, "lies/report.html"), lies)
    for (const [args, code] of [
      [["list", "--experiments"], 0],
      [["query", "exp"], 0],
      [["query", "exp", "select * from runs"], 0],
      [["query", "exp", "select * from series"], 0],
      [["report", "exp", "--markdown"], 0],
      [["verify", "exp", "--sample", "1", "--quiet"], 0],
      [["verify", "lies", "--sample", "1", "--quiet"], 1],
      [["verify", "lies/report.html", "--sample", "1", "--quiet"], 1]
    ] as const) {
      const ended = await mesocosm(cwd, args)
      text(ended)
      expect([args, ended.code, ended.stderr]).toEqual([args, code, ""])
    }
    // What it suggests to type holds no foreign word that a shell would read.
    expect((await mesocosm(cwd, ["query", "exp"])).stdout).not.toMatch(/^ .*query .*touch pwned/m)
    expect(readFileSync(join(cwd, "exp/report.md"), "utf8").match(UNSAFE)).toBeNull()
  })

  it("is text in errors, and whole in JSON", async () => {
    const wrong = await mesocosm(cwd, ["run", "hostile", "--arm", `arn${EVIL}`])
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain("Did you mean arm")
    text(wrong)
    const listed = await mesocosm(cwd, ["list", "--json"])
    expect(listed.stdout.match(UNSAFE)).toBeNull()
    const { scenarios } = JSON.parse(listed.stdout) as {
      readonly scenarios: readonly { readonly id: string; readonly question: string }[]
    }
    expect(scenarios.find(({ id }) => id === "hostile")?.question).toBe(`Is this a question?${EVIL}`)
    expect(readFileSync(join(cwd, "scenarios/hostile.ts"), "utf8")).toContain("alert(1)")
  })
})
