/** Tables: a caption, headings with scope, and a region that scrolls when the screen is narrow. */
import { html, type Markup, type Part } from "./Html.ts"

/** One column: its heading, and whether it holds numbers. */
export interface Column {
  readonly heading: Part
  readonly numeric?: boolean
}

/** What a table shows; the first cell of a row names it. */
export interface TableData {
  /** Names the region for those who do not see it. */
  readonly label: string
  readonly caption?: Part
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Part[])[]
  /** Says what is meant when there is no row. */
  readonly empty?: string
}

/** A table. */
export function table({ label, caption, columns, rows, empty }: TableData): Markup {
  if (rows.length === 0) return html`<p class="quiet">${empty ?? "Nothing."}</p>`
  const numeric = (index: number): Part => columns[index]?.numeric === true && html` class="number"`
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table>
${caption === undefined ? null : html`<caption>${caption}</caption>`}
<thead><tr>${columns.map(({ heading }, index) => html`<th scope="col"${numeric(index)}>${heading}</th>`)}</tr></thead>
<tbody>${rows.map(
    (cells) => html`<tr>${cells.map((cell, index) =>
      index === 0
        ? html`<th scope="row" dir="auto"${numeric(index)}>${cell}</th>`
        : html`<td dir="auto"${numeric(index)}>${cell}</td>`
    )}</tr>
`
  )}</tbody></table></div>`
}
