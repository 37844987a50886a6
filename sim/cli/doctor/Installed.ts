/**
 * Compares what is installed with package-lock.json.
 *
 * It imports nothing but Node, so that it can judge a checkout in which nothing is installed yet. Invariant: a
 * package is named exactly when the lock asks for it on this machine and node_modules holds it not at all, or
 * in another version. Packages for other machines are passed over; npm leaves out a native package in silence
 * when it runs under a Node older than the package asks for, and that one is named.
 */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** What a lock file says of a package, as far as it is needed here. */
interface Locked {
  readonly version?: string
  readonly integrity?: string
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
  readonly link?: boolean
  readonly optional?: boolean
}

/** Names of the packages that are missing or differ, sorted: `node_modules` when npm never ran, none when all is as locked. */
export function missingPackages(root: string): readonly string[] {
  const wanted = packagesOf(join(root, "package-lock.json"))
  const hidden = join(root, "node_modules", ".package-lock.json")
  if (!existsSync(hidden)) return ["node_modules"]
  const installed = packagesOf(hidden)
  const missing: string[] = []
  for (const [path, locked] of Object.entries(wanted)) {
    if (path === "" || locked.link === true || !isForThisMachine(locked)) continue
    // An optional package that names no machine is there only for another optional one, which may be for another machine.
    if (locked.optional === true && locked.os === undefined && locked.cpu === undefined) continue
    const found = installed[path]
    const same = found?.version === locked.version && found?.integrity === locked.integrity
    if (!same || !existsSync(join(root, path, "package.json"))) missing.push(path.replace(/^.*node_modules\//, ""))
  }
  return missing.sort()
}

function packagesOf(path: string): Readonly<Record<string, Locked>> {
  // npm wrote it; lock files from version 2 on have this shape.
  const lock = JSON.parse(readFileSync(path, "utf8")) as { readonly packages?: Readonly<Record<string, Locked>> }
  return lock.packages ?? {}
}

function isForThisMachine({ os, cpu, libc }: Locked): boolean {
  return admits(os, process.platform) && admits(cpu, process.arch) && admits(libc, libcHere())
}

/** npm's rule: no list admits all, `!x` excludes x, anything else must be listed. */
function admits(list: readonly string[] | undefined, value: string): boolean {
  if (list === undefined) return true
  if (list.includes(`!${value}`)) return false
  return list.includes(value) || list.every((each) => each.startsWith("!"))
}

function libcHere(): string {
  if (process.platform !== "linux") return ""
  // Without it, the report asks the name of every interface. Node has it since 20.13; its types here do not.
  Object.assign(process.report, { excludeNetwork: true })
  // Node's report names glibc's version where it runs on glibc, and nothing where it runs on musl.
  const { header } = process.report.getReport() as { readonly header?: { readonly glibcVersionRuntime?: string } }
  return header?.glibcVersionRuntime === undefined ? "musl" : "glibc"
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const missing = missingPackages(process.argv[2] ?? fileURLToPath(new URL("../../../", import.meta.url)))
  if (missing.length > 0) console.error(missing.join(", "))
  process.exitCode = missing.length > 0 ? 1 : 0
}
