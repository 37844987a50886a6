/** A command that was given something else than it takes says what that is. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { EXPERIMENT_SCHEMA } from "../store/ExperimentManifest.ts"
import { PLAN, POINTS } from "../store/ExperimentTables.ts"
import { SCHEMA } from "../store/Manifest.ts"
import { encodeRows } from "../store/Parquet.ts"
import type { ErrorDocument } from "./Failure.ts"
import { said } from "./fixtures/InProcess.ts"

let cwd = ""
const before = process.cwd()
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "mesocosm-stored-"))
  mkdirSync(join(cwd, "ri"))
  const run = {
    schema: SCHEMA,
    spec: { scenario: "open-pool", arm: "honest", seed: 3 },
    params: [{ name: "honest", value: "9", setBy: "set" }]
  }
  writeFileSync(join(cwd, "ri/manifest.json"), JSON.stringify(run))
  const folder = join(cwd, "half-1")
  for (const table of ["plan", "points"]) mkdirSync(join(folder, table), { recursive: true })
  const manifest = {
    schema: EXPERIMENT_SCHEMA,
    status: "complete",
    shard: { index: 1, of: 2 },
    named: "gone",
    design: { arms: [] }
  }
  writeFileSync(join(folder, "experiment.json"), JSON.stringify(manifest))
  writeFileSync(join(folder, "plan/00001.parquet"), encodeRows(PLAN, []))
  writeFileSync(join(folder, "points/00001.parquet"), encodeRows(POINTS, []))
  writeFileSync(join(cwd, "README.md"), "# Not a report\n")
  process.chdir(cwd)
})
afterAll(() => {
  process.chdir(before)
  rmSync(cwd, { recursive: true, force: true })
})

describe("what is given something else", () => {
  it.each([
    ["resume ri", /^ri is a run, and no experiment$/, /run open-pool --arm honest --seed 3 --set honest=9 --out ri/],
    ["query ri", /^ri is a run, and no experiment$/, /made again/],
    ["export ri", /^ri is a run, and no experiment$/, /made again/],
    ["resume nowhere", /^there is no nowhere$/, /list --experiments/],
    ["resume README.md", /^README.md is a file, and no experiment$/, /folder/],
    ["explain half-1 farm/0", /^half-1 is an experiment, and no run$/, /Make one of its runs/],
    ["report ri half-1", /^half-1 is an experiment, and no run$/, /report half-1, with the experiment alone/],
    ["report nowhere", /^there is no nowhere$/, /run <scenario>/],
    ["report README.md", /^README.md is a file, and no run$/, /folder/],
    ["report half-1", /^half-1 holds part 1 of 2 of an experiment$/, /collect half-1 <the other parts>/],
    ["verify half-1", /^half-1 holds part 1 of 2 of an experiment$/, /collect half-1 <the other parts>/],
    ["verify README.md", /^README.md is a file, and no report$/, /./]
  ] as const)("%s", async (line, message, fix) => {
    const { code, stdout } = await said(...line.split(" "), "--json")
    const { error } = JSON.parse(stdout) as { readonly error: ErrorDocument }
    expect([code, error.tag]).toEqual([2, "ReportError"])
    expect(error.message).toMatch(message)
    expect(error.fix).toMatch(fix)
  })
})
