/** Elements, made and found. Text goes in as text: nothing here is ever parsed as HTML. */

/** What may stand in an element; null and false leave nothing. */
export type Child = Node | string | null | false | readonly Child[]

/** Makes an element. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: { readonly [name: string]: string | undefined },
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value)
  made.append(...nodes(children))
  return made
}

function nodes(children: readonly Child[]): readonly (Node | string)[] {
  return children.flatMap((child) => {
    if (child === null || child === false) return []
    return typeof child === "string" || child instanceof Node ? [child] : nodes(child)
  })
}

/** The element of an id, which this room put into the page. */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`the page has no element ${id}`)
  return found
}

/** A table in a region that scrolls; the first cell of a row names it. */
export function table(
  label: string,
  headings: readonly Child[],
  rows: readonly (readonly Child[])[],
  numeric: readonly number[] = []
): HTMLElement {
  const kind = (at: number): string | undefined => (numeric.includes(at) ? "number" : undefined)
  return element(
    "div",
    { class: "scroll", role: "region", "aria-label": label, tabindex: "0" },
    element(
      "table",
      {},
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          headings.map((heading, at) => element("th", { scope: "col", class: kind(at) }, heading))
        )
      ),
      element(
        "tbody",
        {},
        rows.map((cells) =>
          element(
            "tr",
            {},
            cells.map((cell, at) =>
              at === 0
                ? element("th", { scope: "row", dir: "auto", class: kind(at) }, cell)
                : element("td", { dir: "auto", class: kind(at) }, cell)
            )
          )
        )
      )
    )
  )
}
