/**
 * The command `mesocosm`. Everything but the version waits behind an import, so that a short question gets a short
 * answer: no command loads what another one needs.
 */
import { createRequire, enableCompileCache } from "node:module"
import { listenEarly } from "./Early.ts"

listenEarly()

// What Node made of hundreds of files is kept in the system's temporary folder: half of a start is saved the next time.
enableCompileCache()

// A reader that has seen enough (`| head`) closes the pipe: that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0)
  throw error
})

const args = process.argv.slice(2)
const { version } = createRequire(import.meta.url)("mesocosm/package.json") as { readonly version: string }

if (args.length === 1 && (args[0] === "--version" || args[0] === "-v")) {
  process.stdout.write(`mesocosm ${version}\n`)
} else {
  const { main } = await import("./Program.ts")
  const code = await main(args, version)
  // The chain leaves native threads behind; what was printed is flushed first.
  process.stdout.write("", () => process.exit(code))
}
