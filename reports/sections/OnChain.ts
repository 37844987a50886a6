/** What happened on chain: contracts, calls, gas. */
import { count, counted, money } from "../format/Quantity.ts"
import { shortHex } from "../format/Short.ts"
import { exact, html, type Markup, type Part } from "../html/Html.ts"
import { table } from "../html/Table.ts"
import type { RunFacts } from "../run/ReadRun.ts"
import type { Section } from "./Section.ts"

/** Errors listed; the table `transactions` has all. */
const MOST_ERRORS = 20

/** The section. */
export function onChain({ manifest, activity, earnings }: RunFacts): Section {
  const { counts, contracts, scenario } = manifest
  const { calls, statuses, errors, gas } = activity
  const paid = earnings.reduce((sum, each) => sum + each.gas, 0)
  return {
    id: "on-chain",
    title: "What happened on chain",
    body: html`<p>${counted(counts.transactions, "transaction")} in ${counted(counts.blocks, "block")} used ${exact(gas, count(gas))} gas and left ${counted(counts.events, "event")}. Agents paid ${exact(paid, money(paid))} <bdi>${scenario.numeraire}</bdi> for gas.</p>
<h3>Calls</h3>
${table({
  label: "Transactions by function and status",
  columns: [
    { heading: "Function" },
    { heading: "Sent by" },
    ...statuses.map((status) => ({ heading: status === "ok" ? "OK" : status, numeric: true })),
    { heading: "Gas", numeric: true },
    { heading: "Gas per call", numeric: true }
  ],
  rows: calls.map((call): readonly Part[] => [
    html`<code>${call.contract}.${call.fn}</code>`,
    call.by.join(", "),
    ...statuses.map((status) => {
      const times = call.statuses.get(status) ?? 0
      return exact(times, count(times))
    }),
    exact(call.gas, count(call.gas)),
    count(Math.round(call.gas / call.total))
  ]),
  empty: "No transaction was sent."
})}
${errors.length === 0 ? null : failures(errors)}
<h3>Contracts</h3>
${table({
  label: "Contracts",
  columns: [{ heading: "Called" }, { heading: "Contract" }, { heading: "Address" }, { heading: "Bytecode hash" }],
  rows: contracts.map(({ key, name, address, bytecodeHash, token }): readonly Part[] => [
    html`<code>${key}</code>`,
    html`${name}${token ? html` <span class="kpi">token</span>` : null}`,
    html`<code>${address}</code>`,
    html`<code title="${bytecodeHash}">${shortHex(bytecodeHash)}</code>`
  ]),
  empty: "No contract was deployed."
})}`
  }
}

function failures(errors: readonly (readonly [string, number])[]): Markup {
  const more = errors.length - MOST_ERRORS
  return html`<h3>Why transactions failed</h3>
${table({
  label: "Errors of transactions",
  ...(more > 0
    ? { caption: `The ${MOST_ERRORS} most frequent; ${counted(more, "other")} in transactions.parquet.` }
    : {}),
  columns: [{ heading: "Error" }, { heading: "Times", numeric: true }],
  rows: errors.slice(0, MOST_ERRORS).map(([error, times]): readonly Part[] => [error, exact(times, count(times))])
})}`
}
