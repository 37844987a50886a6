/** Whether a published run that was made again is the same, said plainly. */
import { shortHex } from "../../format/Short.ts"
import { visible } from "../../format/Visible.ts"
import { differing } from "../Rerun.ts"
import type { Made } from "./Book.ts"
import { type Child, element, table } from "./Element.ts"

/** The verdict; null for a run that was not published. */
export function verdict({ arm, seed, outcome, published }: Made): Child {
  if (published === undefined) return null
  const others = differing(published.digests, outcome.digests)
  const rows = [
    row("economy", published.digests.economy, outcome.digests.economy),
    row("trace", published.digests.trace, outcome.digests.trace),
    ...Object.entries(Object.keys(published.digests.tables).length === 0 ? {} : outcome.digests.tables).map(
      ([name, digest]) =>
        row(`table ${name}`, published.digests.tables[name as keyof typeof published.digests.tables] ?? "none", digest)
    )
  ]
  const which = `Arm ${visible(arm)}, seed ${seed}`
  return element(
    "div",
    { class: others.length === 0 ? "verdict same" : "verdict other" },
    element(
      "p",
      {},
      element("strong", {}, others.length === 0 ? "✓ The same run." : "✕ NOT the same run."),
      others.length === 0
        ? ` ${which}: ${rows.length === 2 ? "both" : `all ${rows.length}`} digests are those that were published.`
        : ` ${which}: ${others.join(", ")} ${others.length === 1 ? "differs" : "differ"} from what was published. What this page says of that run is not what its code does: do not rely on it.`
    ),
    element(
      "details",
      {},
      element("summary", {}, `${rows.length} digests`),
      table(`Digests of ${which}`, ["Of", "Published", "Here", "Equal"], rows)
    )
  )
}

function row(name: string, published: string, here: string): readonly Child[] {
  const code = (hex: string): Child => element("code", { title: hex }, shortHex(hex))
  return [name, code(published), code(here), published === here ? "yes" : element("strong", {}, "no")]
}
