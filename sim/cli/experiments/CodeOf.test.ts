/** What of a project outside the checkout decides which code ran, and what does not. */
import { createHash } from "node:crypto"
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { fingerprint, isFingerprinted, listsSource } from "../../store/CodeVersion.ts"
import { ROOT } from "../Checkout.ts"
import { codeOf } from "./CodeOf.ts"

let root = ""
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "mesocosm-code-"))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const metadata = (byte: string): string => `a2646970667358221220${byte.repeat(32)}64736f6c63430008250033`

/** A contract as Hardhat writes it. */
function artifact(name: string, code: string, sources = "11"): string {
  return JSON.stringify({
    contractName: name,
    abi: [],
    bytecode: `0x${code}${metadata(sources)}`,
    buildInfoId: sources
  })
}

const FILES: { readonly [path: string]: string } = {
  "scenarios/mine.ts": [
    'import { FACTOR } from "../lib/factor.ts"',
    'import table from "../lib/table.json" with { type: "json" }',
    'import { odd } from "odd"',
    'import { linked } from "linked"',
    'import { readFileSync } from "node:fs"',
    'import { Scenario } from "mesocosm"',
    'export default [FACTOR, table, odd, linked, readFileSync, Scenario, "Vault"]'
  ].join("\n"),
  "lib/factor.ts": 'export { FACTOR } from "./deeper.ts"',
  "lib/deeper.ts": "export const FACTOR: number = 1",
  "lib/unused.ts": "export const OTHER = 1",
  "lib/table.json": "[1]",
  "packages/linked/package.json": '{ "name": "linked", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
  "packages/linked/index.js": "export const linked = 1",
  "node_modules/odd/package.json": '{ "name": "odd", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
  "node_modules/odd/index.js": "export const odd = 1",
  "node_modules/theirs/Theirs.json": '{ "abi": [], "bytecode": "0x01" }',
  "contracts/foreign.json": '{ "Theirs": "theirs/Theirs.json", "Absent": "absent/Absent.json" }',
  "artifacts/contracts/Vault.sol/Vault.json": artifact("Vault", "6001"),
  "artifacts/contracts/Other.sol/Other.json": artifact("Other", "6002")
}

let projects = 0

/** A fresh project with some files otherwise. */
function project(changed: { readonly [path: string]: string } = {}): string {
  const folder = join(root, String(++projects))
  for (const [path, content] of Object.entries({ ...FILES, ...changed })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  symlinkSync(join(folder, "packages/linked"), join(folder, "node_modules/linked"))
  return folder
}

const hash = (folder: string): Promise<string> =>
  codeOf({ id: "mine", file: join(folder, "scenarios/mine.ts") }, folder)

describe("the code of a scenario outside the checkout", () => {
  it.each([
    ["the scenario", "scenarios/mine.ts", `${FILES["scenarios/mine.ts"]}\n`],
    ["what it imports through another file", "lib/deeper.ts", "export const FACTOR: number = 2"],
    ["data that it imports", "lib/table.json", "[2]"],
    ["a package of the same workspace", "packages/linked/index.js", "export const linked = 2"],
    [
      "another version of a package",
      "node_modules/odd/package.json",
      FILES["node_modules/odd/package.json"]?.replace("1.0.0", "1.0.1") ?? ""
    ],
    ["bytecode of a contract that it names", "artifacts/contracts/Vault.sol/Vault.json", artifact("Vault", "6003")],
    [
      "metadata of a contract that it names",
      "artifacts/contracts/Vault.sol/Vault.json",
      artifact("Vault", "6001", "22")
    ],
    ["bytecode of another contract", "artifacts/contracts/Other.sol/Other.json", artifact("Other", "6004")],
    ["a contract more", "artifacts/contracts/More.sol/More.json", artifact("More", "6005")],
    ["somebody else's contract", "node_modules/theirs/Theirs.json", '{ "abi": [], "bytecode": "0x02" }']
  ])("is another by %s", async (_, path, content) => {
    expect(await hash(project({ [path]: content }))).not.toBe(await hash(project()))
  })

  it.each([
    ["the place of the project", "lib/factor.ts", FILES["lib/factor.ts"] ?? ""],
    ["a file that nothing imports", "lib/unused.ts", "export const OTHER = 2"],
    [
      "metadata of a contract that it does not name",
      "artifacts/contracts/Other.sol/Other.json",
      artifact("Other", "6002", "22")
    ],
    [
      "which build made a contract",
      "artifacts/contracts/Vault.sol/Vault.json",
      artifact("Vault", "6001").replace('"buildInfoId":"11"', '"buildInfoId":"12"')
    ]
  ])("is the same whatever %s", async (_, path, content) => {
    expect(await hash(project({ [path]: content }))).toBe(await hash(project()))
  })

  it("says which file cannot be read", async () => {
    await expect(hash(project({ "lib/deeper.ts": "export const = 2" }))).rejects.toMatchObject({
      _tag: "ScenarioError",
      reason: "MalformedDeclaration",
      message: expect.stringContaining("lib/deeper.ts:1:13")
    })
  })

  it("follows what is no module, and what cannot be found, no further", async () => {
    const table = { "lib/table.json": "[1]", "lib/data.csv": "a,b" }
    const source = `import "./data.csv"\nexport const FACTOR = await import("nowhere").catch(() => 1)`
    const one = await hash(project({ ...table, "lib/deeper.ts": source }))
    expect(await hash(project({ ...table, "lib/deeper.ts": source, "lib/data.csv": "a,c" }))).not.toBe(one)
  })
})

describe("the code of a scenario of the checkout", () => {
  const entry = { id: "open-pool", file: join(ROOT, "scenarios/open-pool.ts") }

  it("is that of the sources and of its own file, not of the scenarios beside it", async () => {
    const source = readFileSync(entry.file)
    const own = `open-pool.ts ${createHash("sha256").update(source).digest("hex")}`
    expect(await codeOf(entry, ROOT)).toBe(fingerprint(own))
    const others = ["scenarios/weekly-rewards.ts", "scenarios/golden.json", "scenarios/open-pool.ts"]
    expect(others.filter((path) => isFingerprinted(join(ROOT, path)))).toEqual([])
    const shared = ["agents/honest/contributor.ts", "scenarios/known-answers/o1-dimo-issue.ts", "sim/run/Run.ts"]
    expect(shared.filter((path) => !isFingerprinted(join(ROOT, path)))).toEqual([])
  })

  it("is not the revision's where Git lists a source that it does not know, whatever its name", () => {
    expect(listsSource("scenarios/preis-ä.ts\0")).toBe(true)
    expect(listsSource("scenarios/notes.md\0agents/a new one.ts\0")).toBe(true)
    expect(listsSource("")).toBe(false)
    expect(listsSource("scenarios/notes.md\0scenarios/mine.test.ts\0")).toBe(false)
  })

  it("is another on a project's contracts", async () => {
    const [one, two] = [project(), project({ "artifacts/contracts/Vault.sol/Vault.json": artifact("Vault", "6003") })]
    expect(await codeOf(entry, one)).not.toBe(await codeOf(entry, ROOT))
    expect(await codeOf(entry, one)).not.toBe(await codeOf(entry, two))
  })

  it("is not that of a copy beside it", async () => {
    const copy = join(root, "open-pool.ts")
    cpSync(entry.file, copy)
    writeFileSync(copy, readFileSync(copy, "utf8").replaceAll(/from "\.\.\//g, `from "${ROOT}/`))
    expect(await codeOf({ id: "open-pool", file: copy }, ROOT)).not.toBe(await codeOf(entry, ROOT))
  })
})
