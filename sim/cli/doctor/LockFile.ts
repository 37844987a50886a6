/**
 * Completes package-lock.json with the native packages of other machines.
 *
 * npm records an optional package only where the registry at hand has it, and `npm ci` then refuses the whole
 * lock ("Missing: … from lock file"), on every machine. A registry that mirrors one platform makes such locks.
 * Each package that another one lists under `optionalDependencies` is therefore written into the lock, with its
 * pinned version and the machine its name tells (`-darwin-arm64`, `-linux-x64-musl`). It has no integrity, since
 * nobody has fetched it; npm takes the registry's. Invariant: entries that are there are left as they are.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** An entry of `packages` in a lock file, as far as it is needed here; the rest is kept untouched. */
interface Entry {
  readonly version?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** A lock file of version 2 or 3. */
export interface Lock {
  readonly packages: Readonly<Record<string, Entry>>
}

/** The entries that a lock lacks, by their path in it; empty when `npm ci` finds all of them. */
export function missingEntries(lock: Lock): Readonly<Record<string, Entry>> {
  const missing: Record<string, Entry> = {}
  for (const [path, { optionalDependencies, dev }] of Object.entries(lock.packages)) {
    for (const [name, range] of Object.entries(optionalDependencies ?? {})) {
      if (isLocked(lock, path, name)) continue
      const version = range.replace(/^[\^~]/, "")
      missing[`node_modules/${name}`] = {
        version,
        ...machineOf(name),
        ...(dev === true ? { dev } : {}),
        optional: true
      }
    }
  }
  return missing
}

/** The lock with what it lacks, its paths in npm's order. */
export function completed(lock: Lock): Lock {
  const packages = Object.entries({ ...lock.packages, ...missingEntries(lock) })
  return { ...lock, packages: Object.fromEntries(packages.sort(([a], [b]) => a.localeCompare(b, "en"))) }
}

/** True when `name` resolves from the package at `path`, as Node looks for it: nearest node_modules first. */
function isLocked(lock: Lock, path: string, name: string): boolean {
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf("node_modules/") - 1))) {
    if (`${from === "" ? "" : `${from}/`}node_modules/${name}` in lock.packages) return true
    if (from === "") return false
  }
}

/** The machine that a native package's name tells, in npm's words. */
function machineOf(name: string): Pick<Entry, "os" | "cpu" | "libc"> {
  const words = name.split(/[-/]/)
  const pick = (known: readonly string[]): string | undefined => words.find((word) => known.includes(word))
  const os = pick([
    "darwin",
    "linux",
    "win32",
    "android",
    "freebsd",
    "openbsd",
    "netbsd",
    "sunos",
    "aix",
    "openharmony"
  ])
  const cpu = pick(["arm64", "x64", "ia32", "arm", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "wasm32"])
  const libc = words.includes("musl") ? "musl" : words.some((word) => word.startsWith("gnu")) ? "glibc" : undefined
  return {
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(libc === undefined ? {} : { libc: [libc] }),
    ...(os === undefined ? {} : { os: [os] })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(process.argv[2] ?? fileURLToPath(new URL("../../../", import.meta.url)), "package-lock.json")
  // npm wrote it; lock files from version 2 on have this shape.
  const lock = JSON.parse(readFileSync(path, "utf8")) as Lock
  const names = Object.keys(missingEntries(lock))
  if (names.length > 0) writeFileSync(path, `${JSON.stringify(completed(lock), null, 2)}\n`)
  console.error(
    names.length > 0 ? `added ${names.length} packages of other machines to ${path}` : `${path} is complete`
  )
}
