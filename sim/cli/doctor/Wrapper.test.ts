/**
 * Runs the real wrapper in small checkouts of its own. npm and Hardhat are stand-ins that write down how they were
 * called; the sh, the Node that is found, and the comparison with the lock file are the real ones.
 */
import { spawn } from "node:child_process"
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterEach, expect, it } from "vitest"

const repository = fileURLToPath(new URL("../../../", import.meta.url))
const made: string[] = []

afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true })
})

/** What the wrapper may rely on beside Node and npm. */
const tools = [
  "sh",
  "bash",
  "env",
  "cat",
  "cksum",
  "chmod",
  "cp",
  "dirname",
  "find",
  "grep",
  "head",
  "id",
  "kill",
  "ln",
  "mkdir",
  "mv",
  "readlink",
  "rm",
  "sleep",
  "sort",
  "touch",
  "uname",
  "xargs"
]

/** What the stand-in for npm does: `install` brings a Node, `ci` brings Hardhat. */
const npm = (node: string): string => `#!/bin/sh
echo "$1 $(node --version)" >>"$CALLS"
if [ -n "\${NPM_SAYS:-}" ]; then echo "$NPM_SAYS" >&2; exit 1; fi
case $1 in
  install)
    for spec in "$@"; do case $spec in node-*@*) package=\${spec%@*}; echo "$spec" >>"$CALLS" ;; esac; done
    mkdir -p "node_modules/$package/bin"
    ln -s "${node}" "node_modules/$package/bin/node" ;;
  ci)
    mkdir -p node_modules/hardhat/dist/src
    cp package-lock.json node_modules/.package-lock.json
    echo 'const fs = require("fs"); fs.mkdirSync("artifacts", { recursive: true }); fs.appendFileSync(process.env.CALLS, "hardhat " + process.argv[2] + "\\\\n")' >node_modules/hardhat/dist/src/cli.js ;;
esac
`

interface Checkout {
  readonly root: string
  /** Environment in which Node is too old, or none, and npm is the stand-in. */
  readonly env: Readonly<Record<string, string>>
  /** What npm and Hardhat were asked, since the last call of this. */
  readonly calls: () => readonly string[]
}

function checkout(options: { readonly node: "old" | "fits" | "none"; readonly npm?: false }): Checkout {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "mesocosm-wrapper-")))
  made.push(base)
  const root = join(base, "check out")
  const bin = join(base, "bin")
  for (const folder of ["sim/cli/doctor", "contracts/tokens"]) mkdirSync(join(root, folder), { recursive: true })
  mkdirSync(bin)
  cpSync(join(repository, "mesocosm"), join(root, "mesocosm"))
  cpSync(join(repository, "sim/cli/doctor/Installed.ts"), join(root, "sim/cli/doctor/Installed.ts"))
  const main = (name: string): string =>
    `console.log(JSON.stringify(["${name}", process.cwd(), ...process.argv.slice(2)]))\n`
  writeFileSync(join(root, "sim/cli/main.ts"), main("main"))
  writeFileSync(join(root, "sim/cli/doctor/main.ts"), main("doctor"))
  writeFileSync(join(root, "package.json"), '{ "type": "module" }')
  writeFileSync(join(root, "package-lock.json"), '{ "packages": { "": {} } }')
  writeFileSync(join(root, "hardhat.config.ts"), "export default {}")
  writeFileSync(join(root, "contracts/tokens/A.sol"), "contract A {}")
  for (const tool of tools) {
    const found = (process.env["PATH"] ?? "")
      .split(delimiter)
      .map((folder) => join(folder, tool))
      .find(existsSync)
    if (found !== undefined) symlinkSync(found, join(bin, tool))
  }
  const executable = (name: string, text: string): void => {
    writeFileSync(join(bin, name), text)
    chmodSync(join(bin, name), 0o755)
  }
  if (options.node === "fits") symlinkSync(process.execPath, join(bin, "node"))
  if (options.node === "old") executable("node", "#!/bin/sh\necho v20.20.2\n")
  if (options.npm !== false) executable("npm", npm(process.execPath))
  const log = join(base, "calls")
  return {
    root,
    env: { PATH: bin, CALLS: log, HOME: base },
    calls: () => {
      const lines = existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : []
      rmSync(log, { force: true })
      return lines
    }
  }
}

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Starts the wrapper and gathers what it says. */
function run(
  { root, env }: Checkout,
  args: readonly string[],
  options: { readonly cwd?: string; readonly path?: string; readonly env?: Readonly<Record<string, string>> } = {}
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(options.path ?? join(root, "mesocosm"), args, {
      cwd: options.cwd ?? root,
      env: { ...env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"]
    })
    let out = ""
    let err = ""
    child.stdout.on("data", (data) => {
      out += data
    })
    child.stderr.on("data", (data) => {
      err += data
    })
    child.on("error", reject)
    child.on("close", (code) => resolve({ code, out, err }))
  })
}

const binary = `node-${process.platform}-${process.arch}@24.21.0`

it("brings a Node through npm where the one on the PATH is too old, and installs under it", async () => {
  const here = checkout({ node: "old" })
  const first = await run(here, ["run", "a b", "--x=*"])
  expect(first).toMatchObject({ code: 0, out: `${JSON.stringify(["main", here.root, "run", "a b", "--x=*"])}\n` })
  expect(first.err.split("\n").slice(0, -1)).toEqual([
    "mesocosm: fetching Node 24.21.0 from npm into .mesocosm/node (the one on the PATH is v20.20.2, 24.12 is needed)",
    "mesocosm: installing the packages of package-lock.json (npm ci)",
    "mesocosm: compiling the contracts (hardhat build)"
  ])
  expect(here.calls()).toEqual(["install v20.20.2", binary, `ci ${process.version}`, "hardhat build"])
  expect(await run(here, [])).toMatchObject({ code: 0, err: "" })
  expect(here.calls()).toEqual([])
})

it("uses the Node on the PATH where it fits", async () => {
  const here = checkout({ node: "fits" })
  expect((await run(here, ["x"])).code).toBe(0)
  expect(here.calls()).toEqual([`ci ${process.version}`, "hardhat build"])
  expect(existsSync(join(here.root, ".mesocosm/node"))).toBe(false)
})

it("works through a symbolic link, from another folder, which it keeps", async () => {
  const here = checkout({ node: "fits" })
  const elsewhere = dirname(here.root)
  symlinkSync(join("check out", "mesocosm"), join(elsewhere, "link"))
  symlinkSync(join(elsewhere, "link"), join(elsewhere, "link to link"))
  const ran = await run(here, ["x"], { cwd: elsewhere, path: join(elsewhere, "link to link") })
  expect(ran).toMatchObject({ code: 0, out: `${JSON.stringify(["main", elsewhere, "x"])}\n` })
})

it("installs again when the lock file says something else, and not when only its date changed", async () => {
  const here = checkout({ node: "fits" })
  await run(here, [])
  here.calls()
  const later = new Date(Date.now() + 60_000)
  utimesSync(join(here.root, "package-lock.json"), later, later)
  expect((await run(here, [])).err).toBe("")
  expect(here.calls()).toEqual([])
  writeFileSync(
    join(here.root, "package-lock.json"),
    '{ "packages": { "": {}, "node_modules/hardhat": { "version": "1.0.0" } } }'
  )
  const changed = await run(here, [])
  // The stand-in brings no package.json for Hardhat, so the check after the installation names it.
  expect(changed).toMatchObject({ code: 2, err: expect.stringContaining("npm ci left packages out: hardhat") })
  expect(here.calls()).toEqual([`ci ${process.version}`])
})

it("takes what npm installed before it, without asking npm", async () => {
  const here = checkout({ node: "fits" })
  await run(here, [])
  here.calls()
  rmSync(join(here.root, ".mesocosm"), { recursive: true })
  expect((await run(here, [])).err).toBe("mesocosm: compiling the contracts (hardhat build)\n")
  expect(here.calls()).toEqual(["hardhat build"])
})

it("compiles again when a contract is changed, added or removed, or the artifacts are gone", async () => {
  const here = checkout({ node: "fits" })
  const contract = join(here.root, "contracts/tokens/A.sol")
  await run(here, [])
  here.calls()
  const later = new Date(Date.now() + 60_000)
  utimesSync(contract, later, later)
  await run(here, [])
  expect(here.calls()).toEqual([])
  const changes: readonly (() => void)[] = [
    () => writeFileSync(contract, "contract A { uint256 a; }"),
    () => writeFileSync(join(here.root, "contracts/B.sol"), "contract B {}"),
    () => rmSync(join(here.root, "contracts/B.sol")),
    () => writeFileSync(join(here.root, "hardhat.config.ts"), "export default { a: 1 }"),
    () => rmSync(join(here.root, "artifacts"), { recursive: true })
  ]
  for (const change of changes) {
    change()
    await run(here, [])
    expect(here.calls()).toEqual(["hardhat build"])
  }
})

it("sets up once when several first calls come together", async () => {
  const here = checkout({ node: "old" })
  const all = await Promise.all(Array.from({ length: 4 }, (_, index) => run(here, [`${index}`])))
  expect(all.map(({ code, out }) => [code, out])).toEqual(
    all.map((_, index) => [0, `${JSON.stringify(["main", here.root, `${index}`])}\n`])
  )
  expect(here.calls()).toEqual(["install v20.20.2", binary, `ci ${process.version}`, "hardhat build"])
  expect(existsSync(join(here.root, ".mesocosm/lock"))).toBe(false)
})

it("breaks the lock of a process that is gone", async () => {
  const here = checkout({ node: "fits" })
  mkdirSync(join(here.root, ".mesocosm"))
  // Above the largest process number of Linux and macOS.
  symlinkSync("99999999", join(here.root, ".mesocosm/lock"))
  expect((await run(here, [])).code).toBe(0)
})

it("starts the doctor without setting up anything", async () => {
  const here = checkout({ node: "fits" })
  expect(await run(here, ["doctor", "--json"])).toEqual({
    code: 0,
    out: `${JSON.stringify(["doctor", here.root, "--json"])}\n`,
    err: ""
  })
  expect(here.calls()).toEqual([])
})

const failures: readonly (readonly [string, Parameters<typeof checkout>[0], string | undefined, string, string])[] = [
  ["npm is not there", { node: "old", npm: false }, undefined, "npm is not on the PATH", "install Node"],
  ["neither Node nor npm is there", { node: "none", npm: false }, undefined, "npm is not on the PATH", "install Node"],
  [
    "the registry cannot be reached",
    { node: "fits" },
    "npm error code ENOTFOUND",
    "could not reach its registry",
    "check the network"
  ],
  [
    "the lock file is incomplete",
    { node: "fits" },
    "npm error Missing: a@1 from lock file",
    "does not list all",
    "run 'npm install'"
  ],
  [
    "node_modules cannot be written",
    { node: "fits" },
    "npm error code EACCES",
    "could not write into",
    "make the checkout writable"
  ],
  ["npm fails in another way", { node: "fits" }, "npm error code E404", "npm ci failed", "mend what they name"]
]

it.each(failures)("says what to do when %s", async (_, options, says, wrong, fix) => {
  const here = checkout(options)
  const ran = await run(here, ["run"], says === undefined ? {} : { env: { NPM_SAYS: says } })
  expect(ran).toMatchObject({ code: 2, out: "" })
  expect(ran.err).toContain(`mesocosm: `)
  expect(ran.err).toContain(wrong)
  expect(ran.err).toContain(`mesocosm: fix: ${fix}`)
  expect(existsSync(join(here.root, ".mesocosm/lock"))).toBe(false)
})

it("says what to do when it cannot write its own folder", async () => {
  const here = checkout({ node: "fits" })
  writeFileSync(join(here.root, ".mesocosm"), "a file in the way")
  const ran = await run(here, ["run"])
  expect(ran).toMatchObject({ code: 2, err: expect.stringContaining("cannot write into") })
})
