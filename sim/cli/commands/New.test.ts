/** `new`: what it writes compiles, is formatted and lint-clean, and runs at once. */
import { spawnSync } from "node:child_process"
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ROOT } from "../Checkout.ts"
import type { ErrorDocument } from "../Failure.ts"
import { mesocosm, workspace } from "../fixtures/Command.ts"

let cwd = ""
beforeAll(async () => {
  cwd = workspace()
  for (const id of ["demo", "two-words"]) {
    expect((await mesocosm(cwd, ["new", "scenario", id, "--dir", "scenarios"])).code).toBe(0)
  }
  expect((await mesocosm(cwd, ["new", "behaviour", "slow-poke", "--dir", "agents"])).code).toBe(0)
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

function tool(name: string, args: readonly string[]): { readonly status: number | null; readonly said: string } {
  const path = join(ROOT, "node_modules", name)
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], { cwd, encoding: "utf8" })
  return { status, said: stdout + stderr }
}

const files = ["scenarios/demo.ts", "scenarios/two-words.ts", "agents/slow-poke.ts"]

describe("what new writes", () => {
  it("runs at once, and every check of it holds", async () => {
    const { code, stdout } = await mesocosm(cwd, ["run", "demo", "--json", "--quiet", "--no-report"])
    const said = JSON.parse(stdout) as { readonly metrics: { readonly [name: string]: { readonly number: number } } }
    expect(code).toBe(0)
    // The closed answer of an equal split: k of N + k identities, here 5 of 25.
    expect(said.metrics["share"]?.number).toBe(0.2)
  })

  it("type-checks, the behaviour in a scenario too", () => {
    writeFileSync(join(cwd, "package.json"), '{ "type": "module" }')
    const scenario = readFileSync(join(cwd, "scenarios/demo.ts"), "utf8")
      .replace('Scenario.make("demo"', 'Scenario.make("mixed"')
      .replace("Population.of(contributor,", "Population.of(slowPoke,")
      .replace(/import \{ contributor \}.*\n/, 'import { slowPoke } from "../agents/slow-poke.ts"\n')
    writeFileSync(join(cwd, "scenarios/mixed.ts"), scenario)
    writeFileSync(
      join(cwd, "tsconfig.json"),
      JSON.stringify({
        extends: join(ROOT, "tsconfig.json"),
        compilerOptions: {
          typeRoots: [join(ROOT, "node_modules/@types")],
          paths: {
            mesocosm: [join(ROOT, "sim/index.ts")],
            "mesocosm/contracts": [join(ROOT, "sim/chain/Contracts.ts")]
          }
        },
        include: [
          "scenarios/*.ts",
          "agents/*.ts",
          join(ROOT, "contracts/contracts.gen.ts"),
          join(ROOT, "sim/kernel/alea.d.ts")
        ]
      })
    )
    expect(tool("typescript/bin/tsc", ["-p", "tsconfig.json"])).toEqual({ status: 0, said: "" })
  })

  it("runs with the behaviour it wrote", async () => {
    const { code } = await mesocosm(cwd, ["run", "mixed", "--json", "--quiet", "--no-report"])
    expect(code).toBe(0)
  })

  it("is formatted and lint-clean", () => {
    const config = [`--config-path=${ROOT}`, "--vcs-enabled=false", "--error-on-warnings"]
    const { status, said } = tool("@biomejs/biome/bin/biome", ["check", ...config, ...files])
    expect([status, said]).toEqual([0, expect.stringContaining("Checked 3 files")])
  })

  it("cites its lines of the register, which nobody else has", () => {
    const register = readFileSync(join(cwd, "scenarios/ASSUMPTIONS.md"), "utf8")
    const lines = [...register.matchAll(/^\| ([A-Z]+\d+) *\|/gm)].map(([, line]) => line)
    const sources = files
      .slice(0, 2)
      .flatMap((file) => [...readFileSync(join(cwd, file), "utf8").matchAll(/source: "([A-Z]+\d+)"/g)])
      .map(([, source]) => source)
    expect(sources).toEqual(["D1", "D2", "D3", "D4", "TW1", "TW2", "TW3", "TW4"])
    expect(lines).toEqual(sources)
  })

  it("takes other letters where its initials are taken", async () => {
    await mesocosm(cwd, ["new", "scenario", "dam", "--dir", "scenarios"])
    expect(readFileSync(join(cwd, "scenarios/dam.ts"), "utf8")).toContain('source: "DAM1"')
  })

  it.each([
    ["scenario", "demo", "scenarios"],
    ["behaviour", "slow-poke", "agents"]
  ])("is never written over: %s", async (kind, id, dir) => {
    const file = join(cwd, dir, `${id}.ts`)
    const before = readFileSync(file, "utf8")
    const { code, stdout } = await mesocosm(cwd, ["new", kind, id, "--dir", dir, "--json"])
    const { error } = JSON.parse(stdout) as { readonly error: ErrorDocument }
    expect([code, error.reason]).toEqual([2, "AlreadyExists"])
    expect(readFileSync(file, "utf8")).toBe(before)
  })

  it("ends with 2 where it cannot write", async () => {
    const { code, stdout } = await mesocosm(cwd, ["new", "scenario", "x", "--dir", "package.json/x", "--json"])
    expect([code, JSON.parse(stdout)]).toMatchObject([2, { error: { reason: "Unwritable" } }])
  })
})
