/** What the report of a run and a comparison say alike of the ledger: a waterfall, its key, and its words. */
import { html, type Markup, trusted } from "../html/Html.ts"

/** A waterfall as it stands in a page. */
export interface FallDrawing {
  readonly title: string
  readonly says: string
  /** SVG. */
  readonly drawing: string
}

/** Waterfalls beside each other. */
export function falls(all: readonly FallDrawing[]): Markup {
  return html`<div class="falls">${all.map(
    ({ title, says, drawing }) =>
      html`<figure class="fall"><figcaption dir="auto"><strong>${title}</strong> <span class="says">${says}</span></figcaption>${trusted(drawing)}</figure>`
  )}</div>`
}

/** How the marks of a waterfall are told apart. */
export const KEY: Markup = html`<p class="legend key"><span><span class="swatch gain" aria-hidden="true"></span>adds: filled, with +</span> <span><span class="swatch loss" aria-hidden="true"></span>takes away: hollow, with −</span> <span><span class="swatch total" aria-hidden="true"></span>profit</span></p>`

/** What the columns of the ledger mean. */
export const WORDS: Markup = html`<p class="note">Profit is what selling all that is held and locked would fetch, less what selling the beginnings would fetch, gas, spending outside the chain, and the cost of locked capital. Received and sent count tokens at the last price, the beginnings aside; a deposit is sent when it is paid in, and received when it is paid back. <strong>Change in value</strong> is what lies between: deposits that will come back, less what selling everything at once loses against that price.</p>`
