/** kill -9 at 5 random moments of a sweep of 60 runs: what is recorded is what would have been, and no run is done twice. */
import { rmSync } from "node:fs"
import { afterAll, beforeAll, expect, it } from "vitest"
import { workspace } from "../fixtures/Command.ts"
import { survives } from "../fixtures/Killing.ts"

let cwd = ""
beforeAll(() => {
  cwd = workspace()
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

it("survives 5 deaths of 60 runs", { timeout: 600_000 }, async () => {
  const { attempts, recorded } = await survives(cwd, 5, 60)
  expect(recorded).toHaveLength(6)
  console.log(`5 kills, ${attempts} attempts at 60 runs; recorded at each death: ${recorded.join(" ")}`)
})
