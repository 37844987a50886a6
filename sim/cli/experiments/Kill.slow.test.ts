/** kill -9 at 50 random moments of a sweep of 500 runs: what is recorded is what would have been, and no run is done twice. */
import { rmSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { exportLines } from "../../store/ExperimentExport.ts"
import { joined } from "../../store/fixtures/records.ts"
import { started, workspace } from "../fixtures/Command.ts"
import { killed } from "../fixtures/Killing.ts"

const KILLS = 50
const RUNS = 500
const sweep = ["sweep", "open-pool", "--vary", "cost=1..3/5", "--seeds", "100", "--workers", "2"]
const args = [...sweep, "--set", "honest=3", "--set", "operators=0"]

let cwd = ""
beforeAll(() => {
  cwd = workspace()
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

it(`survives ${KILLS} deaths of ${RUNS} runs`, { timeout: 600_000 }, async () => {
  const calm = await started(cwd, [...args, "--out", "calm", "--json", "--quiet"], { timeout: 300_000 }).ended
  expect([calm.code, calm.stderr]).toEqual([0, ""])
  const { code, stderr, doneTwice, attempts, recorded } = await killed(cwd, args, {
    name: "killed",
    kills: KILLS,
    runs: RUNS
  })
  expect([code, stderr, doneTwice]).toEqual([0, "", []])
  expect(await joined(exportLines(join(cwd, "killed")))).toBe(await joined(exportLines(join(cwd, "calm"))))
  // What a thread had in hand at a death is begun again: no more than one run per thread.
  expect(attempts).toBeGreaterThanOrEqual(RUNS)
  expect(attempts).toBeLessThanOrEqual(RUNS + KILLS * 2)
  expect([...recorded].sort((a, b) => a - b)).toEqual(recorded)
  expect(recorded.at(-1)).toBe(RUNS)
  // Some deaths came in the middle.
  expect(new Set(recorded).size).toBeGreaterThan(KILLS / 2)
  console.log(`${KILLS} kills, ${attempts} attempts at ${RUNS} runs; recorded at each death: ${recorded.join(" ")}`)
})
