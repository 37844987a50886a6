/** Judges this checkout, and small ones that lack something. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterEach, describe, expect, it } from "vitest"
import { staleContracts } from "./Compiled.ts"
import { type Check, doctor, render } from "./Doctor.ts"
import { missingPackages } from "./Installed.ts"
import { completed, type Lock, missingEntries } from "./LockFile.ts"

const repository = fileURLToPath(new URL("../../../", import.meta.url))
const made: string[] = []

afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true })
})

function folder(files: Readonly<Record<string, unknown>>): string {
  const root = mkdtempSync(join(tmpdir(), "mesocosm-doctor-"))
  made.push(root)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content))
  }
  return root
}

describe("doctor", () => {
  it("finds what a run needs in this checkout", async () => {
    const report = await doctor(repository)
    expect(report.checks.filter(({ there, needed }) => needed && !there)).toEqual([])
    expect(report.ok).toBe(true)
    expect(report.checks.map(({ name }) => name)).toEqual([
      "Node",
      "npm",
      "packages",
      "EDR",
      "contracts",
      "contract types",
      "git",
      "Chromium",
      "an older Node",
      "Python 3",
      "Redis"
    ])
  })

  it("has the same fields for each check, in JSON too, and a line that mends exactly where something is missing", async () => {
    const bare = folder({
      "package.json": {},
      "package-lock.json": { packages: {} },
      "contracts/A.sol": "contract A {}"
    })
    for (const report of [await doctor(repository), await doctor(bare)]) {
      expect(JSON.parse(JSON.stringify(report))).toEqual(report)
      for (const check of report.checks) {
        const fields = [...(check.there ? [] : ["fix"]), "found", "name", "needed", "purpose", "there"]
        expect(Object.keys(check).sort()).toEqual(fields)
      }
    }
  })

  it("names what is missing in a checkout without packages", async () => {
    const bare = folder({
      "package.json": {},
      "package-lock.json": { packages: {} },
      "contracts/A.sol": "contract A {}"
    })
    const { ok, checks } = await doctor(bare)
    expect(ok).toBe(false)
    expect(checks.filter(({ there, needed }) => needed && !there)).toMatchObject([
      { name: "packages", found: "missing or different: node_modules", fix: "npm ci" },
      { name: "EDR" },
      { name: "contracts", found: "not compiled: contracts/A.sol", fix: "npx hardhat build" }
    ])
  })

  it("is content without the optional tools, and not without a needed one", () => {
    const check = (there: boolean, needed: boolean): Check => ({
      name: there ? "Node" : "Redis",
      there,
      needed,
      found: there ? "v24.21.0" : "not found",
      purpose: "a test",
      ...(there ? {} : { fix: "apt-get install redis-server" })
    })
    expect(render({ ok: true, checks: [check(true, true), check(false, false)] })).toBe(
      [
        "✔ Node   v24.21.0   a test",
        "○ Redis  not found  a test",
        "",
        "To mend:",
        "  Redis  apt-get install redis-server",
        "",
        "Everything that a run needs is there."
      ].join("\n")
    )
    expect(render({ ok: false, checks: [check(false, true)] })).toMatch(/^✘ Redis[\s\S]*is missing \(✘\)\.$/)
  })
})

describe("installed packages", () => {
  const here = { os: [process.platform], cpu: [process.arch] }
  const locked = {
    "": {},
    "node_modules/a": { version: "1.0.0" },
    "node_modules/native-here": { version: "1.0.0", optional: true, ...here },
    "node_modules/native-there": { version: "1.0.0", optional: true, os: ["haiku"], cpu: ["m68k"] },
    "node_modules/elsewhere": { version: "1.0.0", optional: true },
    "node_modules/not-there": { version: "1.0.0", optional: true, os: [`!${process.platform}`] }
  }
  const installed = (names: readonly string[], version = "1.0.0"): string => {
    const paths = names.map((name) => `node_modules/${name}`)
    return folder({
      "package-lock.json": { packages: locked },
      "node_modules/.package-lock.json": { packages: Object.fromEntries(paths.map((path) => [path, { version }])) },
      ...Object.fromEntries(paths.map((path) => [`${path}/package.json`, {}]))
    })
  }

  it("are as locked when those for this machine are there", () => {
    expect(missingPackages(installed(["a", "native-here"]))).toEqual([])
  })

  it("lack the native package that an old Node leaves out", () => {
    expect(missingPackages(installed(["a"]))).toEqual(["native-here"])
  })

  it("differ in another version, and when a folder is gone", () => {
    expect(missingPackages(installed(["a", "native-here"], "1.0.1"))).toEqual(["a", "native-here"])
    const root = installed(["a", "native-here"])
    rmSync(join(root, "node_modules/a"), { recursive: true })
    expect(missingPackages(root)).toEqual(["a"])
  })
})

describe("the lock file", () => {
  const lock: Lock = {
    packages: {
      "": {},
      "node_modules/edr": {
        version: "1.0.0",
        dev: true,
        optionalDependencies: {
          "@n/edr-darwin-arm64": "1.0.0",
          "@n/edr-linux-x64-musl": "^1.0.0",
          "@n/edr-linux-x64-gnu": "1.0.0"
        }
      },
      "node_modules/edr/node_modules/@n/edr-linux-x64-gnu": { version: "1.0.0" },
      "node_modules/a/node_modules/b": { version: "1.0.0", optionalDependencies: { edr: "1.0.0" } }
    }
  }

  it("lacks the optional packages that npm did not find", () => {
    expect(missingEntries(lock)).toEqual({
      "node_modules/@n/edr-darwin-arm64": {
        version: "1.0.0",
        cpu: ["arm64"],
        dev: true,
        optional: true,
        os: ["darwin"]
      },
      "node_modules/@n/edr-linux-x64-musl": {
        version: "1.0.0",
        cpu: ["x64"],
        dev: true,
        libc: ["musl"],
        optional: true,
        os: ["linux"]
      }
    })
  })

  it("is complete once completed, and keeps what was there", () => {
    const whole = completed(lock)
    expect(missingEntries(whole)).toEqual({})
    expect(whole.packages).toMatchObject(lock.packages)
  })
})

describe("compiled contracts", () => {
  const build = (content: string): unknown => ({
    userSourceNameMap: { "contracts/A.sol": "project/contracts/A.sol" },
    input: { sources: { "project/contracts/A.sol": { content } } }
  })

  it("are those whose text was compiled", () => {
    const files = { "contracts/A.sol": "contract A {}", "contracts/A.t.sol": "contract ATest {}" }
    expect(staleContracts(folder({ ...files, "artifacts/build-info/1.json": build("contract A {}") }))).toEqual([])
    expect(staleContracts(folder({ ...files, "artifacts/build-info/1.json": build("contract B {}") }))).toEqual([
      "contracts/A.sol"
    ])
    expect(staleContracts(folder(files))).toEqual(["contracts/A.sol"])
  })

  it("are judged from what Hardhat writes in this checkout", () => {
    const root = folder({})
    cpSync(join(repository, "contracts"), join(root, "contracts"), { recursive: true })
    cpSync(join(repository, "artifacts/build-info"), join(root, "artifacts/build-info"), { recursive: true })
    expect(staleContracts(root)).toEqual([])
    writeFileSync(join(root, "contracts/Another.sol"), "contract Another {}")
    expect(staleContracts(root)).toEqual(["contracts/Another.sol"])
  })
})
