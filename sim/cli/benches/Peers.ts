/** Other people's engines and kernels that do the same work: where they are looked for, and how they are installed. */
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { join } from "node:path"

/** Python packages, at the versions that are compared. */
const PACKAGES = { verbs: "0.4.1", pyrevm: "0.3.7", simpy: "4.1.2", mesa: "3.3.1" } as const
const ANVIL = "1.7.1"

/** What is there. */
export interface Peers {
  /** The Python of the folder, if there is one. */
  readonly python: string | undefined
  /** Of the Python packages, those that it can import. */
  readonly packages: readonly string[]
  readonly anvil: string | undefined
  /** What is not there, each with the line that installs it. */
  readonly lacking: readonly { readonly name: string; readonly install: string }[]
}

/** Looks into a folder: `python/` is a virtual environment, `node_modules/` holds anvil. */
export function findPeers(folder: string): Peers {
  const python = join(folder, "python/bin/python")
  const anvil = join(folder, "node_modules/.bin/anvil")
  const names = Object.keys(PACKAGES)
  const packages = existsSync(python) ? names.filter((name) => imports(python, name)) : []
  const missing = names.filter((name) => !packages.includes(name))
  const pip = `${join(folder, "python/bin/pip")} install ${missing.map((name) => `${name}==${version(name)}`).join(" ")}`
  const made = existsSync(python) ? "" : `python3 -m venv ${join(folder, "python")} && `
  const lacking = [
    ...(missing.length === 0 ? [] : [{ name: missing.join(", "), install: `${made}${pip}` }]),
    ...(works(anvil)
      ? []
      : [{ name: "anvil", install: `npm install --prefix ${folder} --no-save @foundry-rs/anvil@${ANVIL}` }])
  ]
  return {
    python: packages.length > 0 ? python : undefined,
    packages,
    anvil: works(anvil) ? anvil : undefined,
    lacking
  }
}

function version(name: string): string {
  // One of the names above.
  return PACKAGES[name as keyof typeof PACKAGES]
}

function imports(python: string, name: string): boolean {
  return spawnSync(python, ["-c", `import ${name}`], { stdio: "ignore" }).status === 0
}

function works(anvil: string): boolean {
  return existsSync(anvil) && spawnSync(anvil, ["--version"], { stdio: "ignore" }).status === 0
}
