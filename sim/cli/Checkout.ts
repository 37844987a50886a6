/**
 * Where mesocosm itself lies, and how files outside it reach it: a scenario anywhere on the disk may import
 * `mesocosm`, and gets the copy that runs it, not another one.
 */
import { existsSync } from "node:fs"
import { registerHooks } from "node:module"
import { dirname, join, relative, sep } from "node:path"
import { pathToFileURL } from "node:url"
import { quoted } from "../../reports/run/CommandLine.ts"

/** The folder that holds the rooms: the checkout, or what it was compiled to. */
export const ROOT: string = join(import.meta.dirname, "..", "..")

const CONFIGS = ["ts", "mts", "cts", "js", "mjs", "cjs"].map((ending) => `hardhat.config.${ending}`)

/** Whether this is the package that somebody installed, and no checkout. */
const INSTALLED = ROOT.includes(`${sep}node_modules${sep}`)

/**
 * The project whose compiled contracts are the World: the nearest folder upwards from here with a Hardhat config, else
 * our own checkout; of the installed package, the folder one works in.
 */
export const PROJECT: string = projectAbove(process.cwd()) ?? (INSTALLED ? process.cwd() : ROOT)

function projectAbove(folder: string): string | undefined {
  if (CONFIGS.some((name) => existsSync(join(folder, name)))) return folder
  const parent = dirname(folder)
  return parent === folder ? undefined : projectAbove(parent)
}

/** A path as a person here would write it: relative to where they are, unless that is further away. */
export function shown(path: string): string {
  const near = relative(process.cwd(), path)
  if (near === "") return "."
  return near.startsWith(`..${sep}..${sep}`) ? path : near
}

const calledAs = process.env["MESOCOSM_CALLED_AS"]
// The wrapper said it to this process; one that this one starts is called otherwise.
delete process.env["MESOCOSM_CALLED_AS"]

/** How a person here calls the command. */
export function command(rest: string): string {
  // The Hardhat plugin says how it was called.
  return `${process.env["MESOCOSM_CALLED"] ?? called()} ${rest}`
}

function called(): string {
  if (process.cwd() === ROOT) return "./mesocosm"
  if (calledAs !== undefined && calledAs !== "") return quoted(calledAs)
  return INSTALLED ? "npx mesocosm" : "mesocosm"
}

let registered = false

/** Lets every file that is imported from now on import `mesocosm` by name, and be TypeScript without a package.json. */
export function shareOurselves(): void {
  if (registered) return
  registered = true
  const parentURL = pathToFileURL(join(ROOT, "package.json")).href
  registerHooks({
    resolve(specifier, context, next) {
      const ours = specifier === "mesocosm" || specifier.startsWith("mesocosm/")
      const found = ours ? next(specifier, { ...context, parentURL }) : next(specifier, context)
      return found.format == null && found.url.endsWith(".ts") ? { ...found, format: "module-typescript" } : found
    }
  })
}
