/**
 * Where mesocosm itself lies, and how files outside it reach it: a scenario anywhere on the disk may import
 * `mesocosm`, and gets the copy that runs it, not another one.
 */
import { registerHooks } from "node:module"
import { join, relative, sep } from "node:path"
import { pathToFileURL } from "node:url"

/** The folder that holds package.json. */
export const ROOT: string = join(import.meta.dirname, "..", "..")

/** A path as a person here would write it: relative to where they are, unless that is further away. */
export function shown(path: string): string {
  const near = relative(process.cwd(), path)
  if (near === "") return "."
  return near.startsWith(`..${sep}..${sep}`) ? path : near
}

/** How a person here calls the command. */
export function command(rest: string): string {
  return `${process.cwd() === ROOT ? "./" : ""}mesocosm ${rest}`
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
