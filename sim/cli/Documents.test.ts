/** Tables in the documents that repeat what the code says, and links between documents: both must be true. */
import { execFileSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { describe, expect, it } from "vitest"
import packageJson from "../../package.json" with { type: "json" }
import { TABLES } from "../run/Recorder.ts"
import type { BehaviourRuntime } from "../scenario/Behaviour.ts"
import type { Scenario } from "../scenario/Scenario.ts"
import { LEDGER, PLAN, POINTS, RUNS, SERIES } from "../store/ExperimentTables.ts"
import { ROOT } from "./Checkout.ts"
import { EXIT } from "./Failure.ts"

function read(document: string): string {
  return readFileSync(join(ROOT, document), "utf8")
}

/** Rows of all tables of a document whose first cell matches, as their cells. */
function rows(document: string, first: RegExp): readonly (readonly string[])[] {
  return read(document)
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim())
    )
    .filter(([cell = ""]) => first.test(cell))
}

/** What stands in backquotes in a cell. */
function codes(cell = ""): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code)
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts")
  )
}

/** What somebody has just written need not be listed; what is under version control must. */
const tracked = new Set(execFileSync("git", ["ls-files"], { cwd: ROOT, encoding: "utf8" }).split("\n"))
const isTracked = (file: string): boolean => tracked.has(file)

/** What the table says must be there, and what is wanted must be in the table. */
function compare(document: string, there: ReadonlyMap<string, readonly string[]>, wanted: readonly string[]): void {
  const said = rows(document, /^\[/).map(([link = "", , list]) => [link, codes(list)] as const)
  expect(wanted.length).toBeGreaterThan(0)
  expect(said).toEqual(said.map(([link]) => [link, there.get(link)]))
  expect(said.map(([link]) => link)).toEqual(expect.arrayContaining([...wanted]))
}

describe("the documents", () => {
  it("CONTRIBUTING.md says what each dependency is for, and of no other", () => {
    const section = read("CONTRIBUTING.md").split("## What each dependency is for")[1] ?? ""
    const said = [...section.matchAll(/^\| (`[^|]+)\|/gm)].flatMap(([, cell]) => codes(cell))
    const { dependencies, devDependencies } = packageJson
    expect([...said].sort()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).sort())
  })

  it.each(["README.md", "sim/cli/README.md"])("%s lists the exit codes", (document) => {
    expect(rows(document, /^\d+$/).map(([code]) => Number(code))).toEqual(Object.values(EXIT))
  })

  it("agents/README.md lists every behaviour with its needs", async () => {
    const there = new Map<string, readonly string[]>()
    const wanted: string[] = []
    for (const file of filesIn("agents").filter((each) => each !== "index.ts")) {
      const exported: readonly unknown[] = Object.values((await import(join(ROOT, "agents", file))) as object)
      for (const behaviour of exported.filter(isBehaviour)) {
        const link = `[${behaviour.name}](${file})`
        there.set(
          link,
          Object.entries(behaviour.needs).map(([key, contract]) => `${key}: ${contract}`)
        )
        if (isTracked(`agents/${file}`)) wanted.push(link)
      }
    }
    compare("agents/README.md", there, wanted)
  })

  it("contracts/README.md lists every contract", () => {
    const wanted = readdirSync(join(ROOT, "contracts"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".sol") && !/\.t\.sol$|^test\/|\/interfaces\//.test(file))
      .map((file) => `[${basename(file, ".sol")}](${file})`)
    const said = rows("contracts/README.md", /^\[/).flatMap(([cell = ""]) => cell.split(", "))
    expect([...said].sort()).toEqual([...wanted].sort())
  })

  it("scenarios/README.md lists every scenario with its arms", async () => {
    const there = new Map<string, readonly string[]>()
    const wanted: string[] = []
    for (const file of filesIn("scenarios").filter((path) => !path.includes("known-answers"))) {
      const { default: scenario } = (await import(join(ROOT, "scenarios", file))) as { readonly default: Scenario }
      const link = `[${scenario.id}](${file})`
      there.set(
        link,
        Object.keys(scenario.arms).filter((arm) => arm !== "baseline")
      )
      if (isTracked(`scenarios/${file}`)) wanted.push(link)
    }
    compare("scenarios/README.md", there, wanted)
  })

  it("sim/store/README.md lists every table with its columns", () => {
    const said = rows("sim/store/README.md", /^`/).map(([table, , columns]) => [codes(table)[0], codes(columns)])
    const ofRuns = Object.entries(TABLES).map(([table, columns]) => [table, Object.keys(columns)])
    const experiment = { plan: PLAN, points: POINTS, runs: RUNS([]), series: SERIES, ledger: LEDGER }
    const ofExperiments = Object.entries(experiment).map(([table, columns]) => [`${table}/`, Object.keys(columns)])
    expect(said).toEqual([...ofRuns, ...ofExperiments])
  })

  it("link to what is there", () => {
    const rooms = ["agents", "contracts", "notebooks", "reports", "scenarios", "sim"].flatMap((room) =>
      readdirSync(join(ROOT, room), { recursive: true, encoding: "utf8" }).map((file) => join(room, file))
    )
    const documents = [...readdirSync(ROOT), ...rooms].filter((file) => file.endsWith(".md"))
    expect(documents.length).toBeGreaterThan(15)
    for (const document of documents) {
      for (const [, target = ""] of read(document).matchAll(/\]\(([^)#\s]+)/g)) {
        if (/^https?:/.test(target)) continue
        expect([document, target, existsSync(join(ROOT, dirname(document), target))]).toEqual([document, target, true])
      }
    }
  })
})

function isBehaviour(value: unknown): value is BehaviourRuntime {
  return typeof value === "object" && value !== null && "needs" in value && "act" in value
}
