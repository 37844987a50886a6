/**
 * Executes every notebook from its first cell to its last, and compares what it shows with what is committed, by the
 * numbers: of text, tables and charts. Images are not compared.
 *
 * Python's packages are installed once, as `notebooks/requirements.txt` pins them, into a folder that git ignores.
 */
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { differences, type Notebook } from "./NotebookNumbers.ts"
import { type Asked, type Outcome, type Ran, runProgram, single, together } from "./Suite.ts"
import { lacking, python } from "./Tools.ts"

const QUIET = { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", PYDEVD_DISABLE_FILE_VALIDATION: "1" }

/** The suite: one check per notebook. */
export async function notebooks({ root }: Pick<Asked, "root">): Promise<Outcome> {
  const python3 = python()
  if (python3 === undefined) return { ...NOTHING, skipped: [{ name: `notebooks${lacking(python)}` }] }
  const ready = await install(root, python3)
  if (!ready.ok) return single(ready)
  forget(root)
  const outcomes: Outcome[] = []
  for (const name of named(root)) {
    const { ran, executed } = await execute(root, name)
    if (executed === undefined) outcomes.push(single(ran))
    else {
      const found = differences(read(join(root, "notebooks", name)), executed)
      const output = `notebooks/${name} shows other numbers than are committed:\n${found.join("\n")}\nfix: find out why; then node sim/cli/testing/writeNotebooks.ts ${name}, and commit it`
      outcomes.push(single({ ok: found.length === 0, output }))
    }
  }
  return together(outcomes)
}

const NOTHING: Outcome = { passed: 0, failed: 0, skipped: [], output: "" }

/** Executes notebooks and keeps what they show; all of them, unless some are named. @throws Error when one fails. */
export async function writeNotebooks(root: string, names: readonly string[]): Promise<void> {
  const python3 = python()
  if (python3 === undefined) throw new Error(`notebooks need Python 3${lacking(python)}`)
  const ready = await install(root, python3)
  if (!ready.ok) throw new Error(ready.output)
  forget(root)
  for (const name of names.length === 0 ? named(root) : names) {
    const { ran, executed } = await execute(root, name)
    if (executed === undefined) throw new Error(ran.output)
    writeFileSync(join(root, "notebooks", name), `${JSON.stringify(executed, null, 1)}\n`)
  }
}

/** Takes away what notebooks keep between them, so that all of it is made anew. */
function forget(root: string): void {
  rmSync(join(root, ".mesocosm/notebooks"), { recursive: true, force: true })
}

function named(root: string): readonly string[] {
  return readdirSync(join(root, "notebooks"))
    .filter((name) => name.endsWith(".ipynb"))
    .sort()
}

function read(path: string): Notebook {
  // A notebook of ours, or what nbformat has just written.
  return JSON.parse(readFileSync(path, "utf8")) as Notebook
}

async function execute(root: string, name: string): Promise<{ readonly ran: Ran; readonly executed?: Notebook }> {
  const folder = mkdtempSync(join(tmpdir(), "mesocosm-notebook-"))
  try {
    const target = join(folder, name)
    const script = join(root, "notebooks/execute.py")
    const ran = await runProgram(
      root,
      join(environment(root), "bin/python"),
      [script, join(root, "notebooks", name), target],
      { ...QUIET, JUPYTER_PATH: join(environment(root), "share/jupyter") }
    )
    return ran.ok && existsSync(target) ? { ran, executed: read(target) } : { ran: { ...ran, ok: false } }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function environment(root: string): string {
  return join(root, ".mesocosm/python")
}

/** Python's packages and the kernels, anew when the list of packages has changed. */
async function install(root: string, python3: string): Promise<Ran> {
  const folder = environment(root)
  const requirements = join(root, "notebooks/requirements.txt")
  const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex")
  const stamp = join(folder, "installed")
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
    rmSync(folder, { recursive: true, force: true })
    const made = await runProgram(root, python3, ["-m", "venv", folder])
    if (!made.ok) return { ...made, output: `${made.output}\nfix: apt-get install python3-venv` }
    const installed = await runProgram(root, join(folder, "bin/python"), [
      ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements]
    ])
    if (!installed.ok) return installed
    writeFileSync(stamp, wanted)
  }
  return kernel(root)
}

/** The kernel that notebooks name `deno`: the copy that npm installed. */
function kernel(root: string): Ran {
  const program = denoProgram(root)
  if (program === undefined) return { ok: false, output: "npm installed no Deno for this machine\nfix: npm ci" }
  const folder = join(environment(root), "share/jupyter/kernels/deno")
  mkdirSync(folder, { recursive: true })
  const argv = [program, "jupyter", "--kernel", "--conn", "{connection_file}"]
  writeFileSync(join(folder, "kernel.json"), JSON.stringify({ argv, display_name: "Deno", language: "typescript" }))
  return { ok: true, output: "" }
}

function denoProgram(root: string): string | undefined {
  const folder = join(dirname(createRequire(join(root, "package.json")).resolve("deno/package.json")), "../@deno")
  if (!existsSync(folder)) return undefined
  return readdirSync(folder)
    .flatMap((machine) => [join(folder, machine, "deno"), join(folder, machine, "deno.exe")])
    .find((path) => existsSync(path))
}
