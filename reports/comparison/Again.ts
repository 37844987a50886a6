/** How to make the same runs again, and how to see that they are the same. */
import { shortHex } from "../format/Short.ts"
import { html, type Part } from "../html/Html.ts"
import { table } from "../html/Table.ts"
import { commandOf } from "../run/Command.ts"
import { type Comparison, seedOf } from "../run/Comparison.ts"
import type { Section } from "../sections/Section.ts"

/** The section. */
export function again({ arms }: Comparison): Section {
  const runs = arms.flatMap((arm) => arm.runs.map((run) => ({ run, arm })))
  return {
    id: "again",
    title: "Do it again",
    body: html`<pre><code>${runs.map(({ run }) => commandOf(run.manifest)).join("\n")}</code></pre>
<p class="note">A digest is a hash of all that happened: run it again, and the same digests mean the same run.</p>
<div class="hashes">${table({
      label: "Runs and their digests",
      columns: ["Arm", "Seed", "Chain", "mesocosm", "Economy digest", "Trace digest"].map((heading) => ({ heading })),
      rows: runs.map(({ run, arm }): readonly Part[] => {
        const { host, code, digest } = run.manifest
        return [
          arm.label,
          String(seedOf(run)),
          host.chain,
          html`${code.version}${code.revision === null ? null : html` <code title="${code.revision}">${code.revision.slice(0, 10)}</code>`}${code.changed === true ? " with uncommitted changes" : null}`,
          html`<code title="${digest.economy}">${shortHex(digest.economy)}</code>`,
          html`<code title="${digest.trace}">${shortHex(digest.trace)}</code>`
        ]
      })
    })}</div>`
  }
}
