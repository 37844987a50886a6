/** What the scenario leaves out. */
import { html } from "../html/Html.ts"
import type { RunFacts } from "../run/ReadRun.ts"
import type { Section } from "./Section.ts"

/** The section. */
export function omits({ manifest: { scenario } }: RunFacts): Section {
  return omitList(scenario.omits)
}

/** The section, of what is left out by some run; each is said once. */
export function omitList(all: readonly string[]): Section {
  const each = [...new Set(all)]
  return {
    id: "omits",
    title: "What is not modelled",
    body:
      each.length === 0
        ? html`<p class="quiet">The scenario does not say what it leaves out.</p>`
        : html`<ul class="omits">${each.map((omit) => html`<li dir="auto">${omit}</li>`)}</ul>`
  }
}
