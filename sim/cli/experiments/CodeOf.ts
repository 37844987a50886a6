/** Which code would run a scenario. */
import { join } from "node:path"
import { fingerprint } from "../../store/CodeVersion.ts"
import type { Entry } from "../Catalogue.ts"
import { ROOT } from "../Checkout.ts"

/** Hash of the code that would run a scenario, its own file included where that lies outside the checkout. */
export function codeOf({ file }: Entry): string {
  return file.startsWith(join(ROOT, "scenarios")) ? fingerprint() : fingerprint(file)
}
