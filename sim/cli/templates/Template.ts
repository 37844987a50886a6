/**
 * Writes a scenario or a behaviour to start from. Nothing is overwritten: what is there already, or cannot be
 * written, is an error, and then nothing is written at all.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join, relative, resolve, sep } from "node:path"
import { ScenarioError } from "../../Errors.ts"
import { makeFolder } from "../../store/makeFolder.ts"
import { command, PROJECT, ROOT, shown } from "../Checkout.ts"
import { print, printJson } from "../Text.ts"

interface Asked {
  readonly id: string
  readonly dir: string | undefined
  readonly json: boolean
}

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** Writes `<id>.ts` and its lines of ASSUMPTIONS.md beside it. @throws ScenarioError Usage, AlreadyExists, Unwritable. */
export async function newScenario({ id, dir, json }: Asked): Promise<void> {
  const folder = resolve(dir ?? process.env["MESOCOSM_SCENARIOS"] ?? join(PROJECT, "scenarios"))
  const file = join(folder, `${checked(id)}.ts`)
  const register = join(folder, "ASSUMPTIONS.md")
  const lines = prefix(id, existsSync(register) ? readFileSync(register, "utf8") : "")
  await write(file, template("scenario.ts.txt", { id, P: lines, behaviours: imports(folder) }))
  append(register, id, lines)
  const here = [join(process.cwd(), "scenarios"), join(PROJECT, "scenarios")].includes(folder)
  const next = command(`run ${here ? id : shown(file)}`)
  if (json) printJson({ written: [shown(file), shown(register)], next })
  else {
    print(`${shown(file)} written, and its lines ${lines}1 to ${lines}4 added to ${shown(register)}\n\n`)
    print(`Run it:     ${next}\nThen change what it asks, its Params and its populations, and run it again.\n`)
  }
}

/** Writes `<id>.ts`. @throws ScenarioError Usage, AlreadyExists, Unwritable. */
export async function newBehaviour({ id, dir, json }: Asked): Promise<void> {
  const folder = resolve(dir ?? (PROJECT === ROOT ? join(ROOT, "agents", "honest") : join(PROJECT, "agents")))
  const file = join(folder, `${checked(id)}.ts`)
  const name = id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  await write(file, template("behaviour.ts.txt", { id, name }))
  const line = `import { ${name} } from "${importPath(join(PROJECT, "scenarios"), file)}"`
  if (json) printJson({ written: [shown(file)], import: line })
  else
    print(
      `${shown(file)} written\n\nIn a scenario:\n  ${line}\n  populations: () => ({ mine: Population.of(${name}, { count: 10 }) })\n`
    )
}

/** How a scenario there imports the behaviours of the template: by path in our own checkout, else by name. */
function imports(folder: string): string {
  if (PROJECT !== ROOT) return 'import { contributor, identityFarm } from "mesocosm/behaviours"'
  const agents = importPath(folder, join(ROOT, "agents"))
  return [
    `import { contributor } from "${agents}/honest/contributor.ts"`,
    `import { identityFarm } from "${agents}/sybil/identity-farm.ts"`
  ].join("\n")
}

function checked(id: string): string {
  if (KEBAB.test(id)) return id
  const near = id
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "")
  throw new ScenarioError({
    reason: "Usage",
    message: `"${id}" is no name: names are in kebab-case`,
    fix: near === "" ? "Begin with a small letter, and use small letters, digits and hyphens." : `Call it ${near}.`,
    offending: { name: "id", value: id }
  })
}

function template(name: string, values: { readonly [key: string]: string }): string {
  return readFileSync(join(import.meta.dirname, name), "utf8").replace(
    /\{\{(\w+)\}\}/g,
    (_, key: string) => values[key] ?? ""
  )
}

/** The letters of its lines in the register: its initials, or what of its name nobody has taken. */
function prefix(id: string, register: string): string {
  const initials = id
    .replaceAll(/([a-z])[a-z0-9]*(-\d+|-)?/g, "$1")
    .replace(/\d/g, "")
    .toUpperCase()
  const letters = id.replace(/[^a-z]/g, "").toUpperCase()
  const free = (candidate: string): boolean => !new RegExp(`^\\| ${candidate}\\d+ *\\|`, "m").test(register)
  let candidate = [initials, letters].find(free) ?? letters
  while (!free(candidate)) candidate += "X"
  return candidate
}

function importPath(from: string, to: string): string {
  const path = relative(from, to).split(sep).join("/")
  return path.startsWith(".") ? path : `./${path}`
}

async function write(file: string, text: string): Promise<void> {
  try {
    await makeFolder(dirname(file))
    writeFileSync(file, text, { flag: "wx" })
  } catch (cause) {
    throw notWritten(file, cause)
  }
}

function notWritten(file: string, cause: unknown): ScenarioError {
  const code = (cause as NodeJS.ErrnoException).code
  const offending = { name: "file", value: shown(file) }
  if (code === "EEXIST" && existsSync(file)) {
    return new ScenarioError({
      reason: "AlreadyExists",
      message: `${shown(file)} is there already`,
      fix: "Choose another name, or remove that file first.",
      offending
    })
  }
  return new ScenarioError({
    reason: "Unwritable",
    message: `${shown(file)} cannot be written: ${code ?? String(cause)}`,
    fix: "Give a folder you may write to with --dir.",
    offending,
    cause
  })
}

function append(register: string, id: string, lines: string): void {
  const head = existsSync(register) ? "" : "# Assumptions\n\nEvery Param of every scenario cites a line here.\n"
  try {
    appendFileSync(register, head + template("assumptions.md.txt", { id, P: lines }))
  } catch (cause) {
    throw notWritten(register, cause)
  }
}
