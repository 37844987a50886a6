/** The head of the report: the question, what was run, and how it went. */

import { outOfGasSays } from "../format/OutOfGas.ts"
import { count, counted, listed } from "../format/Quantity.ts"
import { span } from "../format/Span.ts"
import { foreign, html, type Markup, sentence } from "../html/Html.ts"
import type { RunFacts } from "../run/ReadRun.ts"
import { auditPassed } from "./Checks.ts"

/** The title of a run's page. */
export function titleOf({ manifest: { scenario } }: RunFacts): string {
  return scenario.question ?? scenario.id
}

/** What was run, in one sentence of plain text. */
export function summaryOf({ manifest: { spec } }: RunFacts): string {
  return `Report of a run: scenario ${spec.scenario}, arm ${spec.arm}, seed ${spec.seed}, ${span(spec.horizon)}.`
}

/** The head. */
export function head(run: RunFacts): Markup {
  const { manifest } = run
  const { spec, scenario } = manifest
  const set = manifest.params.filter(({ setBy }) => setBy === "set")
  return html`<header>
<p class="kicker">Report of a run <span>scenario ${foreign(spec.scenario)}</span> <span>arm ${foreign(spec.arm)}</span> <span>seed ${String(spec.seed)}</span>${set.length === 0 ? null : html` <span>with ${foreign(set.map(({ name, value }) => `${name}=${value}`).join(", "))}</span>`}</p>
<h1 dir="auto">${titleOf(run)}</h1>
${scenario.about === null ? null : html`<p class="lede" dir="auto">${scenario.about}</p>`}
${status(run)}
<p>${whatWasRun(run)}</p>
</header>
`
}

function whatWasRun({ manifest }: RunFacts): Markup {
  const { spec, populations, contracts, counts, host } = manifest
  const acting = populations
    .filter(({ agents }) => agents > 0)
    .map(({ name, behaviour, agents, identities }) => {
      const as = identities === agents ? "" : ` with ${counted(identities, "identity", "identities")}`
      return html`${counted(agents, "agent")} of population ${foreign(name)} (${foreign(behaviour)}${as})`
    })
  const empty = populations.filter(({ agents }) => agents === 0).map(({ name }) => foreign(name))
  const on = contracts.map(({ name }) => foreign(name))
  const sent = counted(counts.transactions, "transaction")
  const dry = (manifest.reverts ?? []).flatMap((each) => outOfGasSays(each) ?? []).map((each) => foreign(each))
  const lost = counts.invalid === 0 ? "" : `; ${count(counts.invalid)} more never entered a block`
  return html`Over ${span(manifest.endedAt)} of simulated time, in blocks of ${span(spec.block.every)}, ${
    acting.length === 0 ? "no agent acted" : html`${sentence(acting)} acted`
  } on ${on.length === 0 ? "no contract" : html`${counted(on.length, "compiled Solidity contract")} (${sentence(on)})`}, executed by the ${host.chain} chain.
${sent}, setup included: ${counts.reverted === 0 ? "none" : count(counts.reverted)} reverted${lost}.${dry.length === 0 ? null : html` <strong>${sentence(dry)}</strong>: what came of this run may come of too little gas, and not of the contracts' rules.`}
${empty.length === 0 ? null : html`${empty.length === 1 ? "Population" : "Populations"} ${sentence(empty)} had no agents in this run.`}`
}

function status({ manifest }: RunFacts): Markup {
  const { error, checks, endedAt, spec } = manifest
  if (manifest.status === "failed") {
    return html`<div class="status failed">
<p class="loud">FAILED ${after(endedAt)}</p>
${
  error === null
    ? null
    : html`<p dir="auto"><strong>${error.tag} ${error.reason}</strong>: ${error.message}</p><p dir="auto"><strong>What to do:</strong> ${error.fix}</p>`
}
<p>Everything below is PARTIAL: it ends where the run ended.</p>
</div>`
  }
  if (manifest.status === "interrupted") {
    return html`<div class="status partial">
<p class="loud">PARTIAL: interrupted ${after(endedAt)}</p>
<p>The run was to last ${span(spec.horizon)}. Everything below ends where it was stopped.</p>
</div>`
  }
  const failed = checks.filter(({ held }) => held === false)
  if (failed.length > 0) {
    return html`<div class="status failed">
<p class="loud">${counted(failed.length, "check")} failed</p>
<ul>${failed.map(({ claim }) => html`<li dir="auto">${claim}</li>`)}</ul>
</div>`
  }
  const held = checks.filter((check) => check.held === true).length
  const said = [
    ...(checks.length === 0 ? [] : [`${count(held)} of ${counted(checks.length, "check")} held`]),
    ...(auditPassed(manifest) && manifest.audit.tokens > 0 ? ["every token accounted for"] : [])
  ]
  return html`<p class="status complete"><strong>Complete</strong>${said.length === 0 ? "." : `: ${listed(said)}.`}</p>`
}

function after(seconds: number): string {
  return seconds === 0 ? "before any simulated time passed" : `after ${span(seconds)}`
}
