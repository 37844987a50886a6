/** Which code a result rests on: versions of what decides it, and the revision of the checkout. */
import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join, relative, sep } from "node:path"
import type { Code } from "./Manifest.ts"

let code: Code | undefined

/** Versions of what the result rests on. */
export function codeWords(): Code {
  code ??= readCode()
  return code
}

function readCode(): Code {
  const require = createRequire(import.meta.url)
  const version = (name: string): string => {
    const text = readFileSync(
      name === "mesocosm" ? require.resolve("mesocosm/package.json") : require.resolve(`${name}/package.json`),
      "utf8"
    )
    return (JSON.parse(text) as { readonly version: string }).version
  }
  const root = dirname(require.resolve("mesocosm/package.json"))
  const git = (...args: readonly string[]): string | null => {
    try {
      return execFileSync("git", args, {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"]
      }).trim()
    } catch {
      // No git, or no checkout: the package says which version it is.
      return null
    }
  }
  const status = git("status", "--porcelain", "--untracked-files=no")
  // A source that Git does not know yet is no part of the revision either.
  const unknown = git("ls-files", "-z", "--others", "--exclude-standard", "--", ...SOURCES, "scenarios")
  return {
    version: version("mesocosm"),
    revision: git("rev-parse", "HEAD"),
    changed: status === null ? null : status !== "" || listsSource(unknown ?? ""),
    hardhat: version("hardhat"),
    solc: version("solc")
  }
}

/** What can change a result of any scenario: rooms below the root of the package. */
const SOURCES = [
  "sim/kernel",
  "sim/chain",
  "sim/scenario",
  "sim/run",
  "sim/experiment",
  "agents",
  "scenarios/known-answers",
  "contracts"
]
/** Files that decide what the sources become. */
const SETTINGS = ["package-lock.json", "hardhat.config.ts"]

const ROOT = join(import.meta.dirname, "..", "..")

let fingerprinted: string | undefined

/**
 * A hash of every source that can change a result, and of what else is told, of a scenario's own modules: runs of equal
 * fingerprints may stand in one experiment, whatever a revision says of a tree that was changed since.
 */
export function fingerprint(...rest: readonly string[]): string {
  fingerprinted ??= hashOf(
    SOURCES.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
        .map((path) => join(folder, path))
        .filter(isSource)
    )
  )
  return createHash("sha256")
    .update([fingerprinted, ...rest].join("\n"))
    .digest("hex")
}

/** Whether a file is in every fingerprint. */
export function isFingerprinted(file: string): boolean {
  const path = relative(ROOT, file)
  return SOURCES.some((folder) => path.startsWith(join(folder, sep))) && isSource(path)
}

/** Whether one of the files that Git lists, each ended by a zero byte, is a source. */
export function listsSource(listing: string): boolean {
  return listing.split("\0").some(isSource)
}

/** @param path relative to the root, below one of the sources. */
function isSource(path: string): boolean {
  return (
    /\.(?:[jt]s|sol|wasm|json)$/.test(path) &&
    !/\.(?:test|laws|t)\.(?:ts|sol)$|(?:^|[/\\])(?:bench|fixtures)[/\\]/.test(path)
  )
}

function hashOf(paths: readonly string[]): string {
  const hash = createHash("sha256")
  const all = [...paths, ...SETTINGS.filter((path) => existsSync(join(ROOT, path)))]
  for (const path of all.sort()) {
    const content = readFileSync(join(ROOT, path))
    hash.update(`${path}\n${content.length}\n`).update(content)
  }
  return hash.digest("hex")
}
