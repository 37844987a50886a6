/** The libraries that make charts interactive, as the scripts their packages ship. */
import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"

const BUNDLES = [
  ["vega", "vega.min.js"],
  ["vega-lite", "vega-lite.min.js"],
  ["vega-embed", "vega-embed.min.js"]
] as const

/** Vega, Vega-Lite and vega-embed, in the order in which a page runs them. */
export async function bundles(): Promise<readonly string[]> {
  const require = createRequire(import.meta.url)
  return Promise.all(
    BUNDLES.map(async ([name, file]) => {
      const source = await readFile(join(dirname(require.resolve(name)), file), "utf8")
      return source.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n")
    })
  )
}
