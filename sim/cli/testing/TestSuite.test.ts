/** Counts known outcomes, and a small project of three tests that runs under the real Vitest. */
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { afterEach, describe, expect, it } from "vitest"
import { ScenarioError } from "../../Errors.ts"
import { countSolidity } from "./SolidityCount.ts"
import type { Outcome, Suite } from "./Suite.ts"
import { renderEnd, renderSuite, type SuiteResult, testSuite } from "./TestSuite.ts"
import { vitest } from "./Vitest.ts"

const repository = fileURLToPath(new URL("../../../", import.meta.url))
const made: string[] = []

afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true })
})

const outcome = (passed: number, failed: number, skipped: readonly string[] = [], output = ""): Outcome => ({
  passed,
  failed,
  skipped: skipped.map((name) => ({ name })),
  output
})

const suite = (name: string, found: Outcome | Error, wait: Promise<unknown> = Promise.resolve()): Suite => ({
  name,
  run: async () => {
    await wait
    if (found instanceof Error) throw found
    return found
  }
})

describe("the totals", () => {
  it("are the sums of the suites", async () => {
    const counts = fc.record({ passed: fc.nat(99), failed: fc.nat(9), skips: fc.nat(5) })
    await fc.assert(
      fc.asyncProperty(fc.array(counts, { maxLength: 6 }), fc.boolean(), async (all, failOnSkip) => {
        const suites = all.map(({ passed, failed, skips }, at) =>
          suite(`${at}`, outcome(passed, failed, Array(skips).fill("a")))
        )
        const report = await testSuite(suites, { failOnSkip })
        const sum = (of: (each: (typeof all)[number]) => number): number => all.reduce((n, each) => n + of(each), 0)
        expect(report.passed).toBe(sum((each) => each.passed))
        expect(report.skipped).toBe(failOnSkip ? 0 : sum((each) => each.skips))
        expect(report.failed).toBe(sum((each) => each.failed + (failOnSkip ? each.skips : 0)))
        expect(report.ok).toBe(report.failed === 0)
      })
    )
  })

  it("stand alone on the last line", async () => {
    const passed = await testSuite([suite("a", outcome(3, 0)), suite("b", outcome(4, 0))])
    expect(renderEnd(passed).split("\n").at(-1)).toBe("7 passed, 0 failed")
    const mixed = await testSuite([suite("a", outcome(3, 1, ["in a page"], "what went wrong"))])
    expect(renderEnd(mixed)).toBe(
      "\n── a failed ──\nwhat went wrong\n\nskipped:\n  in a page\n\n3 passed, 1 failed, 1 skipped"
    )
    expect(mixed.ok).toBe(false)
  })

  it("count a skip as a failure, by name, when told to", async () => {
    const report = await testSuite([suite("a", outcome(1, 0, ["in a page [skipped: needs Chromium]"]))], {
      failOnSkip: true
    })
    expect(report).toMatchObject({ ok: false, passed: 1, failed: 1, skipped: 0 })
    expect(renderEnd(report)).toContain("in a page [skipped: needs Chromium]")
  })

  it("count a suite that throws as a failure, with its words", async () => {
    const report = await testSuite([suite("a", new Error("tsc is not there")), suite("b", outcome(1, 0))])
    expect(report).toMatchObject({ passed: 1, failed: 1 })
    expect(renderEnd(report)).toContain("tsc is not there")
  })
})

describe("the suites", () => {
  it("are reported in their order, whichever is done first", async () => {
    const gate = Promise.withResolvers<void>()
    const seen: string[] = []
    const first = suite("first", outcome(1, 0), gate.promise)
    const last: Suite = {
      name: "last",
      run: async () => {
        gate.resolve()
        return outcome(1, 0)
      }
    }
    await testSuite([first, suite("second", outcome(1, 0)), last], { onSuite: ({ name }) => seen.push(name) })
    expect(seen).toEqual(["first", "second", "last"])
  })

  it("run alone when named; a filter runs the TypeScript tests", async () => {
    const all = [suite("lint", outcome(1, 0)), suite("tests", outcome(2, 0))]
    expect((await testSuite(all, { only: "lint" })).passed).toBe(1)
    expect((await testSuite(all, { filters: ["Stream"] })).passed).toBe(2)
  })

  it.each([{ only: "lynt" }, { only: "lint", filters: ["Stream"] }])("refuse %o", async (options) => {
    const refused = testSuite([suite("lint", outcome(1, 0)), suite("tests", outcome(2, 0))], options)
    await expect(refused).rejects.toThrow(ScenarioError)
    await expect(refused).rejects.toMatchObject({ reason: "Usage", offending: { name: "--only" } })
  })

  it("have a line each", () => {
    const result: SuiteResult = {
      ...outcome(74, 1, ["a"]),
      name: "solidity",
      seconds: 12.34,
      note: "99.10 % of lines covered"
    }
    expect(renderSuite(result)).toBe("✘ solidity    12.3 s   74 passed, 1 failed, 1 skipped (99.10 % of lines covered)")
  })
})

describe("Vitest's tests", () => {
  /** A project of the given test files, with the packages of this one. */
  function project(files: Readonly<Record<string, string>>): string {
    const root = mkdtempSync(join(tmpdir(), "mesocosm-testing-"))
    made.push(root)
    symlinkSync(join(repository, "node_modules"), join(root, "node_modules"))
    writeFileSync(join(root, "package.json"), '{ "type": "module" }')
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(root, name), `import { expect, it } from "vitest"\n${text}\n`)
    }
    return root
  }

  const mixed = {
    "A.test.ts": `it("adds", () => expect(1 + 1).toBe(2))\nit("fails", () => expect(1 + 1).toBe(3))`,
    "B.test.ts": `it.skip("draws [skipped: needs Chromium: apt-get install chromium]", () => {})\nit("holds", () => {})`
  }

  it("are counted, with the skipped by name and the failed in full", async () => {
    const found = await vitest({ root: project(mixed), slow: false, filters: [] })
    expect(found).toMatchObject({
      passed: 2,
      failed: 1,
      skipped: [{ name: "B.test.ts: draws [skipped: needs Chromium: apt-get install chromium]" }]
    })
    expect(found.output).toMatch(/^A\.test\.ts\n {2}fails\n.*expected 2 to be 3/)
    expect(found.output).not.toContain("adds")
  })

  it("are chosen by a filter", async () => {
    expect(await vitest({ root: project(mixed), slow: false, filters: ["B"] })).toMatchObject({ passed: 1, failed: 0 })
  })

  it("fail when a file does not load, when nothing is found, and when an error is left over", async () => {
    const loading = await vitest({ root: project({ "A.test.ts": `import "./B.ts"` }), slow: false, filters: [] })
    expect(loading).toMatchObject({ passed: 0, failed: 1, output: expect.stringContaining("B.ts") })
    const both = project({ ...mixed, "C.test.ts": `import "./B.ts"` })
    expect(await vitest({ root: both, slow: false, filters: [] })).toMatchObject({ passed: 2, failed: 2 })
    const nothing = await vitest({ root: project({}), slow: false, filters: [] })
    expect(nothing).toMatchObject({ passed: 0, failed: 1, output: expect.stringContaining("No test files found") })
    const left = { "A.test.ts": `it("passes", () => { Promise.reject(new Error("left over")) })` }
    const leftOver = await vitest({ root: project(left), slow: false, filters: [] })
    expect(leftOver).toMatchObject({ passed: 1, failed: 1, output: expect.stringContaining("left over") })
  })
})

describe("Solidity's tests", () => {
  // As Hardhat 3.18 prints them.
  const passing = "    ✔ test_A()\n    ✔ testFuzz_B(uint256) (runs: 256)\n\n\n  74 passing\n"
  const covered =
    "║ contracts/A.sol                   │ 90.00  │ 91.00       │ 12              ║\n║ Total                             │ 98.51  │ 97.00       │                 ║\n"

  it("are counted from the summary, with the lines covered", () => {
    const ran = { ok: true, output: passing + covered }
    expect(countSolidity(ran)).toEqual({ ...outcome(74, 0), note: "98.51 % of lines covered" })
  })

  it("fail with their output", () => {
    const output = "  73 passing\n  1 failing\n  2 skipped\n"
    expect(countSolidity({ ok: false, output })).toMatchObject({ passed: 73, failed: 1, skipped: [{}, {}], output })
  })

  it("fail when they do not compile, or say nothing that can be counted", () => {
    expect(countSolidity({ ok: false, output: "HHE902: compilation failed" })).toMatchObject({ passed: 0, failed: 1 })
    expect(countSolidity({ ok: true, output: "all is well" })).toMatchObject({ passed: 0, failed: 1 })
    expect(countSolidity({ ok: false, output: passing })).toMatchObject({ passed: 74, failed: 1 })
  })
})

it("says what is wrong with the command line, and exits with 2", () => {
  const main = fileURLToPath(new URL("main.ts", import.meta.url))
  const ran = spawnSync(process.execPath, [main, "--only", "lynt"], { encoding: "utf8" })
  expect(ran).toMatchObject({ status: 2, stdout: "" })
  expect(ran.stderr).toContain(
    "fix: Choose one of lint, types, generated, solidity, gas, evm, tests, notebooks, dead-code."
  )
})
