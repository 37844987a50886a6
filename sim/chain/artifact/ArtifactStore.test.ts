import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { ChainError, type MesocosmError, ScenarioError } from "../../Errors.ts"
import { ArtifactStore } from "./ArtifactStore.ts"
import { writeTypes } from "./generate.ts"

const require = createRequire(import.meta.url)
const ownable = JSON.stringify(require("@openzeppelin/contracts/build/contracts/Ownable.json"))
const wallet = JSON.stringify(require("@openzeppelin/contracts/build/contracts/VestingWallet.json"))
const modules = dirname(dirname(require.resolve("vitest/package.json")))

let root: string

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

function caught(body: () => unknown): MesocosmError {
  try {
    body()
  } catch (error) {
    if (error instanceof ChainError || error instanceof ScenarioError) return error
    throw error
  }
  throw new Error("nothing was thrown")
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "artifacts-"))
  symlinkSync(modules, join(root, "node_modules"))
  put("contracts/foreign.json", '{ "Pair": "@uniswap/v2-core/build/UniswapV2Pair.json", "Mine": "./vendor/Mine.json" }')
  put("contracts/vendor/Mine.json", ownable)
  put("artifacts/contracts/finance/VestingWallet.sol/VestingWallet.json", wallet)
  put("artifacts/contracts/finance/VestingWallet.sol/artifacts.d.ts", "")
  put("artifacts/build-info/solc-0.json", "{}")
})

afterEach(() => rmSync(root, { recursive: true }))

describe("an artifact store", () => {
  it("lists our own and the listed ones, sorted, and nothing else that lies there", () => {
    expect(ArtifactStore.open(root).names()).toEqual(["Mine", "Pair", "VestingWallet"])
  })

  it("finds ours, those of npm packages, and those beside foreign.json", () => {
    const store = ArtifactStore.open(root)
    expect([store.get("VestingWallet").source, store.isForeign("VestingWallet")]).toEqual([
      "contracts/finance/VestingWallet.sol",
      false
    ])
    const pair = store.get("Pair")
    expect([pair.name, pair.source, store.isForeign("Pair")]).toEqual([
      "Pair",
      "@uniswap/v2-core/build/UniswapV2Pair.json",
      true
    ])
    expect(pair.bytecode.length).toBeGreaterThan(20_000)
    expect(store.get("Mine").name).toBe("Mine")
    expect(store.get("Pair")).toBe(pair)
  })

  it("reads a file only when it is asked for", () => {
    put("artifacts/contracts/Broken.sol/Broken.json", "{")
    const store = ArtifactStore.open(root)
    expect(store.get("VestingWallet").name).toBe("VestingWallet")
    expect(caught(() => store.get("Broken")).reason).toBe("MalformedArtifact")
  })

  it("refuses a name that two files claim, and names both", () => {
    put("artifacts/contracts/other/VestingWallet.sol/VestingWallet.json", wallet)
    const error = caught(() => ArtifactStore.open(root).get("VestingWallet"))
    expect(error.reason).toBe("MalformedArtifact")
    expect(error.message).toContain("artifacts/contracts/finance/VestingWallet.sol/VestingWallet.json")
    expect(error.message).toContain("artifacts/contracts/other/VestingWallet.sol/VestingWallet.json")
  })

  it("suggests the nearest name for an unknown one", () => {
    const error = caught(() => ArtifactStore.open(root).get("VestngWallet"))
    expect([error._tag, error.reason]).toEqual(["ScenarioError", "UnknownContract"])
    expect(error.message).toContain("VestingWallet?")
    expect(caught(() => ArtifactStore.open(root).get("toString")).reason).toBe("UnknownContract")
  })

  it("says when nothing has been compiled", () => {
    rmSync(join(root, "artifacts"), { recursive: true })
    expect(caught(() => ArtifactStore.open(root).get("VestingWallet")).fix).toContain("npx hardhat build")
  })

  it("says what compiles a new one: in our checkout the command that brings its own Node", () => {
    const checkout = join(import.meta.dirname, "..", "..", "..")
    expect(caught(() => ArtifactStore.open(checkout).get("Nowhere")).fix).toContain(
      "run `./mesocosm types` if it is new"
    )
    expect(caught(() => ArtifactStore.open(root).get("Nowhere")).fix).toContain("run `npx hardhat build` if it is new")
  })

  it("lends what mesocosm compiled, save where a project's own may bear that name and is not compiled", () => {
    expect(ArtifactStore.openOver(root).get("RewardPool").name).toBe("RewardPool")
    rmSync(join(root, "artifacts"), { recursive: true })
    put("contracts/RewardPool.sol", "contract RewardPool {}")
    expect(caught(() => ArtifactStore.openOver(root).get("RewardPool")).fix).toContain("npx hardhat build")
  })

  it("says when a package is not installed, and when foreign.json is no list", () => {
    put("contracts/foreign.json", '{ "Gone": "no-such-package/Gone.json" }')
    const error = caught(() => ArtifactStore.open(root).get("Gone"))
    expect([error.reason, error.offending?.value]).toEqual(["MalformedArtifact", "no-such-package/Gone.json"])
    for (const text of ["[]", '{ "A": 1 }', "{"]) {
      put("contracts/foreign.json", text)
      expect(caught(() => ArtifactStore.open(root)).reason).toBe("MalformedArtifact")
    }
    rmSync(join(root, "contracts/foreign.json"))
    expect(ArtifactStore.open(root).names()).toEqual(["VestingWallet"])
  })
})

describe("generated types", () => {
  it("are written once, and are stale when a contract changes", () => {
    expect(writeTypes(root, { check: true }).stale).toBe(true)
    expect(writeTypes(root, { check: true }).stale).toBe(true)
    const written = writeTypes(root, { check: false })
    expect(written).toEqual({
      path: "contracts/contracts.gen.ts",
      contracts: ["Mine", "Pair", "VestingWallet"],
      stale: true
    })
    expect(writeTypes(root, { check: true }).stale).toBe(false)
    put("artifacts/contracts/Ownable.sol/Ownable.json", ownable.replace('"contracts/access/', '"contracts/'))
    expect(writeTypes(root, { check: true }).stale).toBe(true)
  })

  it("leave out tests and dependencies that were compiled along", () => {
    const from = (source: string): string => ownable.replace('"contracts/access/Ownable.sol"', JSON.stringify(source))
    put("artifacts/contracts/test/Fake.sol/Fake.json", from("contracts/test/Fake.sol"))
    put("artifacts/contracts/Pool.t.sol/PoolTest.json", from("contracts/Pool.t.sol"))
    put("artifacts/npm/Dependency.sol/Dependency.json", from("@openzeppelin/contracts/access/Ownable.sol"))
    expect(writeTypes(root, { check: true }).contracts).toEqual(["Mine", "Pair", "VestingWallet"])
  })

  it("are not made of sources that are not compiled", () => {
    rmSync(join(root, "artifacts"), { recursive: true })
    expect(writeTypes(root, { check: true }).contracts).toEqual(["Mine", "Pair"])
    put("contracts/Pool.sol", "")
    expect(caught(() => writeTypes(root, { check: true })).reason).toBe("MalformedArtifact")
  })
})
