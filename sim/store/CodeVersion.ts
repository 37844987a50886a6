/** Which code a result rests on: versions of what decides it, and the revision of the checkout. */
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname } from "node:path"
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
  return {
    version: version("mesocosm"),
    revision: git("rev-parse", "HEAD"),
    changed: status === null ? null : status !== "",
    hardhat: version("hardhat"),
    solc: version("solc")
  }
}
