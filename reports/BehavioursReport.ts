/**
 * The report of the behaviour checks: one HTML file that holds all it needs, and each learning curve as SVG and PNG.
 *
 * Invariant: it is a function of what was found. The same findings give the same bytes.
 */
import { join } from "node:path"
import { curveOf } from "./behaviours/Curve.ts"
import type { Findings } from "./behaviours/Findings.ts"
import { learners } from "./behaviours/Learners.ts"
import { strategic } from "./behaviours/Strategic.ts"
import { type Drawable, drawLine, live } from "./charts/Drawn.ts"
import { namer } from "./charts/Names.ts"
import { outOfGasOf } from "./format/OutOfGas.ts"
import { counted } from "./format/Quantity.ts"
import { visibleDeep } from "./format/Visible.ts"
import { foreign, html, type Markup } from "./html/Html.ts"
import { place } from "./html/Place.ts"
import { sheet } from "./html/Sheet.ts"
import { type Written, writeCharts } from "./RunReport.ts"

/** Writes `behaviours.html` and `behaviours-charts/` into a folder. @throws ReportError Unwritable. */
export async function writeBehaviours(found: Findings, folder: string): Promise<Written> {
  const findings = visibleDeep(found)
  const name = namer()
  const curves = findings.learning.map((learner) => {
    const data = curveOf(learner, findings.numeraire)
    return { learner, chart: drawLine(name(["learning", learner.population]), data), moving: data.lines.length > 0 }
  })
  const drawn = new Map(
    await Promise.all(
      curves.flatMap(({ chart, moving }) => (moving ? [live(chart).then((made) => [chart.name, made] as const)] : []))
    )
  )
  const sections = [
    ...(findings.exploitability.length === 0 ? [] : [strategic(findings)]),
    ...(curves.length === 0
      ? []
      : [
          learners(
            findings,
            curves.map(({ learner, chart }) => ({ learner, name: chart.name, drawn: drawn.get(chart.name) }))
          )
        ]),
    { id: "again", title: "Do it again", body: html`<pre><code>${findings.command}</code></pre>` }
  ]
  const { scenario, arm, seeds } = findings
  const file = join(folder, "behaviours.html")
  await place(
    file,
    await sheet({
      title: `Behaviours · ${scenario} · mesocosm`,
      description: `Behaviour checks of scenario ${scenario}, arm ${arm}, ${counted(seeds.length, "seed")}.`,
      head: head(findings),
      sections,
      foot: "Every number here stands in behaviours.json, and the command above gives it again.",
      drawn
    })
  )
  const drawable = curves.flatMap(({ chart, moving }): readonly Drawable[] => (moving ? [chart] : []))
  return { html: file, charts: await writeCharts(drawable, join(folder, "behaviours-charts")) }
}

function head(findings: Findings): Markup {
  const { scenario, question, arm, seeds, chain, audited, passed, exploitability, learning, outOfGas } = findings
  const none = exploitability.length + learning.length === 0
  return html`<header>
<p class="kicker">Behaviours <span>scenario ${foreign(scenario)}</span> <span>arm ${foreign(arm)}</span> <span>${counted(seeds.length, "seed")}</span></p>
<h1 dir="auto">${question ?? scenario}</h1>
<div class="status ${passed ? "complete" : "failed"}">
<p${passed ? null : html` class="loud"`}><strong>${none ? "Nothing to check" : passed ? "The agents are worth their names" : "Not all agents are worth their names"}</strong></p>
<p>${
    none
      ? "No behaviour with agents lists deviations, and none learns."
      : html`Paired by seed, on ${chain}, with 95 % intervals of Student's t: simulation intervals, given the assumptions. The best of several deviations is picked by the same runs, so regret errs to the high side; what is not listed was not tried. Audited on ${audited.chain === "hardhat" ? "Hardhat" : audited.chain}: ${audited.identical} of ${audited.runs} identical.${outOfGas === undefined ? null : html` <strong>${outOfGasOf(outOfGas.functions, outOfGas.runs)}</strong>`}`
  }</p>
</div>
</header>
`
}
