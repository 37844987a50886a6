/**
 * Looks whether this machine and this checkout have what mesocosm needs, and says how to mend what is missing.
 *
 * Invariant: it changes nothing, and it imports nothing but Node until the packages are known to be there, so that
 * it can judge a checkout in which nothing works yet.
 */
import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { executables, type Tool, tools } from "../testing/Tools.ts"
import { staleContracts } from "./Compiled.ts"
import { missingPackages } from "./Installed.ts"

/** One thing that was looked for. */
export interface Check {
  readonly name: string
  readonly there: boolean
  /** True where a run needs it; a missing tool that no run needs is no failure. */
  readonly needed: boolean
  /** What was found: a version, a path, what is wrong. */
  readonly found: string
  /** What it is for, as a phrase. */
  readonly purpose: string
  /** The line that mends it; absent where nothing is to be mended. */
  readonly fix?: string
}

/** All checks; `ok` when everything that a run needs is there. */
export interface DoctorReport {
  readonly ok: boolean
  readonly checks: readonly Check[]
}

/** Oldest Node that runs the sources: the first in which type stripping is stable. */
const leastNode = [24, 12] as const

/** Looks at this machine and at the checkout at `root`, this one unless told. */
export async function doctor(
  root: string = fileURLToPath(new URL("../../../", import.meta.url))
): Promise<DoctorReport> {
  const packages = checkPackages(root)
  const checks = [
    checkNode(),
    await checkProgram("npm", { needed: true, purpose: "installing the packages", fix: "install Node with its npm" }),
    packages,
    checkEdr(root),
    checkContracts(root),
    await checkTypes(root, packages.there),
    await checkProgram("git", {
      needed: false,
      purpose: "naming the code's version in manifests",
      fix: "apt-get install git"
    }),
    ...tools.map(checkTool)
  ]
  return { ok: checks.every(({ there, needed }) => there || !needed), checks }
}

/** The report as people read it: a mark, the name, what was found, what it is for; below, the lines that mend. */
export function render({ ok, checks }: DoctorReport): string {
  const wide = (of: (check: Check) => string): number => Math.max(...checks.map((check) => of(check).length))
  const name = wide((check) => check.name)
  const found = wide((check) => check.found)
  const lines = checks.map((check) => {
    const mark = check.there ? "✔" : check.needed ? "✘" : "○"
    return `${mark} ${check.name.padEnd(name)}  ${check.found.padEnd(found)}  ${check.purpose}`
  })
  const fixes = checks.flatMap(({ name: what, fix }) => (fix === undefined ? [] : [`  ${what.padEnd(name)}  ${fix}`]))
  const verdict = ok ? "Everything that a run needs is there." : "Something that a run needs is missing (✘)."
  return [...lines, "", ...(fixes.length > 0 ? ["To mend:", ...fixes, ""] : []), verdict].join("\n")
}

function made(check: Omit<Check, "fix">, fix: string): Check {
  return check.there ? check : { ...check, fix }
}

function checkNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
  const there = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])
  const about = { name: "Node", there, needed: true, found: process.version, purpose: "running the sources" }
  return made(about, `install Node ${leastNode.join(".")} or newer, or start ./mesocosm, which brings one`)
}

function checkPackages(root: string): Check {
  const missing = missingPackages(root)
  const there = missing.length === 0
  const found = there ? "as locked" : `missing or different: ${some(missing)}`
  return made({ name: "packages", there, needed: true, found, purpose: "everything" }, "npm ci")
}

function checkEdr(root: string): Check {
  const about = { name: "EDR", needed: true, purpose: "the reference chain, --chain hardhat" }
  const fix = "rm -rf node_modules && npm ci, under Node 22 or newer: an older one leaves it out"
  try {
    // It is a package of Hardhat's, not ours, so it is looked for from there; loading it is the proof.
    const from = createRequire(createRequire(join(root, "package.json")).resolve("hardhat/package.json"))
    from("@nomicfoundation/edr")
    return { ...about, there: true, found: "its native package loads" }
  } catch (error) {
    const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n")
    return { ...about, there: false, found: line.slice(0, 60), fix }
  }
}

function checkContracts(root: string): Check {
  const stale = staleContracts(root)
  const there = stale.length === 0
  const found = there ? "compiled" : `not compiled: ${some(stale)}`
  return made({ name: "contracts", there, needed: true, found, purpose: "what agents act on" }, "npx hardhat build")
}

async function checkTypes(root: string, packagesThere: boolean): Promise<Check> {
  const about = { name: "contract types", needed: false, purpose: "type checking scenarios" }
  const fix = "./mesocosm types"
  if (!packagesThere) return { ...about, there: false, found: "unknown until the packages are there", fix }
  if (!existsSync(join(root, "contracts/contracts.gen.ts")))
    return { ...about, there: false, found: "not written", fix }
  try {
    const { writeTypes } = await import("../../chain/artifact/generate.ts")
    const { stale } = writeTypes(root, { check: true })
    return made({ ...about, there: !stale, found: stale ? "older than the contracts" : "fresh" }, fix)
  } catch (error) {
    // Contracts that are not compiled have no types to compare; the check of the contracts says so too.
    return { ...about, there: false, found: error instanceof Error ? error.message.slice(0, 60) : String(error), fix }
  }
}

async function checkProgram(
  name: string,
  about: { readonly needed: boolean; readonly purpose: string; readonly fix: string }
): Promise<Check> {
  const { fix, ...rest } = about
  const path = executables(name)[0]
  if (path === undefined) return { ...rest, name, there: false, found: "not found", fix }
  try {
    const { stdout } = await promisify(execFile)(path, ["--version"])
    const version = /\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? stdout.trim()
    return { ...rest, name, there: true, found: version }
  } catch (error) {
    return {
      ...rest,
      name,
      there: false,
      found: `${path} does not start: ${(error as Error).message.slice(0, 40)}`,
      fix
    }
  }
}

function checkTool(tool: Tool): Check {
  const path = tool()
  const about = { name: tool.title, there: path !== undefined, needed: false, purpose: tool.purpose }
  return made({ ...about, found: path ?? "not found" }, tool.install)
}

/** The first name, so that the column stays narrow, and how many others. */
function some(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `${names[0]} and ${names.length - 1} more`
}
