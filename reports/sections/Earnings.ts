/** Who earned what, by population. */
import type { Live } from "../charts/Drawn.ts"
import { PROFIT_CHART } from "../charts/RunCharts.ts"
import { count, money } from "../format/Quantity.ts"
import { exact, html, type Markup, type Part, trusted } from "../html/Html.ts"
import { table } from "../html/Table.ts"
import type { RunFacts } from "../run/ReadRun.ts"
import { placeOf } from "./Charts.ts"
import type { Section } from "./Section.ts"

/** The section; `bars` is the chart of profits, where there is one. */
export function earnings({ manifest, earnings: all }: RunFacts, bars: Live | undefined): Section {
  const { numeraire } = manifest.scenario
  const figure = (value: number): Markup => exact(value, money(value))
  const rows = all.map((each): readonly Part[] => {
    const sums = [each.received, each.spent, each.gas, each.capital, each.profit]
    const spread =
      each.each === null
        ? ["–", "–"]
        : [
            figure(each.each.median),
            money(each.each.low) === money(each.each.high)
              ? "–"
              : html`${figure(each.each.low)} to ${figure(each.each.high)}`
          ]
    return [
      each.population,
      exact(each.agents, count(each.agents)),
      exact(each.identities, count(each.identities)),
      ...(each.agents === 0 ? sums.map(() => "–") : sums.map(figure)),
      ...spread
    ]
  })
  return {
    id: "earnings",
    title: "Who earned what",
    body: html`${
      bars === undefined
        ? null
        : html`<article class="chart wide" aria-labelledby="${placeOf(PROFIT_CHART)}-heading"><h3 id="${placeOf(PROFIT_CHART)}-heading">Profit of each population, all its agents together</h3>
<div class="place bars" id="${placeOf(PROFIT_CHART)}">${trusted(bars.drawing)}</div></article>`
    }
${table({
  label: "Earnings by population",
  caption: html`In <bdi>${numeraire}</bdi>, per population; the last two columns are per agent.`,
  columns: [
    { heading: "Population" },
    ...[
      "Agents",
      "Identities",
      "Received",
      "Spent",
      "Gas",
      "Capital",
      "Profit",
      "Median profit",
      "Range of profit"
    ].map((heading) => ({ heading, numeric: true }))
  ],
  rows,
  empty: "No agent acted."
})}
<p class="note">Profit is the worth of what is held and locked, less what was given at the start, gas, spending outside the chain, and the cost of locked capital. <strong>It values tokens at the scenario's prices</strong>, not at what a market would pay if all were sold.</p>`
  }
}
