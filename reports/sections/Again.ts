/** How to make the same run again, and how to see that it is the same. */
import { count, decimal } from "../format/Quantity.ts"
import { span } from "../format/Span.ts"
import { html, type Part } from "../html/Html.ts"
import { table } from "../html/Table.ts"
import { commandOf } from "../run/Command.ts"
import type { RunFacts } from "../run/ReadRun.ts"
import type { Section } from "./Section.ts"

/** The section. */
export function again({ manifest }: RunFacts): Section {
  const { spec, specHash, digest, code, host } = manifest
  const facts: readonly (readonly [string, Part])[] = [
    [
      "mesocosm",
      html`${code.version}${code.revision === null ? ", revision unknown" : html`, revision <code>${code.revision}</code>`}${code.changed === true ? html` <strong>with uncommitted changes</strong>` : null}`
    ],
    ["Spec", html`<code>${specHash}</code>`],
    [
      "Blocks",
      `one per ${span(spec.block.every)}, ${spec.block.order} order, at most ${count(spec.block.gasLimit)} gas; hardfork ${spec.hardfork}`
    ],
    ["Tools", `Hardhat ${code.hardhat}, solc ${code.solc}, Node ${host.node}, chain ${host.chain}`],
    ["It took", `${decimal(host.seconds)} seconds, ${count(host.transactionsPerSecond)} transactions a second`]
  ]
  const partial = manifest.status === "complete" ? "" : "These are of a partial run: a whole one has others."
  return {
    id: "again",
    title: "Do it again",
    body: html`<pre><code>${commandOf(manifest)}</code></pre>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd dir="auto">${value}</dd></div>`)}</dl>
<h3>Digests</h3>
<p class="note">A digest is a hash of all that happened, to the last unit: run it again and the same digests mean the same run. <em>Economy</em> covers flows, events, balances and metrics; <em>trace</em> covers gas, order and statuses too. ${partial}</p>
<div class="hashes">${table({
      label: "Digests",
      columns: [{ heading: "Of" }, { heading: "Digest" }],
      rows: [
        [html`<strong>economy</strong>`, html`<code>${digest.economy}</code>`],
        [html`<strong>trace</strong>`, html`<code>${digest.trace}</code>`],
        ...Object.entries(digest.tables).map(([name, hash]): readonly Part[] => [
          `table ${name}`,
          html`<code>${hash}</code>`
        ])
      ]
    })}</div>`
  }
}
