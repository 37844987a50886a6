/** Who earned what, by population, and how each profit came to be. */
import type { Live } from "../charts/Drawn.ts"
import { count, money } from "../format/Quantity.ts"
import { exact, html, type Markup, type Part, trusted } from "../html/Html.ts"
import { table } from "../html/Table.ts"
import type { Earnings } from "../run/Earnings.ts"
import type { RunFacts } from "../run/ReadRun.ts"
import { placeOf } from "./Charts.ts"
import { type FallDrawing, falls, KEY, WORDS } from "./Ledger.ts"
import type { Section } from "./Section.ts"

/** Name of the chart of profits. */
export const PROFIT_CHART = "profit-by-population"

/** The section; `bars` is the chart of profits, where there is one. */
export function earnings(
  { manifest, earnings: all }: RunFacts,
  bars: Live | undefined,
  drawings: readonly FallDrawing[]
): Section {
  const { numeraire } = manifest.scenario
  return {
    id: "earnings",
    title: "Who earned what",
    body: html`${
      bars === undefined
        ? null
        : html`<article class="chart wide" aria-labelledby="${placeOf(PROFIT_CHART)}-heading"><h3 id="${placeOf(PROFIT_CHART)}-heading">Profit of each population, all its agents together</h3>
<div class="place bars" id="${placeOf(PROFIT_CHART)}">${trusted(bars.drawing)}</div></article>`
    }
${drawings.length === 0 ? null : html`<h3>How each profit came to be</h3>${KEY}${falls(drawings)}`}
${table({
  label: "Earnings by population",
  caption: html`In <bdi>${numeraire}</bdi>, all agents of a population together.`,
  columns: [
    { heading: "Population" },
    ...["Received", "Sent", "Gas", "Spent", "Capital", "Change in value", "Profit"].map((heading) => ({
      heading,
      numeric: true
    }))
  ],
  rows: all.map((each): readonly Part[] => [each.population, ...sums(each)]),
  empty: "No agent acted."
})}
${
  all.length === 0
    ? null
    : table({
        label: "Profit per agent, by population",
        caption: html`Profit of one agent, in <bdi>${numeraire}</bdi>.`,
        columns: [
          { heading: "Population" },
          ...["Agents", "Identities", "Median profit", "Range of profit"].map((heading) => ({ heading, numeric: true }))
        ],
        rows: all.map((each): readonly Part[] => [
          each.population,
          exact(each.agents, count(each.agents)),
          exact(each.identities, count(each.identities)),
          ...spread(each)
        ])
      })
}
${WORDS}`
  }
}

function figure(value: number): Markup {
  return exact(value, money(value))
}

function sums({ agents, received, sent, gas, spent, capital, change, profit }: Earnings): readonly Part[] {
  const all = [received, sent, gas, spent, capital, change, profit]
  return agents === 0 ? all.map(() => "–") : all.map(figure)
}

function spread({ each }: Earnings): readonly Part[] {
  if (each === null) return ["–", "–"]
  const alike = money(each.low) === money(each.high)
  return [figure(each.median), alike ? "–" : html`${figure(each.low)} to ${figure(each.high)}`]
}
