/** The suites of this repository, in the order in which they run: the quick ones, which say most, come first. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { writeTypes } from "../../chain/artifact/generate.ts"
import { buildEvm, lacksCanonical, sumHolds } from "../../chain/revm/build.ts"
import { checkArrows, show } from "../../lint/Arrows.ts"
import { missingPackages } from "../doctor/Installed.ts"
import { type Lock, missingEntries } from "../doctor/LockFile.ts"
import { notebooks } from "./Notebooks.ts"
import { countSolidity } from "./SolidityCount.ts"
import { type Outcome, type Ran, runScript, type Suite, single, together } from "./Suite.ts"
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
  { name: "evm", run: ({ slow }) => evm(slow || process.env["CI"] === "true") },
  { name: "tests", run: vitest },
  { name: "notebooks", run: notebooks },
  { name: "dead-code", run: async ({ root }) => single(await runScript(root, knip, ["--no-progress"])) }
]

/**
 * The committed WebAssembly: its sum, and, where asked for, that its source builds just these bytes. A machine
 * without the canonical toolchain cannot know, and its line says so; that is no skip, since none could mend it.
 */
async function evm(rebuild: boolean): Promise<Outcome> {
  const sum = single({
    ok: sumHolds(),
    output: "revm.wasm has not the SHA-256 that stands beside it.\nfix: ./mesocosm build-evm"
  })
  if (!rebuild) return { ...sum, note: "not rebuilt: that is for CI and --slow" }
  const lacking = lacksCanonical()
  if (lacking !== undefined) return { ...sum, note: `not rebuilt: ${lacking}` }
  const { same, sha256, title } = await buildEvm({ check: true, toolchain: "rustup" })
  const output = `${title} builds other bytes than the committed ones, SHA-256 ${sha256}.\nfix: ./mesocosm build-evm, and commit it`
  return { ...together([sum, single({ ok: same, output })]), note: `rebuilt with ${title}` }
}

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
