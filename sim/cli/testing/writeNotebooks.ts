/** Executes notebooks and keeps what they show: `node sim/cli/testing/writeNotebooks.ts [name.ipynb …]`. */
import { join } from "node:path"
import { writeNotebooks } from "./Notebooks.ts"

await writeNotebooks(join(import.meta.dirname, "../../.."), process.argv.slice(2))
