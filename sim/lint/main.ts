/** Prints the violations of the arrows in the repository given (this one unless told) and exits with 1 if there are any. */
import { fileURLToPath } from "node:url"
import { checkArrows, show } from "./Arrows.ts"

const root = process.argv[2] ?? fileURLToPath(new URL("../../", import.meta.url))
const violations = checkArrows(root)
for (const violation of violations) console.error(show(violation))
if (violations.length > 0) console.error(`${violations.length} violations of the arrows: see sim/lint/Rooms.ts`)
process.exitCode = violations.length > 0 ? 1 : 0
