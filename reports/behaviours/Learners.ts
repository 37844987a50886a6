/** Whether learners learn: their curve, and their races once frozen. */
import type { Live } from "../charts/Drawn.ts"
import { count, decimal, freeStyle, quantity } from "../format/Quantity.ts"
import { exact, foreign, html, type Markup, type Part, trusted } from "../html/Html.ts"
import { table } from "../html/Table.ts"
import { placeOf } from "../sections/Charts.ts"
import type { Section } from "../sections/Section.ts"
import type { Findings, Learner } from "./Findings.ts"
import { ends, interval, signed } from "./Strategic.ts"

/** A learner with the name and the drawing of its curve. */
export interface Curve {
  readonly name: string
  readonly learner: Learner
  readonly drawn: Live | undefined
}

/** The section. */
export function learners({ numeraire }: Findings, curves: readonly Curve[]): Section {
  return {
    id: "learning",
    title: "Do they learn?",
    body: html`<p>A learner is trained from run to run, then frozen and raced on seeds it has not seen, against itself under the traits of whom it must beat. It is one if the whole interval of each effect lies above zero.</p>
${curves.map((curve) => one(curve, numeraire))}`
  }
}

function one({ name, learner, drawn }: Curve, numeraire: string): Markup {
  const { population, behaviour, profit, contests, learns } = learner
  const style = freeStyle(numeraire)
  const unit = html`<span class="unit">${numeraire}</span>`
  return html`<h3 id="${placeOf(name)}-heading" dir="auto">${foreign(population)}: ${foreign(behaviour)} ${unit}</h3>
<article class="chart" aria-labelledby="${placeOf(name)}-heading">
<p class="says">Profit of each training episode, and of the frozen learner on its way.</p>
${drawn === undefined ? html`<p class="quiet">One episode makes no curve.</p>` : html`<div class="place" id="${placeOf(name)}">${trusted(drawn.drawing)}</div>`}
${points(learner, numeraire)}
</article>
<p>Frozen, it earns ${quantity(profit.mean, style)}${interval(profit)}.</p>
${table({
  label: `${population}: races`,
  columns: [
    { heading: "Against" },
    { heading: html`Earns ${unit}`, numeric: true },
    { heading: html`Learner's effect ${unit}`, numeric: true },
    { heading: "95 % interval", numeric: true },
    { heading: "Outcome" }
  ],
  rows: contests.map(({ opponent, profit: theirs, effect, beaten }): readonly Part[] => [
    opponent,
    exact(theirs.mean, decimal(theirs.mean)),
    exact(effect.mean, signed(effect.mean)),
    ends(effect),
    beaten ? html`<span class="held">✓ beaten</span>` : html`<span class="broken">✕ not beaten</span>`
  ])
})}
<p class="${learns ? "held" : "broken"}">${learns ? "✓ A learner." : "✕ Not a learner: it does not beat all it must."}</p>`
}

function points({ population, episodes, checkpoints }: Learner, numeraire: string): Markup {
  const frozen = new Map(checkpoints.map(({ episodes: after, profit }) => [after, profit]))
  return html`<details><summary>${count(episodes.length)} episodes as a table</summary>
${table({
  label: `${population}: learning curve`,
  columns: [
    { heading: "Episode", numeric: true },
    { heading: html`Training <span class="unit">${numeraire}</span>`, numeric: true },
    { heading: html`Frozen <span class="unit">${numeraire}</span>`, numeric: true },
    { heading: "Seeds", numeric: true }
  ],
  rows: episodes.map((profit, at): readonly Part[] => {
    const tried = frozen.get(at + 1)
    return [
      count(at + 1),
      exact(profit, decimal(profit)),
      tried === undefined ? "" : exact(tried.mean, decimal(tried.mean)),
      tried === undefined ? "" : count(tried.n)
    ]
  })
})}
</details>`
}
