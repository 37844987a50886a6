/** The first screen of an experiment's report: the question, the answer per KPI, how sure it is, and what it rests on. */
import type { ArmComparison, AssumedClaim } from "../../sim/store/Analysis.ts"
import { counted, difference, listed, quantity } from "../format/Quantity.ts"
import { words } from "../format/Short.ts"
import { foreign, html, type Markup } from "../html/Html.ts"
import type { ExperimentFacts } from "./Facts.ts"

/** What was done, in one sentence of plain text. */
export function summaryOf({ manifest }: ExperimentFacts): string {
  const { design } = manifest
  return `Experiment: scenario ${design.scenario}, ${listed(design.arms)}; ${manifest.runs.complete} runs.`
}

/** The head. */
export function head(facts: ExperimentFacts): Markup {
  const { manifest, analysis, arms } = facts
  const { design } = manifest
  const scenario = [...arms.values()][0]?.scenario
  const what = {
    replicas: "One arm over many seeds",
    compare: "Comparison",
    sweep: "Sweep",
    sensitivity: "Sensitivity"
  }
  const points = design.points.length
  return html`<header>
<p class="kicker">${what[design.kind]} <span>scenario ${foreign(design.scenario)}</span> <span>${points === 0 ? counted(design.seeds.count, "seed") : `${counted(points, "point")}, ${counted(design.seeds.count, "seed")} at each`}</span></p>
<h1 dir="auto">${scenario?.question ?? design.scenario}</h1>
${scenario?.about == null ? null : html`<p class="lede" dir="auto">${scenario.about}</p>`}
${analysis.comparisons.map((compared) => answer(facts, compared))}
<div class="status partial">
<p class="loud">What it rests on</p>
<ul>${restsOn(facts).map((line) => html`<li>${line}</li>`)}</ul>
</div>
</header>
`
}

/** What one arm changes, KPI by KPI, in sentences. */
function answer(facts: ExperimentFacts, compared: ArmComparison): Markup {
  const { arm, kpis, pairs } = compared
  const { analysis } = facts
  const changes = changedBy(facts, arm)
  return html`<section class="answer" aria-label="What ${arm} changes">
<p><strong>${foreign(arm)}</strong>${changes === "" ? null : html` (${changes})`}, set against ${foreign(analysis.reference)} on the same ${counted(pairs, "seed")}:</p>
${
  kpis.length === 0
    ? html`<p class="quiet">No metric of this scenario says what matters, so nothing is judged.</p>`
    : html`<ul class="omits">${kpis.map((judgement) => {
        const { name, effect, verdict, matters } = judgement
        const style = facts.style(name)
        const claim = analysis.assumptions?.claims.find((each) => each.arm === arm && each.metric === name)
        return html`<li><strong>${verdict}</strong>: <span dir="auto">${words(name)}</span>: ${quantity(effect.treatment, style)} instead of ${quantity(effect.baseline, style)}, ${difference(effect.effect, style)} (${difference(effect.low, style)} to ${difference(effect.high, style)}${effect.approximate ? ", approximate" : ""}).
${verdict === null ? null : html`<span class="quiet">${meaning(verdict, matters === null ? "" : difference(matters.by, style).replace("+", ""))}</span>`} ${claim === undefined ? null : survival(claim)}</li>`
      })}</ul>`
}
<p class="quiet">In brackets: <em>simulation interval, given the assumptions</em>. It is the error of simulating ${counted(pairs, "seed")} and no more; levels stand in the table below.</p>
</section>`
}

function meaning(verdict: string, by: string): string {
  if (verdict === "same") return `Same: the difference is smaller than ${by}, which is the least that matters.`
  if (verdict === "undecided") return "Undecided: more seeds could turn it either way."
  return `The least that matters is ${by}.`
}

/** How far a claim survives the assumptions. */
function survival({ share, flip }: AssumedClaim): Markup {
  const percent = (value: number): string => `${Math.round(value * 100)} %`
  const held = html`Within the assumed ranges it holds in ${percent(share.share)} of ${counted(share.n, "point")} (${percent(share.low)} to ${percent(share.high)})`
  if (flip?.clear === true) {
    return html`<span>${held}; it flips where <code>${flip.name}</code> passes ${flip.written.at} (${flip.written.low} to ${flip.written.high}), and holds ${flip.holds} that.</span>`
  }
  return html`<span>${held}; ${share.holds === share.n ? "no assumption flips it" : "no single assumption flips it"}.</span>`
}

/** The Params that an arm sets otherwise than the reference. */
function changedBy({ arms, analysis }: ExperimentFacts, arm: string): string {
  const reference = arms.get(analysis.reference)?.params
  const told = (arms.get(arm)?.params ?? []).flatMap(({ name, value }) => {
    const before = reference?.find((each) => each.name === name)?.value
    return before === undefined || before === value ? [] : [`${name} ${value} instead of ${before}`]
  })
  return listed(told)
}

function restsOn({ manifest, analysis }: ExperimentFacts): readonly string[] {
  const { design, runs, audited, chain } = manifest
  const same = audited.filter((each) => each.same).length
  const other = chain === "revm" ? "Hardhat" : "revm"
  const paired =
    design.arms.length > 1
      ? [
          "Arms run on the same seeds: what agents and the Environment draw is the same in each, so that differences come from the Params."
        ]
      : []
  return [
    `${counted(runs.complete, "run")} of real contracts on ${chain === "revm" ? "revm" : "Hardhat"}; ${runs.failed === 0 ? "none failed" : `${counted(runs.failed, "run")} failed and ${runs.failed === 1 ? "is" : "are"} left out`}.`,
    ...paired,
    audited.length === 0 ? `Not audited on ${other}.` : `Audited on ${other}: ${same} of ${audited.length} identical.`,
    analysis.assumptions === null && analysis.comparisons.length > 0
      ? "Whether it survives other assumptions was not asked (--over-assumptions)."
      : "Agents act as their behaviours say; what is not modelled stands below."
  ]
}
