/** The table of the agents as they are at the end: what each came to, in the numeraire. */
import type { Address } from "../chain/Contracts.ts"
import { wholeUnits } from "../scenario/Units.ts"
import type { Agent } from "./Agents.ts"
import { type Ledger, total } from "./Ledger.ts"
import { toText } from "./Plain.ts"
import type { Recorder } from "./Recorder.ts"

/** Adds a row per agent. */
export function addAgentRows(recorder: Recorder, agents: readonly Agent[], ledger: Ledger): void {
  for (const { data, behaviour } of agents) {
    const account = ledger.account(data.id)
    if (account === undefined) continue
    const valued = (flows: ReadonlyMap<string, bigint>): bigint => {
      let worth = 0n
      for (const [place, amount] of flows) worth += ledger.worth(place.slice(43) as Address, amount)
      return worth
    }
    recorder.add("agents", {
      population: data.population,
      agent: data.id,
      behaviour: behaviour.name,
      identities: data.identities.length,
      wakes: data.wakes,
      transactions: account.transactions,
      received: wholeUnits(valued(account.received)),
      sent: wholeUnits(valued(account.sent)),
      gain: wholeUnits(ledger.gain(account)),
      gas: wholeUnits(ledger.worthOfWei(account.gas)),
      spent: wholeUnits(total(account.spent)),
      capital: wholeUnits(ledger.capital(account)),
      profit: wholeUnits(ledger.profit(account)),
      traits: toText(data.traits),
      state: toText(data.state)
    })
  }
}
