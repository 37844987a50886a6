/** What the scenario leaves out. */
import { html } from "../html/Html.ts"
import type { RunFacts } from "../run/ReadRun.ts"
import type { Section } from "./Section.ts"

/** The section. */
export function omits({ manifest: { scenario } }: RunFacts): Section {
  return {
    id: "omits",
    title: "What is not modelled",
    body:
      scenario.omits.length === 0
        ? html`<p class="quiet">The scenario does not say what it leaves out.</p>`
        : html`<ul class="omits">${scenario.omits.map((omit) => html`<li dir="auto">${omit}</li>`)}</ul>`
  }
}
