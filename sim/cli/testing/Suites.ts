/** The suites of this repository, in the order in which they run: the quick ones, which say most, come first. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { writeTypes } from "../../chain/artifact/generate.ts"
import { checkArrows, show } from "../../lint/Arrows.ts"
import { missingPackages } from "../doctor/Installed.ts"
import { type Lock, missingEntries } from "../doctor/LockFile.ts"
import { notebooks } from "./Notebooks.ts"
import { countSolidity } from "./SolidityCount.ts"
import { type Ran, runScript, type Suite, single, together } from "./Suite.ts"
import { vitest } from "./Vitest.ts"

const biome = "node_modules/@biomejs/biome/bin/biome"
const tsc = "node_modules/typescript/bin/tsc"
const hardhat = "node_modules/hardhat/dist/src/cli.js"
const knip = "node_modules/knip/bin/knip.js"

/** All suites. */
export const suites: readonly Suite[] = [
  {
    name: "lint",
    run: async ({ root }) =>
      together([single(await runScript(root, biome, ["check", "--error-on-warnings"])), single(arrows(root))])
  },
  {
    name: "types",
    run: async ({ root }) =>
      together([
        single(await runScript(root, tsc, ["-p", "tsconfig.json"])),
        // What runs in a page has other globals.
        single(await runScript(root, tsc, ["-p", "reports/rerun/page/tsconfig.json"])),
        single(await runScript(root, tsc, ["-p", "sim/tsconfig.json", "--noEmit"]))
      ])
  },
  {
    name: "generated",
    run: async ({ root }) => together([lockFile(root), packages(root), contractTypes(root)].map(single))
  },
  {
    name: "solidity",
    run: async ({ root }) => countSolidity(await runScript(root, hardhat, ["test", "solidity", "--coverage"]))
  },
  {
    name: "gas",
    run: async ({ root }) =>
      single(await runScript(root, hardhat, ["test", "solidity", "contracts/test/Gas.t.sol", "--snapshot-check"]))
  },
  { name: "tests", run: vitest },
  { name: "notebooks", run: notebooks },
  { name: "dead-code", run: async ({ root }) => single(await runScript(root, knip, ["--no-progress"])) }
]

function arrows(root: string): Ran {
  const violations = checkArrows(root)
  return { ok: violations.length === 0, output: violations.map(show).join("\n") }
}

function lockFile(root: string): Ran {
  // npm wrote it; lock files from version 2 on have this shape.
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Lock
  const names = Object.keys(missingEntries(lock))
  return {
    ok: names.length === 0,
    output: `package-lock.json lacks ${names.length} packages of other machines, so that npm ci refuses it.\nfix: node sim/cli/doctor/LockFile.ts`
  }
}

function packages(root: string): Ran {
  const missing = missingPackages(root)
  return {
    ok: missing.length === 0,
    output: `not installed as package-lock.json says: ${missing.join(", ")}\nfix: npm ci`
  }
}

function contractTypes(root: string): Ran {
  try {
    const { stale, path } = writeTypes(root, { check: true })
    return {
      ok: !stale,
      output: `${path} is not what the compiled contracts say.\nfix: ./mesocosm types, and commit it`
    }
  } catch (error) {
    // Nothing compiled is a failure of this check, not of the runner.
    return { ok: false, output: String(error) }
  }
}
