/** The head of a comparison: the question, what stands beside what, and how little that proves. */
import { counted, listed } from "../format/Quantity.ts"
import { span } from "../format/Span.ts"
import { foreign, html, type Markup, sentence } from "../html/Html.ts"
import { type ComparedArm, type Comparison, differing, seedsOf } from "../run/Comparison.ts"
import { grouped } from "../sections/Params.ts"

/** What is compared, in one sentence of plain text. */
export function summaryOf({ manifest, arms, seeds }: Comparison): string {
  return `Comparison of runs: scenario ${manifest.spec.scenario}, ${armsWord(arms)} ${listed(arms.map(({ label }) => label))}, ${seedsWord(seeds)}.`
}

/** The head. */
export function head(comparison: Comparison): Markup {
  const { manifest, arms, seeds, doubts } = comparison
  const { scenario, spec } = manifest
  const runs = arms.reduce((sum, arm) => sum + arm.runs.length, 0)
  return html`<header>
<p class="kicker">Comparison of ${counted(runs, "run")} <span>scenario ${foreign(spec.scenario)}</span> <span>${counted(arms.length, "arm")}</span> <span>${seedsWord(seeds)}</span></p>
<h1 dir="auto">${scenario.question ?? scenario.id}</h1>
${scenario.about === null ? null : html`<p class="lede" dir="auto">${scenario.about}</p>`}
<p>${what(comparison)}</p>
<div class="status partial">
<p class="loud">${Math.max(...arms.map((arm) => arm.runs.length)) === 1 ? "One run per arm is an anecdote" : "A few runs are anecdotes"}</p>
<p>${sample(comparison)} No interval and no verdict stands here: another seed may turn any difference below around. To know, run an experiment over many paired seeds.</p>
</div>
${
  doubts.length === 0
    ? null
    : html`<div class="status failed"><p class="loud">Read with care</p><ul>${doubts.map((doubt) => html`<li dir="auto">${doubt}</li>`)}</ul></div>`
}
</header>
`
}

/** `seed 7`, `seeds 7 and 8`, or how many there are. */
export function seedsWord(seeds: readonly number[]): string {
  if (seeds.length === 1) return `seed ${seeds[0]}`
  return seeds.length > 8 ? `${seeds.length} seeds` : `seeds ${listed(seeds.map(String))}`
}

function armsWord(arms: readonly ComparedArm[]): string {
  return arms.length === 1 ? "arm" : "arms"
}

function what(comparison: Comparison): Markup {
  const { manifest, arms, reference } = comparison
  const others = arms.filter((arm) => arm !== reference)
  const over = `Each run lasts ${span(manifest.spec.horizon)} of simulated time`
  if (others.length === 0) {
    return html`Runs of one arm, ${foreign(reference.label)}, that differ in nothing but their seed. ${over}.`
  }
  const changed = differing(comparison)
  const told = others.map((arm) => html`arm ${foreign(arm.label)}${changes(arm, reference, changed)}`)
  const are = told.length === 1 ? "is" : "are"
  return html`Here ${sentence(told)} ${are} set beside arm ${foreign(reference.label)}. ${over}. Equal seeds mean equal chance: what the agents and the Environment draw is the same in each arm, so that what differs comes from the Params, and from what it led to.`
}

function changes(arm: ComparedArm, reference: ComparedArm, names: readonly string[]): Markup | null {
  const at = (of: ComparedArm, name: string): string =>
    of.runs[0]?.manifest.params.find((each) => each.name === name)?.value ?? "none"
  const told = names
    .filter((name) => at(arm, name) !== at(reference, name))
    .map((name) => html`${foreign(name)} ${grouped(at(arm, name))} instead of ${grouped(at(reference, name))}`)
  return told.length === 0 ? null : html` (${sentence(told)})`
}

function sample({ arms }: Comparison): string {
  const many = arms.map(({ runs }) => seedsOf(runs).length)
  const [least, most] = [Math.min(...many), Math.max(...many)]
  if (most === 1) return "Each arm was run with one seed (n = 1)."
  const told = arms.map(({ label, runs }) => `${label} n = ${seedsOf(runs).length}`)
  return least === most ? `Each arm was run with ${most} seeds (n = ${most}).` : `Seeds per arm: ${told.join(", ")}.`
}
