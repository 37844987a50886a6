/** Each rule is shown to bite on a planted violation, and to leave its clean twin alone. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, describe, expect, it } from "vitest"
import { checkArrows } from "./Arrows.ts"
import { rooms } from "./Rooms.ts"

const made: string[] = []

/** A repository of the given files, laid out as ours. */
function repository(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "mesocosm-lint-"))
  made.push(root)
  const manifest = { name: "mesocosm", exports: { ".": "./sim/index.ts", "./contracts": "./sim/chain/Contracts.ts" } }
  const all = { "package.json": JSON.stringify(manifest), ...files }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

/** Rule and path of every violation in a repository of the given files. */
const lint = (files: Readonly<Record<string, string>>): readonly string[] =>
  checkArrows(repository(files)).map(({ rule, path, line }) => `${rule} ${path}:${line}`)

afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true })
})

/** What is wrong, where, the line that is wrong, and the line that says the same and is right. */
const planted: [name: string, path: string, bad: string, good: string, rule?: "page"][] = [
  [
    "sim names no behaviour",
    "sim/run/A.ts",
    `import { a } from "../../agents/honest/a.ts"`,
    `import { a } from "./B.ts"`
  ],
  ["sim names no scenario", "sim/scenario/A.ts", `await import("../../scenarios/a.ts")`, `await import(id)`],
  ["sim imports no report", "sim/store/A.ts", `export * as r from "../../reports/a.ts"`, `import "../run/B.ts"`],
  ["sim imports no notebook", "sim/stats/A.ts", `import "../../notebooks/a.ts"`, `import "./B.ts"`],
  [
    "sim names no particular contract",
    "sim/chain/A.ts",
    `import type { RewardPool } from "../../contracts/contracts.gen.ts"`,
    `import type { Contracts } from "./Contracts.ts"`
  ],
  [
    "the types of a scenario count",
    "sim/run/A.ts",
    `type S = import("../../scenarios/a.ts").S`,
    `type S = import("../scenario/Scenario.ts").S`
  ],
  [
    "sim does not import itself by name",
    "sim/run/A.ts",
    `import { Param } from "mesocosm"`,
    `import * as Param from "../scenario/Param.ts"`
  ],
  [
    "sim does not import its commands",
    "sim/run/A.ts",
    `import { a } from "../cli/A.ts"`,
    `import { a } from "../chain/Chain.ts"`
  ],
  [
    "sim does not import its public face",
    "sim/run/A.ts",
    `import { a } from "../index.ts"`,
    `import { a } from "../chain/Chain.ts"`
  ],
  [
    "the composition root loads scenarios by id",
    "sim/cli/A.ts",
    `import a from "../../scenarios/a.ts"`,
    `import { a } from "../../reports/a.ts"`
  ],
  [
    "the kernel imports the kernel alone",
    "sim/kernel/A.ts",
    `import type { A } from "../chain/Chain.ts"`,
    `import { ChainError } from "../Errors.ts"`
  ],
  [
    "the kernel knows one package",
    "sim/kernel/A.ts",
    `import { keccak_256 } from "@noble/hashes/sha3.js"`,
    `import alea from "seedrandom/lib/alea.js"`
  ],
  [
    "agents import mesocosm by name",
    "agents/honest/a.ts",
    `import { Behaviour } from "../../sim/index.ts"`,
    `import { Behaviour } from "mesocosm"`
  ],
  ["agents import no scenario", "agents/a.ts", `import a from "../scenarios/a.ts"`, `import a from "./honest/a.ts"`],
  [
    "agents import no package",
    "agents/a.ts",
    `import { mean } from "simple-statistics"`,
    `import { Trait } from "mesocosm"`
  ],
  [
    "agents import no builtin",
    "agents/a.ts",
    `import { readFileSync } from "fs"`,
    `import type { Contracts } from "mesocosm/contracts"`
  ],
  [
    "scenarios import no report",
    "scenarios/a.ts",
    `import "../reports/a.ts"`,
    `import { a } from "../agents/honest/a.ts"`
  ],
  ["scenarios import no package", "scenarios/a.ts", `import { isAddress } from "viem"`, `import { b } from "./b.ts"`],
  [
    "reports import no run",
    "reports/A.ts",
    `import { a } from "../sim/run/A.ts"`,
    `import { a } from "../sim/store/A.ts"`
  ],
  [
    "reports take the types of mesocosm",
    "reports/A.ts",
    `import { Scenario } from "mesocosm"`,
    `import type { Scenario } from "mesocosm"`
  ],
  [
    "contracts import nothing of sim",
    "contracts/A.ts",
    `import type { A } from "../sim/chain/Chain.ts"`,
    `import type { A } from "mesocosm/contracts"`
  ],
  [
    "a page has no builtin",
    "sim/run/A.ts",
    `import { readFileSync } from "node:fs"`,
    `import { keccak_256 } from "@noble/hashes/sha3.js"`
  ],
  [
    "a page has no Effect",
    "sim/scenario/A.ts",
    `import type { Effect } from "effect"`,
    `import type { Abi } from "viem"`
  ],
  ["a page has no Hardhat", "sim/chain/A.ts", `import hre from "hardhat"`, `import type { Address } from "abitype"`],
  [
    "a page has no viem client",
    "sim/chain/codec/A.ts",
    `import { type Abi, createClient } from "viem"`,
    `import { type Abi, type Hex } from "viem"`
  ],
  [
    "a page does not reach Node",
    "sim/run/A.ts",
    `import { a } from "../chain/hardhat/A.ts"`,
    `import type { A } from "../chain/hardhat/A.ts"`,
    "page"
  ],
  [
    "nothing but a test imports a fixture",
    "sim/run/A.ts",
    `import { a } from "./fixtures/A.ts"`,
    `import { a } from "./B.ts"`
  ],
  [
    "Effect stays at the edges",
    "sim/experiment/A.ts",
    `import { Effect } from "effect"`,
    `import { mean } from "simple-statistics"`
  ],
  ["Node stays at the edges", "sim/index.ts", `import "node:path"`, `export * as A from "./run/A.ts"`]
]

describe("arrows", () => {
  it.each(planted)("%s", (...[, path, bad, good, rule = "arrow"]) => {
    expect(lint({ [path]: `\n${bad}\n` }).filter((each) => !each.startsWith("barrel"))).toEqual([`${rule} ${path}:2`])
    expect(lint({ [path]: `\n${good}\n` })).toEqual([])
  })

  it("lets the edges use Node and Effect", () => {
    const text = `import { Effect } from "effect"\nimport "node:fs"\n`
    for (const folder of [
      "sim/cli",
      "sim/experiment/executors",
      "sim/store",
      "sim/chain/hardhat",
      "sim/chain/artifact"
    ]) {
      expect(lint({ [`${folder}/A.ts`]: text })).toEqual([])
    }
  })

  it("exempts tests, their shared laws, benches and fixtures", () => {
    const text = `import "node:fs"\nimport a from "../../scenarios/a.ts"\n`
    for (const name of ["A.test.ts", "A.slow.test.ts", "A.laws.ts", "bench/a.ts", "fixtures/A.ts"]) {
      expect(lint({ [`sim/run/${name}`]: text })).toEqual([])
    }
  })
})

describe("cycles", () => {
  it("names the ring, from its first file on", () => {
    const root = repository({
      "sim/run/C.ts": `import "./A.ts"`,
      "sim/run/A.ts": `\nimport "./B.ts"`,
      "sim/run/B.ts": `import type { C } from "./C.ts"`
    })
    expect(checkArrows(root)).toEqual([
      {
        rule: "cycle",
        path: "sim/run/A.ts",
        line: 2,
        message: "imports itself: sim/run/A.ts -> sim/run/B.ts -> sim/run/C.ts -> sim/run/A.ts"
      }
    ])
  })

  it("follows our own name through package.json", () => {
    expect(lint({ "sim/index.ts": `import "./cli/A.ts"`, "sim/cli/A.ts": `import "mesocosm"` })).toContain(
      "cycle sim/cli/A.ts:1"
    )
  })

  it("is silent on a diamond", () => {
    const diamond = { "sim/run/A.ts": `import "./B.ts"\nimport "./C.ts"`, "sim/run/B.ts": `import "./D.ts"` }
    expect(lint({ ...diamond, "sim/run/C.ts": `import "./D.ts"`, "sim/run/D.ts": "export {}" })).toEqual([])
  })
})

describe("barrels", () => {
  it("bites on a re-export, of types too, outside the entries", () => {
    expect(lint({ "sim/run/A.ts": `export { b } from "./B.ts"\nexport type { C } from "./C.ts"` })).toEqual([
      "barrel sim/run/A.ts:1",
      "barrel sim/run/A.ts:2"
    ])
  })

  it("lets the entries of package.json re-export", () => {
    const text = `export * from "../run/B.ts"`
    expect(lint({ "sim/chain/Contracts.ts": text, "sim/index.ts": `export { b } from "./run/B.ts"` })).toEqual([])
  })
})

it("reports what it cannot parse", () => {
  expect(lint({ "sim/run/A.ts": "export const = 1" })).toEqual(["syntax sim/run/A.ts:1"])
})

it("names no room whose narrower part stands below it", () => {
  const places = rooms.flatMap((room) => room.holds)
  places.forEach((place, at) => {
    expect(places.slice(0, at).filter((earlier) => earlier.endsWith("/") && place.startsWith(earlier))).toEqual([])
  })
})
