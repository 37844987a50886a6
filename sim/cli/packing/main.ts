/** What `npm pack` calls: `node sim/cli/packing/main.ts before`, and `after`. */
import { join } from "node:path"
import { build, dress, undress } from "./Pack.ts"

const root = join(import.meta.dirname, "..", "..", "..")

if (process.argv[2] === "after") undress(root)
else {
  build(root)
  dress(root)
}
