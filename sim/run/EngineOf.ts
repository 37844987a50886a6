/** What the engine does for agents (`Engine`), made of the parts of a run. */

import type { Chain } from "../chain/Chain.ts"
import type { Address } from "../chain/Contracts.ts"
import type { Read } from "../chain/Step.ts"
import { wholeUnits } from "../scenario/Units.ts"
import type { Accounts } from "./Accounts.ts"
import type { Engine } from "./Agents.ts"
import type { Waiting } from "./BlockBuilder.ts"
import type { Books } from "./Books.ts"
import type { Ledger } from "./Ledger.ts"
import type { Outside } from "./Outside.ts"

export interface EngineParts {
  readonly chain: Chain
  readonly accounts: Accounts
  readonly ledger: Ledger
  readonly books: Books
  readonly outside: Outside
  readonly blockEvery: number
  /** Addresses of the contracts that the agents of a population know. */
  readonly known: (population: string) => ReadonlySet<Address>
  /** The run as it goes on. */
  readonly moment: { readonly time: number; readonly waiting: readonly Waiting[] }
  /** Wei per gas now. */
  readonly gasPrice: () => bigint
}

export function engineOf(parts: EngineParts): Engine {
  const { chain, accounts, ledger, books, outside, moment, gasPrice } = parts
  const { prices } = ledger

  /** The token, or the only one with a price. */
  const priced = (token: Address | undefined): Address => {
    const named = token ?? prices.only()
    if (named === undefined) throw new Error(`asks what an amount is worth, and ${prices.count} tokens have a price`)
    if (prices.price(named) === undefined) throw new Error(`asks for the price of ${named}, which has none`)
    return named
  }

  const engine: Engine = {
    get time() {
      return moment.time
    },
    blockEvery: parts.blockEvery,
    created(agent, identity, wei, cost) {
      accounts.created(identity, wei)
      ledger.own(identity, agent.id)
      if (cost > 0n) engine.spend(agent, "identities", cost)
    },
    gasCost: ({ population }, fn) =>
      ledger.worthOfWei(BigInt(accounts.gasOf(fn, parts.known(population))) * gasPrice()),
    spend(agent, reason, amount) {
      const account = ledger.account(agent.id)
      if (account !== undefined) account.spent.set(reason, (account.spent.get(reason) ?? 0n) + amount)
      books.digest.row("outlays").whole(moment.time).text(agent.id).text(reason).big(amount)
      books.recorder.add("outlays", {
        time: moment.time,
        population: agent.population,
        agent: agent.id,
        reason,
        amount: amount.toString(),
        money: wholeUnits(amount)
      })
    },
    balance: (identity): Read<bigint> => chain.balance(identity),
    worth: (amount, token) => prices.worth(priced(token), amount),
    fetches: (amount, token) => prices.fetches(priced(token), amount),
    sensed: (names) => outside.sensed(names),
    pending: () => moment.waiting.map(({ intent }) => intent)
  }
  return engine
}
