/** The ledger by behaviour, arm beside arm: a waterfall each on one scale, and a table. */
import type { Namer } from "../charts/Names.ts"
import { domainOf, type WaterfallData, waterfallData } from "../charts/WaterfallChart.ts"
import { count, counted, money } from "../format/Quantity.ts"
import { exact, html, type Markup, type Part } from "../html/Html.ts"
import { table } from "../html/Table.ts"
import type { Comparison } from "../run/Comparison.ts"
import type { Earnings } from "../run/Earnings.ts"
import { mean } from "../run/Mean.ts"
import { type Sums, steps } from "../run/Waterfall.ts"
import { type FallDrawing, falls, KEY, WORDS } from "../sections/Ledger.ts"
import type { Section } from "../sections/Section.ts"

/** Waterfalls of which one is longer than another by more than this have scales of their own. */
const MOST_APART = 3

/** A population in one arm: means over its complete runs. */
export interface ArmSums extends Sums {
  readonly arm: string
  readonly runs: number
  readonly agents: number
  readonly identities: number
}

/** A population in all arms that have a complete run. */
export interface PopulationLedger {
  readonly population: string
  readonly behaviour: string
  readonly arms: readonly ArmSums[]
  /** Whether its waterfalls are on one scale. */
  readonly alike: boolean
  /** A waterfall per arm, in order. */
  readonly falls: readonly { readonly name: string; readonly data: WaterfallData }[]
}

/** Every population that has agents in some arm. */
export function ledgers({ arms, manifest }: Comparison, name: Namer): readonly PopulationLedger[] {
  const all = new Map<string, Earnings>()
  for (const { whole } of arms)
    for (const { earnings } of whole) for (const each of earnings) if (each.agents > 0) all.set(each.population, each)
  return [...all.values()].map(({ population, behaviour }) => {
    const sums = arms.flatMap(({ label, whole }) => {
      const own = whole.flatMap(({ earnings }) => earnings.filter((each) => each.population === population))
      return own.length === 0 ? [] : [armSums(label, own)]
    })
    const each = sums.map((sum) => steps(sum))
    const domain = domainOf(each.flat())
    const spans = each.map((own) => spanOf(domainOf(own)))
    const alike = Math.max(...spans) <= MOST_APART * Math.min(...spans)
    return {
      population,
      behaviour,
      arms: sums,
      alike,
      falls: sums.map(({ arm, agents, runs }, at) => ({
        name: name(["ledger", population, arm]),
        data: waterfallData({
          title: arm,
          says: `${counted(agents, "agent")}${runs > 1 ? `, mean of ${runs} runs` : ""}`,
          numeraire: manifest.scenario.numeraire,
          steps: each[at] ?? [],
          ...(alike ? { domain } : {})
        })
      }))
    }
  })
}

function spanOf([low, high]: WaterfallData["domain"]): number {
  return high - low
}

function armSums(arm: string, own: readonly Earnings[]): ArmSums {
  const of = (column: keyof Sums | "agents" | "identities"): number => mean(own.map((each) => each[column])) ?? 0
  return {
    arm,
    runs: own.length,
    agents: of("agents"),
    identities: of("identities"),
    received: of("received"),
    sent: of("sent"),
    gas: of("gas"),
    spent: of("spent"),
    capital: of("capital"),
    change: of("change"),
    profit: of("profit")
  }
}

/** The section; `drawings` has the waterfalls by name. */
export function ledger(
  all: readonly PopulationLedger[],
  drawings: ReadonlyMap<string, string>,
  numeraire: string
): Section {
  return {
    id: "earnings",
    title: "Who earned what",
    body: html`<p class="note">The ledger of each population, all its agents together, in <bdi>${numeraire}</bdi>. Within a population the arms are on one scale, unless it says otherwise.</p>
${all.length === 0 ? html`<p class="quiet">No agent acted in a complete run.</p>` : KEY}
${all.map((each) => population(each, drawings, numeraire))}
${WORDS}`
  }
}

function population(
  { population: name, behaviour, arms, alike, falls: all }: PopulationLedger,
  drawings: ReadonlyMap<string, string>,
  numeraire: string
): Markup {
  const figures = all.map(({ name: id, data }): FallDrawing => ({ ...data, drawing: drawings.get(id) ?? "" }))
  return html`<h3 dir="auto">${name} <span class="unit">${behaviour}</span></h3>
${alike ? null : html`<p class="note">Each arm on a scale of its own: side by side on one, the smaller could not be read.</p>`}
${falls(figures)}
<details><summary>The ledger of ${name} as a table</summary>
${table({
  label: `Ledger of ${name} by arm`,
  caption: html`<bdi>${name}</bdi>, in <bdi>${numeraire}</bdi>.`,
  columns: [
    { heading: "Arm" },
    ...["Agents", "Identities", "Received", "Sent", "Gas", "Spent", "Capital", "Change in value", "Profit"].map(
      (heading) => ({ heading, numeric: true })
    )
  ],
  rows: arms.map((each): readonly Part[] => [
    each.arm,
    exact(each.agents, count(each.agents)),
    exact(each.identities, count(each.identities)),
    ...[each.received, each.sent, each.gas, each.spent, each.capital, each.change, each.profit].map((value) =>
      exact(value, money(value))
    )
  ])
})}
</details>`
}
