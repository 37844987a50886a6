/** The project of published contracts alone: its committed baseline holds, by our command and through Hardhat. */
import { execFileSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { mesocosm } from "../fixtures/Command.ts"
import { HARDHAT, strangersProject } from "../fixtures/Project.ts"

let folder = ""
beforeAll(() => {
  folder = strangersProject("published")
})

const SAME = "Every run left the digest that was recorded"

describe("a project of published contracts", { timeout: 60_000 }, () => {
  it("passes on its recorded seeds, and nothing is said to have changed", async () => {
    const { code, stdout } = await mesocosm(folder, ["check", "--quiet"])
    expect(stdout).toContain(SAME)
    expect(stdout).not.toContain("changed since")
    expect(code).toBe(0)
  })

  it("passes through Hardhat, which loads its files another way and finds nothing to compile", () => {
    const said = execFileSync(process.execPath, [HARDHAT, "mesocosm", "check", "--quiet"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, CI: "1", NO_COLOR: "1" }
    })
    expect(said).toContain(SAME)
    expect(said).not.toContain("changed since")
  })

  it("fails where the pair is shallower, and names the Param", async () => {
    const file = join(folder, "scenarios/published.ts")
    writeFileSync(file, readFileSync(file, "utf8").replace('Param.tokens("100000"', 'Param.tokens("20000"'))
    const { code, stdout } = await mesocosm(folder, ["check", "--quiet"])
    expect(stdout).toContain("Param depth: 100000 tokens → 20000 tokens")
    expect(stdout).toContain("got is worse in arm baseline")
    expect(code).toBe(1)
  })
})
