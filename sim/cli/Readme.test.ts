/**
 * The documents are followed to the letter, in a copy of this checkout, as a newcomer would: the files they show
 * are written and type-checked, the commands are run in order, and what they are said to print is compared.
 *
 * In the documents: a `ts` or `solidity` block whose first line is `// <path>` is that file; with `, at the top of <section>` it is
 * put below the line that opens the section. A `sh` block is run. A `text` block after it is what it prints, `…` for
 * lines left out.
 */
import { spawn } from "node:child_process"
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ROOT } from "./Checkout.ts"

const documents = [
  "README.md",
  "scenarios/README.md",
  "scenarios/known-answers/README.md",
  "agents/README.md",
  "sim/scenario/README.md",
  "CONTRIBUTING.md"
]

interface Block {
  readonly document: string
  readonly language: string
  readonly body: string
  /** What a `sh` block is said to print. */
  readonly prints: string | undefined
}

/** The fenced blocks of a document in order; a block in a list is freed of the list's indent. */
function blocksOf(document: string): readonly Block[] {
  const text = readFileSync(join(ROOT, document), "utf8")
  const found = [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm)].map(
    ([, indent = "", language = "", body = ""]) => ({
      language,
      body: body.replaceAll(new RegExp(`^${indent}`, "gm"), "")
    })
  )
  return found.map(({ language, body }, at) => {
    const next = found[at + 1]
    return { document, language, body, prints: next?.language === "text" ? next.body : undefined }
  })
}

const blocks = documents.flatMap(blocksOf)
const files = blocks.filter(({ language }) => language === "ts" || language === "solidity")
const commands = blocks.filter(({ language }) => language === "sh")

/** Commands that the documents name in running text and tables. */
const named = documents.flatMap((document) =>
  [...readFileSync(join(ROOT, document), "utf8").matchAll(/`((?:\.\/mesocosm|npx|node) [^`…<]+)`/g)].map(
    ([, command = ""]) => command.split(" ")
  )
)

let copy = ""
/** The files that the documents wrote or changed, relative to the copy. */
const written = new Set<string>()

/** Left out of the copy: what is made anew, what is large, and what other tests are writing meanwhile. */
const left = new Set(["node_modules", ".git", ".mesocosm", "cache", "coverage", "runs"])

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), "mesocosm-readme-"))
  cpSync(ROOT, copy, {
    recursive: true,
    filter: (from) => !left.has(relative(ROOT, from)) && !from.endsWith(join("crate", "target"))
  })
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"))
  // The wrapper has tests of its own: here everything is set up, and it would only start this.
  writeFileSync(join(copy, "mesocosm"), '#!/bin/sh\nexec node "$(dirname "$0")/sim/cli/main.ts" "$@"\n')
  chmodSync(join(copy, "mesocosm"), 0o755)
  for (const { document, body } of files) write(document, body)
  // What the wrapper does before any command, and what the documents say comes next.
  const contracts = [...written].filter((file) => file.endsWith(".sol"))
  const { code, stderr } = await shell(
    `node node_modules/hardhat/dist/src/cli.js build ${contracts.join(" ")} && ./mesocosm types`
  )
  expect([code, stderr]).toEqual([0, ""])
}, 180_000)

afterAll(() => rmSync(copy, { recursive: true, force: true }))

function write(document: string, body: string): void {
  const [, path = "", section] = /^\/\/ (\S+\.(?:ts|sol))(?:, at the top of (\w+))?\n/.exec(body) ?? []
  if (path === "") throw new Error(`a block of ${document} does not say in its first line which file it is`)
  const file = join(copy, path)
  mkdirSync(dirname(file), { recursive: true })
  const text = body.slice(body.indexOf("\n") + 1)
  written.add(path)
  if (section === undefined) {
    if (existsSync(file)) throw new Error(`${document} writes ${path}, which is there already`)
    writeFileSync(file, text)
    return
  }
  const source = readFileSync(file, "utf8")
  const opening = new RegExp(`^  ${section}: [{[]\n`, "m")
  if (!opening.test(source)) throw new Error(`${path} has no line that opens ${section}, where ${document} writes`)
  writeFileSync(
    file,
    source.replace(opening, (line) => line + text)
  )
}

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** One call of a shell in the copy, under the Node that runs this. */
function shell(script: string): Promise<Ended> {
  const env = { ...process.env, CI: "1", PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}` }
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-ec", script], { cwd: copy, env, stdio: ["ignore", "pipe", "pipe"] })
    let stdout = ""
    let stderr = ""
    child.stdout.on("data", (bytes: Buffer) => {
      stdout += bytes.toString()
    })
    child.stderr.on("data", (bytes: Buffer) => {
      stderr += bytes.toString()
    })
    child.on("error", reject)
    child.on("close", (code) => resolve({ code, stdout, stderr }))
  })
}

/** Lines that would run this test again, install, or take minutes: it is checked that what they call is there. */
function called(line: string): string | undefined {
  if (/^\.\/mesocosm test\b/.test(line)) return "./mesocosm test --help"
  const windows = /^npx -y -p node@24 -c "npm ci && node (\S+) build && (node sim\/cli\/main\.ts .+)"$/.exec(line)
  // No npx within npx: the inner one takes the outer one's --call for its own, and refuses.
  if (windows !== null) return `test -f package-lock.json && node ${windows[1]} --version && ${windows[2]} --help`
  return undefined
}

/** Text with every run of blanks as one. */
function words(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim()
}

describe("the TypeScript of the documents", () => {
  it("compiles, where the documents say it goes", { timeout: 60_000 }, async () => {
    expect(files.length).toBeGreaterThanOrEqual(5)
    const project = join(copy, "readme.tsconfig.json")
    const include = ["contracts/contracts.gen.ts", ...[...written].filter((file) => file.endsWith(".ts"))]
    writeFileSync(project, JSON.stringify({ extends: "./tsconfig.json", include }))
    const { stdout } = await shell(
      "node node_modules/typescript/bin/tsc --pretty false -p readme.tsconfig.json || true"
    )
    // What these files import is checked with the rest of the checkout; a message of no file is about the project.
    const ours = ["error", ...written]
    const messages = stdout.split(/\n(?=\S)/).filter((message) => ours.some((start) => message.startsWith(start)))
    expect(messages).toEqual([])
  })
})

describe("the commands of the documents", { timeout: 120_000 }, () => {
  it.each(commands)("$document: $body", async ({ body, prints }) => {
    const lines = body.trimEnd().split("\n")
    const { code, stdout, stderr } = await shell(lines.map((line) => called(line) ?? line).join("\n"))
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/^fix:/m)])
    for (const line of (prints ?? "").split("\n").filter((line) => !["", "…"].includes(line))) {
      expect(words(stdout)).toContain(words(line))
    }
  })

  it("are two of the same run, where the digests are said to be the same", async () => {
    const { stdout } = await shell("./mesocosm list --runs")
    const rows = stdout.split("\n").filter((line) => /^runs\/(?:once|again) /.test(line))
    expect(rows.length).toBe(2)
    expect(new Set(rows.map((row) => row.replace(/^\S+ +/, ""))).size).toBe(1)
  })

  it("earn with a contract of one's own what is said, and with less gas or no moves too", async () => {
    const said = readFileSync(join(ROOT, "scenarios/README.md"), "utf8")
    const file = join(copy, "scenarios/bonus.ts")
    const source = readFileSync(file, "utf8")
    for (const [from, to, words] of [
      ["", "", /gives a profit of ([\d,.]+) USD/],
      [/capital: .*/, "capital: () => ({ bonus: 0.1 }),", /only what was fetched counts: ([\d,.]+\d)/],
      ["15_000_000", "1_000_000", /in 21 weeks of 25, and the profit is (−[\d,.]+\d)/]
    ] as const) {
      writeFileSync(file, source.replace(from, to))
      const { stdout } = await shell("./mesocosm run bonus --chain revm --no-report --out runs/bonus --json --quiet")
      const [, figure = ""] = words.exec(said) ?? []
      const { metrics, counts } = JSON.parse(stdout)
      expect(metrics.profit.number).toBeCloseTo(Number(figure.replace(",", "").replace("−", "-")), 2)
      expect(counts.reverted).toBe(to === "1_000_000" ? 21 : 0)
    }
    writeFileSync(file, source)
  })

  it("left the files that the Python of the README reads", () => {
    const python = blocks.find(({ language }) => language === "python")?.body ?? ""
    const paths = [...python.matchAll(/runs\/[\w/-]+\.parquet/g)].map(([path]) => path)
    expect(paths.length).toBeGreaterThan(2)
    for (const path of paths) expect([path, existsSync(join(copy, path))]).toEqual([path, true])
  })

  it("that are only named are there, with their flags", async () => {
    const helps = new Map<string, string>()
    for (const [program = "", first = "", ...rest] of named) {
      if (program === "node") expect([first, existsSync(join(ROOT, first))]).toEqual([first, true])
      if (program === "npx" && first !== "-y") {
        expect([first, existsSync(join(ROOT, "node_modules", ".bin", first))]).toEqual([first, true])
      }
      if (program !== "./mesocosm" || first.startsWith("-")) continue
      const name = first === "new" ? `new ${rest[0]}` : first
      if (!helps.has(name)) helps.set(name, (await shell(`./mesocosm ${name} --help`)).stdout)
      for (const flag of ["--json", ...rest].filter((word) => word.startsWith("--"))) {
        expect(helps.get(name)).toMatch(new RegExp(`${flag}[ ,]`))
      }
    }
    expect(helps.size).toBeGreaterThan(4)
  })
})
