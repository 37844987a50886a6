/** kill -9 at 50 random moments of a sweep of 500 runs: what is recorded is what would have been, and no run is done twice. */
import { rmSync } from "node:fs"
import { afterAll, beforeAll, expect, it } from "vitest"
import { workspace } from "../fixtures/Command.ts"
import { survives } from "../fixtures/Killing.ts"

let cwd = ""
beforeAll(() => {
  cwd = workspace()
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

it("survives 50 deaths of 500 runs", { timeout: 600_000 }, async () => {
  const { attempts, recorded } = await survives(cwd, 50, 500)
  expect(recorded).toHaveLength(51)
  console.log(`50 kills, ${attempts} attempts at 500 runs; recorded at each death: ${recorded.join(" ")}`)
})
