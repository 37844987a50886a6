/**
 * The part of a page that runs the scenario again: which arm, which seeds, which Params, and what came of it.
 *
 * What stands here needs no script to be read; `page/` brings it to life. Everything foreign is made visible.
 */
import { counted } from "../format/Quantity.ts"
import { visible } from "../format/Visible.ts"
import { foreign, html, json, type Markup, trusted } from "../html/Html.ts"
import { bounds } from "../sections/Params.ts"
import type { Section } from "../sections/Section.ts"
import { pageBundle, type RerunBundle } from "./Bundle.ts"
import { MOST_SEEDS, PLACES } from "./Places.ts"
import { declaredIn, type RerunFacts } from "./Rerun.ts"
import { positionOf, STEPS, slidOf } from "./Scale.ts"

/** What the section is made of. */
export interface Rerun extends RerunFacts {
  readonly bundle: RerunBundle
  /** The command that does a published run again from a checkout. */
  readonly command: string
  /** The section that has the published digests. */
  readonly digests: Pick<Section, "id" | "title">
}

/** The section, the data that the page must carry, and the script that it must run after Vega's. */
export interface RerunPart {
  readonly section: Section
  readonly payload: Markup
  readonly script: string
}

/** The part. */
export async function rerunSection({ bundle, command, digests, ...facts }: Rerun): Promise<RerunPart> {
  const carried = (id: string, text: string): Markup =>
    html`<script type="text/plain" id="${id}">${trusted(text)}</script>\n`
  return {
    section: { id: "rerun", title: "Run it again in this page", body: body(facts, command, digests) },
    payload: html`<script type="application/json" id="${PLACES.facts}">${json(facts)}</script>
${carried(PLACES.worker, bundle.worker)}${carried(PLACES.wasm, bundle.wasm)}${carried(PLACES.artifacts, bundle.artifacts)}`,
    script: await pageBundle()
  }
}

function body(facts: RerunFacts, command: string, digests: Rerun["digests"]): Markup {
  const [first] = facts.published
  const arm = first?.arm ?? "baseline"
  return html`<p class="note">This page carries the contracts, the agents and a chain. It can make a run again here, without a network, and make others: with another seed, another arm, or other values.</p>
<noscript><p class="quiet">That takes scripts, which do not run here.</p></noscript>
<form id="${PLACES.form}" class="rerun" hidden>
<div class="asked">${armPicker(facts, arm)}
<label><span>Seed</span><input name="seed" inputmode="numeric" pattern="[0-9]+" title="a whole number, 0 or more" required autocomplete="off" value="${String(first?.seed ?? 1)}"></label>
<label><span>Seeds in a row</span><input name="seeds" type="number" min="1" max="${MOST_SEEDS}" required value="1"></label></div>
${knobs(facts, arm)}
<div class="act"><button type="submit" id="${PLACES.go}">Run</button> <button type="button" id="${PLACES.stop}" disabled>Stop</button> <button type="reset">Put back</button>
<p id="${PLACES.plan}" class="plan"></p></div>
<div id="${PLACES.progress}" class="progress"></div>
<div id="${PLACES.said}" class="said" role="status"></div>
</form>
<div id="${PLACES.results}" class="results"></div>
<h3>What equal digests prove, and what they do not</h3>
<p class="note">A digest is a hash of all that happened, to the last unit. When yours equal the published ones, what this page carries does give what this page says of that run. Nothing was made up afterwards, in the numbers of that run.</p>
<p class="note">They do not prove that what it carries is the right code: a page vouches for its arithmetic, not for its own honesty. A page made to deceive could carry other contracts, other agents, or a script that always says yes. To know, make the run from a copy of mesocosm that you trust, and compare the digests it prints with those under <a href="#${digests.id}">${digests.title}</a>:</p>
<pre><code id="${PLACES.command}">${command}</code></pre>`
}

function armPicker({ arms }: RerunFacts, chosen: string): Markup {
  const names = Object.keys(arms)
  return html`<label><span>Arm</span><select name="arm">${names.map(
    (name, at) =>
      html`<option value="${String(at)}"${name === chosen ? trusted(" selected") : null}>${visible(name)}</option>`
  )}</select></label>`
}

function knobs(facts: RerunFacts, arm: string): Markup {
  const movable = facts.params.map((param, at) => ({ param, at })).filter(({ param }) => param.domain !== null)
  if (movable.length === 0) {
    return html`<p class="quiet">No Param of this scenario has a domain, so none can be moved here.</p>`
  }
  const armed = new Set(Object.values(facts.arms).flatMap((sets) => Object.keys(sets)))
  const first = movable.filter(({ param }) => armed.has(param.name))
  const rest = movable.filter(({ param }) => !armed.has(param.name))
  const grid = (some: typeof movable): Markup =>
    html`<div class="knobs">${some.map(({ param, at }) => knob(facts, param, at, arm))}</div>`
  const open = first.length === 0 || movable.length <= 6
  return html`<fieldset><legend>Params that may be moved</legend>
${open ? grid(movable) : html`${grid(first)}<details><summary>${counted(rest.length, "Param")} more</summary>${grid(rest)}</details>`}</fieldset>`
}

function knob(facts: RerunFacts, param: RerunFacts["params"][number], at: number, arm: string): Markup {
  const { unit, domain } = param
  const name = visible(param.name)
  const value = declaredIn(facts, arm, param.name)
  const id = `rerun-param-${at}`
  const shownUnit = unit === "numeraire" ? facts.numeraire : unit === "ratio" ? "" : unit
  if (unit === "choice") {
    return html`<div class="knob"><label for="${id}"><code>${name}</code></label>
<select id="${id}" data-param="${String(at)}">${(domain ?? []).map(
      (each, index) =>
        html`<option value="${String(index)}"${each === value ? trusted(" selected") : null}>${visible(each)}</option>`
    )}</select><p class="quiet" data-was></p></div>`
  }
  const slid = slidOf(param)
  return html`<div class="knob"><label for="${id}"><code>${name}</code>${shownUnit === "" ? null : html` <span class="unit">${visible(shownUnit)}</span>`}</label>
<input id="${id}" data-param="${String(at)}" inputmode="decimal" autocomplete="off" value="${value}" size="12">
${
  slid === undefined
    ? null
    : html`<input type="range" data-slides="${String(at)}" min="0" max="${String(STEPS)}" value="${String(positionOf(slid, value))}" aria-label="${name}, ${bounds(domain, unit)}">`
}<p class="quiet" data-was></p></div>`
}

/** What a page says where it cannot carry the scenario. */
export function refusedSection({ message, fix }: { readonly message: string; readonly fix: string }): Section {
  return {
    id: "rerun",
    title: "Run it again in this page",
    body: html`<p class="note" dir="auto">This page cannot run the scenario: ${foreign(visible(message))}</p>
<p class="note" dir="auto">${foreign(visible(fix))}</p>`
  }
}
