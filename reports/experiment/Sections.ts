/** The parts of an experiment's page below its head. */
import type { Manifest } from "../../sim/store/Manifest.ts"
import type { Live } from "../charts/Drawn.ts"
import { amount, counted, difference, freeStyle, listed, smallestEffect } from "../format/Quantity.ts"
import { words } from "../format/Short.ts"
import { exact, html, type Markup, type Part, trusted } from "../html/Html.ts"
import { heightOf } from "../html/Stylesheet.ts"
import { type TableData, table } from "../html/Table.ts"
import { placeOf } from "../sections/Charts.ts"
import { bounds, grouped, paramTable, withoutLines } from "../sections/Params.ts"
import type { Section } from "../sections/Section.ts"
import type { ExperimentFacts } from "./Facts.ts"
import type { Figure } from "./Marks.ts"
import { linesNotThere, sourceTable } from "./Proposal.ts"

/** Charts with their numbers. */
export function chartGrid(figures: readonly Figure[], drawn: ReadonlyMap<string, Live>): Markup {
  const one = ({ drawable, says, table: data }: Figure): Markup => {
    const { name } = drawable
    return html`<article class="chart" aria-labelledby="${placeOf(name)}-heading">
<h3 id="${placeOf(name)}-heading" dir="auto">${drawable.title}</h3>
<p class="says" dir="auto">${says}</p>
<div class="place ${heightOf(drawable.size.height)}" id="${placeOf(name)}">${trusted(drawn.get(name)?.drawing ?? "")}</div>
<details><summary>As a table</summary>${table(data)}</details>
</article>
`
  }
  return html`<div class="charts">${figures.map(one)}</div>`
}

/** Charts with their numbers under a heading; null where there is none. */
export function figureSection(
  { id, title }: Omit<Section, "body">,
  figures: readonly Figure[],
  drawn: ReadonlyMap<string, Live>
): Section | null {
  return figures.length === 0 ? null : { id, title, body: chartGrid(figures, drawn) }
}

/** Every KPI of every arm with all that belongs to its verdict. */
export function verdictTable(facts: ExperimentFacts): TableData {
  const { analysis } = facts
  const rows = analysis.comparisons.flatMap(({ arm, kpis, others }) => [
    ...kpis.map(({ name, effect, verdict, matters, divisor }): readonly Part[] => {
      const style = facts.style(name)
      return [
        words(name),
        arm,
        exact(effect.effect, difference(effect.effect, style)),
        `${difference(effect.low, style)} to ${difference(effect.high, style)}`,
        `${(effect.level * 100).toFixed(1)} %${divisor > 1 ? `, Holm ${divisor}` : ""}`,
        effect.method + (effect.approximate ? ", approximate" : ""),
        effect.n,
        effect.correlation === null ? "–" : effect.correlation.toFixed(2),
        `${difference(effect.unpaired.low, style)} to ${difference(effect.unpaired.high, style)}`,
        matters === null ? "–" : `${smallestEffect(matters.by, style)}, ${matters.better} is better`,
        verdict
      ]
    }),
    ...others.map(({ name, effect }): readonly Part[] => {
      const style = facts.style(name)
      return [
        words(name),
        arm,
        exact(effect.effect, difference(effect.effect, style)),
        `${difference(effect.low, style)} to ${difference(effect.high, style)}`,
        "95.0 %",
        effect.method + (effect.approximate ? ", approximate" : ""),
        effect.n,
        effect.correlation === null ? "–" : effect.correlation.toFixed(2),
        `${difference(effect.unpaired.low, style)} to ${difference(effect.unpaired.high, style)}`,
        "–",
        "not judged"
      ]
    })
  ])
  const headings = [
    "Metric",
    "Arm",
    "Effect",
    "Interval",
    "Level",
    "Method",
    "Pairs",
    "Correlation",
    "Unpaired interval",
    "Smallest effect",
    "Verdict"
  ]
  return {
    label: "Every metric in numbers",
    columns: headings.map((heading, nth) => ({ heading, numeric: nth === 2 || nth === 6 || nth === 7 })),
    rows,
    empty:
      facts.manifest.design.arms.length < 2
        ? "There is nothing to compare: one arm was run."
        : "Arms are compared at each point; none was run at the values that the scenario declares."
  }
}

/** The verdicts, and the checks of the scenario. */
export function verdicts(facts: ExperimentFacts): Section {
  const { analysis } = facts
  const all = verdictTable(facts)
  const checks = analysis.checks.flatMap(({ claim, arms }) =>
    Object.entries(arms).map(([arm, { held, of }]): readonly Part[] => [claim, arm, `${held} of ${of}`])
  )
  return {
    id: "verdicts",
    title: "Verdicts",
    body: html`${
      all.rows.length === 0
        ? null
        : html`<p>Better or worse: the interval excludes zero and is not wholly within the smallest effect of interest. Same: it lies wholly within. Else undecided. The KPIs of all arms are corrected together (Holm), so that neither more KPIs nor more arms mean more false alarms. Approximate: intervals of this kind were measured to cover less than 93 % for data like these, or pairs are fewer than five or all differ by the same.</p>`
    }
${table(all)}
${table({ label: "Checks", caption: "Checks of the scenario, over the complete runs", columns: [{ heading: "Check" }, { heading: "Arm" }, { heading: "Held in", numeric: true }], rows: checks, empty: "No check was tried at a default point." })}`
  }
}

/** What each population came to. */
export function ledgerTable({ analysis, arms }: ExperimentFacts): TableData {
  const numeraire = [...arms.values()][0]?.scenario.numeraire ?? "numeraire"
  const style = freeStyle(numeraire)
  const bare = (value: number): string => difference(value, freeStyle(""))
  return {
    label: "Ledger",
    caption: `Means over the seeds, money in ${numeraire}; a population's profit is at what selling what it has would fetch. The change is against the same population in ${analysis.reference}, in brackets its 95 % interval, each taken alone (a KPI's is wider, since KPIs are corrected together). Received and sent also count deposits, paid back and paid in. What lies between the columns and the profit is the change in value of what is held and locked.`,
    columns: [
      { heading: "Population" },
      { heading: "Arm" },
      { heading: "Profit", numeric: true },
      { heading: "Change of profit" },
      ...["Agents", "Identities", "Received", "Sent", "Gas", "Spent", "Capital"].map((heading) => ({
        heading,
        numeric: true
      })),
      { heading: "Behaviour" }
    ],
    rows: [...analysis.ledger]
      .sort((a, b) => (a.population < b.population ? -1 : a.population > b.population ? 1 : 0))
      .map((row): readonly Part[] => [
        row.population,
        row.arm,
        exact(row.profit.mean, amount(row.profit.mean, style)),
        row.effect === null ? "–" : `${bare(row.effect.effect)} (${bare(row.effect.low)} to ${bare(row.effect.high)})`,
        amount(row.agents, { ...style, unit: "count" }),
        amount(row.identities, { ...style, unit: "count" }),
        ...[row.received, row.sent, row.gas, row.spent, row.capital].map((each) => exact(each, amount(each, style))),
        row.behaviour
      ])
  }
}

/** Who gains and who loses. */
export function ledger(facts: ExperimentFacts, figure: Markup | null): Section | null {
  if (facts.analysis.ledger.length === 0) return null
  return { id: "ledger", title: "Who gains and who loses", body: html`${figure}${table(ledgerTable(facts))}` }
}

/** In which share of the assumption space each claim holds, and which assumptions separate it. */
export function survivals({ analysis }: ExperimentFacts): Section | null {
  const { assumptions } = analysis
  if (assumptions === null) return null
  const percent = (value: number): string => `${(value * 100).toFixed(0)} %`
  const { points, refined, lost, pairs, claims, axes } = assumptions
  return {
    id: "assumed",
    title: "Does it survive the assumptions?",
    body: html`<p>${counted(points, "point")} within the assumed ranges of ${counted(axes.length, "Param")} were run, ${counted(pairs, "pair")} at each${refined === 0 ? "" : `, and ${counted(refined, "point")} more near where one is undone`}${lost === 0 ? "" : `; ${counted(lost, "point")} left out of the claims of which runs failed there`}.</p>
${table({
  label: "Claims over the assumptions",
  columns: [
    { heading: "Claim" },
    { heading: "Holds in", numeric: true },
    { heading: "Interval" },
    { heading: "Open by own error", numeric: true },
    { heading: "What undoes it" }
  ],
  rows: claims.map(({ says, share, flip }): readonly Part[] => [
    says,
    share.n === 0 ? "not known" : percent(share.share),
    share.n === 0 ? "–" : `${percent(share.low)} to ${percent(share.high)}`,
    share.n === 0 ? "–" : share.unclear,
    share.n === 0
      ? "not known"
      : flip?.clear === true
        ? `${flip.name} at ${flip.written.at} (${flip.written.low} to ${flip.written.high})`
        : share.holds === share.n
          ? "nothing"
          : "no single assumption"
  ]),
  empty: "Nothing is decided at the default point, so there is no verdict to survive."
})}
${table({
  label: "Assumptions by how well they separate",
  caption:
    "How well a single threshold on an assumption separates where a claim holds from where it does not: share of the uncertainty removed, and how often shuffled points did as well (p).",
  columns: [
    { heading: "Claim" },
    { heading: "Assumption" },
    { heading: "Threshold", numeric: true },
    { heading: "Removed", numeric: true },
    { heading: "p", numeric: true }
  ],
  rows: claims.flatMap(({ says, ranks }) =>
    ranks
      .slice(0, 3)
      .map(({ name, written, gain, p }): readonly Part[] => [says, name, written, percent(gain), p.toFixed(3)])
  ),
  empty: "No claim holds at some points and fails at others."
})}`
  }
}

/** The Params of the reference arm, and which of them the points vary. */
function assumptionsOf({ arms, analysis, manifest }: ExperimentFacts): {
  readonly params: Manifest["params"]
  readonly varied: readonly string[]
  readonly numeraire: string
} {
  const of = arms.get(analysis.reference)
  // Where points vary a Param, the run that was looked at holds one of its values: the declared one stands for them.
  const { design } = manifest
  const varied = design.points.length === 0 ? [] : design.axes.map(({ param }) => param)
  const params = (of?.params ?? []).map((param) =>
    varied.includes(param.name) ? { ...param, value: param.declared, setBy: "default" as const } : param
  )
  return { params, varied, numeraire: of?.scenario.numeraire ?? "numeraire" }
}

/** The Params as a table of plain text. */
export function paramRows(facts: ExperimentFacts): TableData {
  const { params, numeraire } = assumptionsOf(facts)
  return {
    label: "Params",
    columns: [
      { heading: "Setting" },
      { heading: "Value", numeric: true },
      { heading: "Unit" },
      { heading: "Source" },
      { heading: "Assumed range" }
    ],
    rows: params.map(({ name, value, unit, source, range }) => [
      name,
      grouped(value),
      unit === "numeraire" ? numeraire : unit,
      source,
      bounds(range, unit)
    ]),
    empty: "The scenario has no Params."
  }
}

/** The Params of the reference arm, and where they come from. */
export function assumed(facts: ExperimentFacts): Section | null {
  if (!facts.arms.has(facts.analysis.reference)) return null
  const { params, varied, numeraire } = assumptionsOf(facts)
  const sources = sourceTable(facts)
  const missing = linesNotThere(facts)
  return {
    id: "params",
    title: "What was assumed",
    body: html`${varied.length === 0 ? null : html`<p>Varied here: ${listed(varied)}; the table has what the scenario declares of them.</p>`}
${paramTable(params, numeraire)}
${sources === null && missing.length === 0 ? null : html`<h3>Where it comes from</h3>${withoutLines(missing)}${sources === null ? null : table(sources)}`}`
  }
}

/** Rows of the table of failed runs. */
const MOST_FAILURES = 100

/** Runs that failed, each with the command that shows why; null where none did. */
export function failureTable({ analysis, again }: ExperimentFacts): TableData | null {
  const { failures: all } = analysis
  if (all.length === 0) return null
  const told = all.slice(0, MOST_FAILURES)
  return {
    label: "Failed runs",
    caption: `A run that fails is a record, and left out of all numbers above.${told.length < all.length ? ` The first ${told.length} of ${all.length}; mesocosm query has all.` : ""}`,
    columns: [
      { heading: "Arm" },
      { heading: "Seed", numeric: true },
      { heading: "What happened" },
      { heading: "Again" }
    ],
    rows: told.map(({ arm, seed, message }, nth) => [arm, seed, message, html`<code>${again[nth]}</code>`])
  }
}

/** The section. */
export function failures(facts: ExperimentFacts): Section {
  const data = failureTable(facts)
  return {
    id: "failures",
    title: "Runs that failed",
    body: data === null ? html`<p class="quiet">None.</p>` : table(data)
  }
}

/** What made it. */
export function madeTable({ manifest, planned }: ExperimentFacts): TableData {
  const { hash, fingerprint, code, design, runs } = manifest
  const rows: readonly (readonly Part[])[] = [
    ["Design", html`<code>${hash}</code>`],
    ["Sources", html`<code>${fingerprint}</code>`],
    ["Revision", `${code.revision ?? "none"}${code.changed === true ? ", changed since" : ""}`],
    ["Version", `mesocosm ${code.version}, Hardhat ${code.hardhat}, solc ${code.solc}`],
    ["Arms", design.arms.join(", ")],
    [
      "Seeds",
      `${planned.from} to ${planned.to}${design.until === null ? "" : `, added until decided, at most ${design.until.maxSeeds} pairs`}`
    ],
    ["Runs", `${runs.complete} complete, ${runs.failed} failed, of ${runs.planned}`]
  ]
  return { label: "Manifest", columns: [{ heading: "What" }, { heading: "Value" }], rows }
}

/** What made it, so that anybody can make it again. */
export function made(facts: ExperimentFacts): Section {
  return {
    id: "made",
    title: "How to make it again",
    body: html`${facts.command === null ? null : html`<pre><code>${facts.command}</code></pre>`}
<p>Every number here stands in <code>analysis.json</code> of the experiment's folder, which follows from its recorded runs; <code>mesocosm query</code> asks them in SQL, and <code>mesocosm export</code> writes them in canonical form.</p>
${table(madeTable(facts))}
${digests(facts)}`
  }
}

/** The digests of every run at the default point. */
function digests({ seeds }: ExperimentFacts): Markup | null {
  const rows = [...seeds].flatMap(([arm, of]) =>
    [...of].map(([seed, { economy, trace }]): readonly Part[] => [
      `${arm}, seed ${seed}`,
      html`<code>${economy}</code>`,
      html`<code>${trace}</code>`
    ])
  )
  if (rows.length === 0) return null
  return html`<details><summary>Digests of ${counted(rows.length, "run")}</summary>
<p class="note">A digest is a hash of all that happened in a run, to the last unit. <em>Economy</em> covers flows, events, balances and metrics; <em>trace</em> covers gas, order and statuses too.</p>
${table({ label: "Digests", columns: [{ heading: "Run" }, { heading: "Economy" }, { heading: "Trace" }], rows })}</details>`
}
