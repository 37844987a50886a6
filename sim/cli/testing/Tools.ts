/**
 * Tools that some tests need and npm does not bring: where they are, and the line that installs them.
 *
 * A test asks for one and skips itself by name where it is missing:
 * `it.skipIf(chromium() === undefined)(`draws in a page${lacking(chromium)}`, …)`.
 * Invariant: a tool is never fetched here, and a path that is returned can be executed.
 */
import { execFileSync } from "node:child_process"
import { accessSync, constants } from "node:fs"
import { delimiter, isAbsolute, join } from "node:path"

/** Called, it gives the path of the tool, or undefined where it is missing. */
export interface Tool {
  (): string | undefined
  /** What people call it. */
  readonly title: string
  /** What it is for, as a phrase. */
  readonly purpose: string
  /** The line that installs it. */
  readonly install: string
}

/** Chromium, to open reports and to check that the kernel computes the same in a page. `CHROMIUM_PATH` names another. */
export const chromium: Tool = tool(
  { title: "Chromium", purpose: "tests of reports and of the kernel in a page", install: "apt-get install chromium" },
  () =>
    first(
      process.env["CHROMIUM_PATH"],
      "chromium",
      "chromium-browser",
      "google-chrome",
      "google-chrome-stable",
      "chrome"
    )
)

/** A Node older than 24, to check that the kernel computes the same in another engine. `OLD_NODE_PATH` names one. */
export const oldNode: Tool = tool(
  { title: "an older Node", purpose: "tests of the kernel in another engine", install: "apt-get install nodejs" },
  () => every(process.env["OLD_NODE_PATH"], "node", "nodejs").find(isOld)
)

/** Redis or Valkey, for the fleet. */
export const redis: Tool = tool(
  { title: "Redis", purpose: "tests of the fleet", install: "apt-get install redis-server" },
  () => first("redis-server", "valkey-server")
)

/** Python 3, for what is compared with SciPy or read by notebooks. */
export const python: Tool = tool(
  { title: "Python 3", purpose: "notebooks, and comparisons with SciPy", install: "apt-get install python3" },
  () => first("python3")
)

/** All of them, in the order in which people read them. */
export const tools: readonly Tool[] = [chromium, oldNode, python, redis]

/** What a test adds to its title: nothing where the tool is there, else why it is skipped and the line that installs it. */
export function lacking(tool: Tool): string {
  return tool() === undefined ? ` [skipped: needs ${tool.title}: ${tool.install}]` : ""
}

/** Every executable of that name, or at that absolute path; folders of the PATH first, then the usual ones. */
export function executables(name: string): readonly string[] {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]
  const paths = isAbsolute(name)
    ? [name]
    : folders.filter((folder) => folder !== "").map((folder) => join(folder, name))
  return [...new Set(paths)].filter(isExecutable)
}

function tool(described: Pick<Tool, "title" | "purpose" | "install">, find: () => string | undefined): Tool {
  let found: { readonly path: string | undefined } | undefined
  return Object.assign(() => {
    found ??= { path: find() }
    return found.path
  }, described)
}

function every(...names: readonly (string | undefined)[]): readonly string[] {
  return names.flatMap((name) => (name === undefined || name === "" ? [] : executables(name)))
}

function first(...names: readonly (string | undefined)[]): string | undefined {
  return every(...names)[0]
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    // Not being there, or not being allowed, is the answer.
    return false
  }
}

function isOld(path: string): boolean {
  try {
    const major = /^v(\d+)\./.exec(execFileSync(path, ["--version"], { encoding: "utf8", stdio: "pipe" }))?.[1]
    return major !== undefined && Number(major) < 24
  } catch {
    // It does not run here, so it is no Node to test with.
    return false
  }
}
