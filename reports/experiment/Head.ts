/** The first screen of an experiment's report: the question, the answer per KPI, how sure it is, and what it rests on. */
import { counted, listed } from "../format/Quantity.ts"
import { span } from "../format/Span.ts"
import { visible } from "../format/Visible.ts"
import { foreign, html, type Markup } from "../html/Html.ts"
import { type ArmAnswer, armAnswers, type KpiAnswer, type Line, whatTurnsIt } from "./Answer.ts"
import { restsOn } from "./Basis.ts"
import type { ExperimentFacts } from "./Facts.ts"
import { spread } from "./Spread.ts"
import { wideAnswers } from "./Wide.ts"

/** What was done, in one sentence of plain text. */
export function summaryOf({ manifest }: ExperimentFacts): string {
  const { design } = manifest
  return `Experiment: scenario ${design.scenario}, ${listed(design.arms)}; ${manifest.runs.complete} runs.`
}

/** What kind of experiment it is, in words. */
export function kindOf({ manifest: { design }, planned }: ExperimentFacts): readonly string[] {
  const what = {
    replicas: "One arm over many seeds",
    compare: "Comparison by simulation",
    sweep: "Sweep",
    sensitivity: "Sensitivity"
  }
  const points = design.points.length
  const seeds = counted(planned.count, "repetition")
  return [
    what[design.kind],
    `scenario ${design.scenario}`,
    points === 0 ? seeds : `${counted(points, "point")}, ${seeds} at each`
  ]
}

/** What the scenarios of the arms leave out, each once. */
export function omitted({ arms }: ExperimentFacts): readonly string[] {
  return [...new Set([...arms.values()].flatMap(({ scenario }) => scenario.omits))]
}

/** The head. */
export function head(facts: ExperimentFacts): Markup {
  const { manifest, arms } = facts
  const scenario = [...arms.values()][0]?.scenario
  const [what, ...where] = kindOf(facts)
  const answers = armAnswers(facts)
  const wide = wideAnswers(facts)
  const turns = whatTurnsIt(facts)
  const omits = omitted(facts)
  return html`<header class="proposal">
<p class="kicker">${what} ${where.map((each) => html`<span dir="auto">${each}</span> `)}</p>
<h1 dir="auto">${scenario?.question ?? manifest.design.scenario}</h1>
${scenario?.about == null ? null : html`<p class="about" dir="auto">${scenario.about}</p>`}
${wide.length === 0 ? null : html`<section class="answer" aria-label="The answer"><ul class="omits wide">${wide.map((each) => html`<li dir="auto">${each}</li>`)}</ul></section>`}
${answers.map((each) => answer(facts, each))}
<div class="bases">
${turns.length === 0 ? null : basis("What would change the answer", turns, facts.analysis.assumptions === null ? null : "assumed")}
${basis("How sure it is, and what it rests on", restsOn(facts), "made")}
${basis(
  "What is not modelled",
  omits.length === 0 ? [{ text: "The scenario does not say what it leaves out." }] : omits.map((text) => ({ text })),
  null
)}
</div>
</header>
`
}

function basis(title: string, lines: readonly Line[], more: string | null): Markup {
  return html`<div class="basis"><h2>${title}</h2>
<ul>${lines.map(({ text, command }) => html`<li dir="auto">${text}${command === undefined ? null : html` <code dir="ltr">${command}</code>`}</li>`)}</ul>
${more === null ? null : html`<p class="more"><a href="#${more}">${more === "assumed" ? "All claims over the assumptions" : "What made it"}</a></p>`}</div>`
}

/** What one arm changes, KPI by KPI. */
function answer(facts: ExperimentFacts, { arm, changes, pairs, short, kpis }: ArmAnswer): Markup {
  return html`<section class="answer" aria-label="What ${arm} changes">
<p class="short"><strong dir="auto">${short}</strong></p>
<p class="proposed" dir="auto">${foreign(arm)}${changes === "" ? null : html` sets ${changes}`}. ${simulated(facts, pairs)}</p>
${
  kpis.length === 0
    ? null
    : html`<ul class="kpis">${kpis.map(card)}</ul>
<p class="note">In brackets: <em>simulation interval, given the assumptions</em>. It says how far chance in ${counted(pairs, "simulation")} can lead astray, and nothing of whether the assumptions are true.${kpis.some(({ interval }) => interval.endsWith("approximate")) ? " One that is approximate is of numbers for which such ranges came out too narrow in trials." : ""} In the drawings: a dot is the median, a thick line the middle half, a thin line 90 % of the simulations. <a href="#words">What the words mean</a></p>`
}
</section>`
}

/** How an arm was set against the other, in plain text. */
export function simulated({ analysis, arms }: ExperimentFacts, pairs: number): string {
  const { reference } = analysis
  const horizon = arms.get(reference)?.spec.horizon
  const judged = analysis.metrics.filter((metric) => metric.judged)
  const atEnd = judged.every(({ over }) => over === "last")
  const covers =
    horizon === undefined
      ? ""
      : ` Each simulation covers ${span(horizon)}${atEnd ? "; the numbers are those at its end" : ""}.`
  return `It was simulated ${counted(pairs, "time")} beside ${visible(reference)}${reference === "baseline" ? ", which changes nothing" : ""}: each time both with the same random events, so that what differs comes from the change.${covers}`
}

function card(kpi: KpiAnswer): Markup {
  const { title, says, verdict, effect, interval, change, matters, survival } = kpi
  // A long unit is no headline.
  const [, size = effect, of = ""] = /^(\S+) (percentage points)$/.exec(effect) ?? []
  return html`<li class="kpi-card ${verdict}">
<h2><span class="verdict-word">${verdict}</span> <a href="#measured" dir="auto">${title}</a></h2>
${says === null ? null : html`<p class="says" dir="auto">${says}</p>`}
<p class="effect"><strong>${size}</strong> <span class="between">${of === "" ? "" : `${of} `}(${interval})</span></p>
<p class="change">${change}. ${matters}</p>
${spread(kpi)}
${survival === null ? null : html`<p class="survival" dir="auto">${survival}</p>`}
</li>
`
}
