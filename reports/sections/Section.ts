/** A part of the report: a heading and what stands under it. */
import { html, type Markup } from "../html/Html.ts"

export interface Section {
  /** Anchor; a plain word. */
  readonly id: string
  readonly title: string
  readonly body: Markup
}

/** The section as HTML. */
export function section({ id, title, body }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${title}</h2>
${body}
</section>
`
}

/** The list of contents. */
export function contents(sections: readonly Section[]): Markup {
  return html`<nav class="contents" aria-label="Contents"><ol>${sections.map(
    ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`
  )}</ol></nav>`
}
