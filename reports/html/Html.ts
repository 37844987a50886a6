/**
 * HTML as a template: `html\`<p>${text}</p>\``.
 *
 * Invariant: whatever is put into a template is escaped, unless it came out of one, or out of `trusted`.
 */
import { HIDDEN } from "../format/Visible.ts"

/** Text that is HTML already. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in a template; null, undefined and false leave nothing. */
export type Part = Markup | string | number | null | undefined | false | readonly Part[]

/** A template whose parts are escaped, for elements and for quoted attributes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((string, index) => string + written(parts[index])).join(""))
}

/** Declares that a text is HTML: only for what this room made itself, such as drawings of charts. */
export function trusted(text: string): Markup {
  return new Markup(text)
}

/** Foreign text inside a sentence: its direction stays its own. */
export function foreign(text: string): Markup {
  return html`<bdi>${text}</bdi>`
}

/** A number with its exact value beside the rounded one. */
export function exact(value: string | number, shown: string): Markup {
  return html`<data value="${String(value)}">${shown}</data>`
}

/** Items as a sentence lists them. */
export function sentence(items: readonly Markup[]): Markup {
  return new Markup(
    items.map(({ text }, index) => (index === 0 ? "" : index === items.length - 1 ? " and " : ", ") + text).join("")
  )
}

/** JSON for a `script` element that is no script: nothing in it can end the element, or reorder the page's source. */
export function json(data: unknown): Markup {
  const escaped = (each: string): string => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`
  return new Markup(JSON.stringify(data).replaceAll("<", escaped).replaceAll(HIDDEN, escaped))
}

const ENTITIES: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}

function written(part: Part): string {
  if (part instanceof Markup) return part.text
  if (Array.isArray(part)) return part.map(written).join("")
  if (part === null || part === undefined || part === false) return ""
  return String(part).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "")
}
