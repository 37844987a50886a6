/**
 * Makes the package of the checkout: `dist/` has its layout, as JavaScript with declarations, since Node strips no types
 * below node_modules; and package.json says for a while what the package shall say.
 */
import { execFileSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

const ROOMS = ["sim", "agents", "scenarios", "reports", "contracts"]

/** What the sources read beside code. */
const ASSETS = [
  "sim/chain/revm/revm.wasm",
  "sim/chain/revm/revm.wasm.sha256",
  "sim/cli/templates/assumptions.md.txt",
  "sim/cli/templates/behaviour.ts.txt",
  "sim/cli/templates/scenario.ts.txt",
  "contracts/foreign.json",
  "scenarios/golden.json",
  "scenarios/ASSUMPTIONS.md",
  "scenarios/README.md",
  "agents/README.md"
]

/** Where package.json waits while another stands in its place. */
const KEPT = ".mesocosm/package.json.checkout"

const CONFIG = {
  extends: "../tsconfig.json",
  compilerOptions: {
    noEmit: false,
    declaration: true,
    outDir: "../dist",
    rootDir: "..",
    rewriteRelativeImportExtensions: true
  },
  include: [...ROOMS.map((room) => `../${room}/**/*.ts`)],
  exclude: [
    "../**/*.test.ts",
    "../**/*.laws.ts",
    "../**/bench/**",
    "../**/fixtures/**",
    "../sim/lint",
    "../sim/cli/testing",
    "../sim/cli/packing",
    "../reports/rerun/page"
  ]
}

/** What package.json says, as far as it is looked at. */
interface Manifest {
  readonly name: string
  readonly version: string
  readonly exports: { readonly [entry: string]: string }
  readonly dependencies: { readonly [name: string]: string }
  readonly [field: string]: unknown
}

/** Packages that whoever uses us has, or need not have. */
const PEERS = ["hardhat", "viem", "vitest"]

/** Builds `dist/` of the checkout at `root`. @throws Error when TypeScript finds something wrong. */
export function build(root: string): void {
  const dist = join(root, "dist")
  rmSync(dist, { recursive: true, force: true })
  const state = join(root, ".mesocosm")
  mkdirSync(state, { recursive: true })
  writeFileSync(join(state, "tsconfig.package.json"), JSON.stringify(CONFIG))
  const tsc = join(root, "node_modules/typescript/bin/tsc")
  execFileSync(process.execPath, [tsc, "-p", join(state, "tsconfig.package.json")], { cwd: root, stdio: "inherit" })
  // The page of a report is bundled from here; esbuild strips its types.
  cpSync(join(root, "reports/rerun/page"), join(dist, "reports/rerun/page"), { recursive: true })
  for (const file of files(join(dist, "reports/rerun/page"), ".ts")) {
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(/(from "\.\.\/[^"]*)\.ts"/g, '$1.js"'))
  }
  for (const asset of ASSETS) cpSync(join(root, asset), join(dist, asset))
  copyArtifacts(root, dist)
  for (const file of files(dist, ".js")) writeFileSync(file, asJavaScript(readFileSync(file, "utf8")))
}

/** The compiled contracts that scenarios, behaviours and known answers use; no tests, and no others' build records. */
function copyArtifacts(root: string, dist: string): void {
  for (const file of files(join(root, "artifacts"), ".json")) {
    const path = file.slice(root.length + 1)
    if (/build-info|\.dbg\.json$|\.t\.sol|\/test\//.test(path)) continue
    cpSync(file, join(dist, path))
  }
}

/** A module's text with the files that it names at run time as they are called now. */
function asJavaScript(text: string): string {
  return text
    .replaceAll(/(new URL\("[^"]*)\.ts"/g, '$1.js"')
    .replaceAll(/(import\.meta\.resolve\("(?!\.\/page\/)[^"]*)\.ts"/g, '$1.js"')
}

/** Puts the package's package.json in the place of the checkout's. */
export function dress(root: string): void {
  const manifest = readManifest(root)
  mkdirSync(dirname(join(root, KEPT)), { recursive: true })
  if (!existsSync(join(root, KEPT))) cpSync(join(root, "package.json"), join(root, KEPT))
  writeFileSync(join(root, "package.json"), text(packed(manifest)))
}

/** Puts the checkout's package.json back. */
export function undress(root: string): void {
  if (existsSync(join(root, KEPT))) renameSync(join(root, KEPT), join(root, "package.json"))
}

/** What the package's package.json says. */
export function packed(manifest: Manifest): object {
  // The scripts stay: where npm failed in between, packing again puts the checkout's package.json back.
  const { exports, dependencies, devDependencies: _, allowScripts: __, private: ___, ...rest } = manifest
  const isPeer = (name: string): boolean => PEERS.includes(name)
  const versions = { ...dependencies, ...(manifest["devDependencies"] as Manifest["dependencies"]) }
  return {
    ...rest,
    bin: { mesocosm: "dist/sim/cli/bin.js" },
    exports: compiled(exports, "./dist"),
    files: ["dist", "CHANGELOG.md"],
    keywords: ["ethereum", "smart-contracts", "hardhat", "hardhat3", "hardhat-plugin", "simulation", "tokenomics"],
    dependencies: Object.fromEntries(Object.entries(dependencies).filter(([name]) => !isPeer(name))),
    peerDependencies: Object.fromEntries(PEERS.map((name) => [name, `^${versions[name] ?? "0"}`])),
    peerDependenciesMeta: { vitest: { optional: true } }
  }
}

function compiled(exports: Manifest["exports"], folder: string): object {
  return Object.fromEntries(
    Object.entries(exports).map(([entry, path]) => {
      if (!path.endsWith(".ts")) return [entry, path]
      const base = `${folder}/${path.slice(2, -".ts".length)}`
      return [entry, { types: `${base}.d.ts`, default: `${base}.js` }]
    })
  )
}

function readManifest(root: string): Manifest {
  const kept = join(root, KEPT)
  return JSON.parse(readFileSync(existsSync(kept) ? kept : join(root, "package.json"), "utf8")) as Manifest
}

function files(folder: string, ending: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
}

function text(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
