/** Whether strategic agents could have done better: each against its deviations. */
import { decimal, difference, freeStyle, quantity } from "../format/Quantity.ts"
import { exact, foreign, html, type Markup, type Part } from "../html/Html.ts"
import { table } from "../html/Table.ts"
import type { Section } from "../sections/Section.ts"
import type { Findings, Interval, Strategic } from "./Findings.ts"

/** The section. */
export function strategic({ exploitability, numeraire, mostRegret }: Findings): Section {
  return {
    id: "exploitability",
    title: "Could they have done better?",
    body: html`<p>The first agent of a population plays each deviation alone: everybody else, and all chance, stay as they are. Regret is what the best deviation adds.</p>
${exploitability.map((each) => one(each, numeraire, mostRegret))}`
  }
}

function one(
  { population, behaviour, own, deviations, best, regret, share }: Strategic,
  numeraire: string,
  most: number
): Markup {
  const style = freeStyle(numeraire)
  const verdict =
    best === undefined
      ? "No deviation earns more."
      : `Regret ${quantity(regret, style)}, ${Number.isFinite(share) ? `${decimal(share * 100)} % of its profit` : "and it earns nothing itself"}: ${best.deviation}.`
  return html`<h3 dir="auto">${foreign(population)}: ${foreign(behaviour)}</h3>
<p>It earns ${quantity(own.mean, style)}${interval(own)}.</p>
${table({
  label: `${population}: deviations`,
  columns: [{ heading: "Deviation" }, ...addsColumns(numeraire)],
  rows: deviations.map(({ deviation, gain }): readonly Part[] => [
    deviation,
    exact(gain.mean, signed(gain.mean)),
    ends(gain)
  ])
})}
<p class="${share <= most ? "held" : "broken"}" dir="auto">${share <= most ? "✓" : "✕"} ${verdict}</p>`
}

function addsColumns(numeraire: string): readonly { readonly heading: Part; readonly numeric: boolean }[] {
  return [
    { heading: html`Adds <span class="unit">${numeraire}</span>`, numeric: true },
    { heading: "95 % interval", numeric: true }
  ]
}

/** A difference in a column whose heading has the unit. */
export function signed(value: number): string {
  return difference(value, freeStyle(""))
}

/** An interval behind a mean in a sentence; nothing of a single seed. */
export function interval(of: Interval): string {
  return of.n > 1 ? ` (${ends(of)})` : ""
}

/** The ends of an interval. */
export function ends({ low, high, n }: Interval): string {
  return n > 1 ? `${decimal(low)} to ${decimal(high)}` : "none from one seed"
}
