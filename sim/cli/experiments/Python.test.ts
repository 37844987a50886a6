/** An experiment's tables open in DuckDB, pandas and polars, from Python, and say what our own reader says. */
import { execFile } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readRows } from "../../store/ExperimentReader.ts"
import { ROOT } from "../Checkout.ts"
import { started, workspace } from "../fixtures/Command.ts"
import { lacking, python } from "../testing/Tools.ts"

const run = promisify(execFile)
const readers = join(ROOT, "sim/store/fixtures/readers")

interface Read {
  readonly found: {
    readonly [reader: string]: {
      readonly [table: string]: { readonly rows: number; readonly columns: readonly string[] }
    }
  }
  readonly means: { readonly [reader: string]: number }
}

/** A Python with what the readers need, installed below .mesocosm when it is not there. @returns its path. */
async function pythonWithReaders(): Promise<string> {
  const requirements = join(readers, "requirements.txt")
  const folder = join(ROOT, ".mesocosm/readers")
  const mark = join(folder, "installed")
  const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex")
  if (!existsSync(mark) || readFileSync(mark, "utf8") !== wanted) {
    rmSync(folder, { recursive: true, force: true })
    await run(python() ?? "python3", ["-m", "venv", folder])
    await run(join(folder, "bin/python"), ["-m", "pip", "install", "--quiet", "--requirement", requirements])
    writeFileSync(mark, wanted)
  }
  return join(folder, "bin/python")
}

describe.skipIf(python() === undefined)(`the tables of an experiment${lacking(python)}`, () => {
  let cwd = ""
  let interpreter = ""
  beforeAll(async () => {
    cwd = workspace()
    interpreter = await pythonWithReaders()
  }, 300_000)
  afterAll(() => rmSync(cwd, { recursive: true, force: true }))

  it("open in DuckDB, pandas and polars with the rows that were written", { timeout: 120_000 }, async () => {
    const args = ["sweep", "open-pool", "--vary", "cost=1,2", "--seeds", "4", "--set", "honest=3", "--quiet"]
    expect((await started(cwd, [...args, "--out", "it", "--audit", "0"], { timeout: 100_000 }).ended).code).toBe(0)
    const { stdout } = await run(interpreter, [join(readers, "read.py"), join(cwd, "it")])
    const { found, means } = JSON.parse(stdout) as Read
    const tables = ["plan", "points", "runs", "series", "ledger"] as const
    let sum = 0
    let samples = 0
    for (const name of tables) {
      const rows = []
      for await (const part of readRows(join(cwd, "it"), name)) rows.push(...part)
      for (const reader of ["duckdb", "pandas", "polars"]) {
        const { rows: count, columns } = found[reader]?.[name] ?? {}
        expect([reader, name, count, columns]).toEqual([reader, name, rows.length, Object.keys(rows[0] ?? {})])
      }
      for (const { metric, number } of rows) {
        if (name !== "series" || metric !== "paid") continue
        sum += Number(number)
        samples++
      }
    }
    expect(samples).toBeGreaterThan(8 * 50)
    for (const mean of Object.values(means)) expect(mean).toBeCloseTo(sum / samples, 6)
  })
})
