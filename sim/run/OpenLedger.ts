/** The ledger of a run, with the prices and rates that the scenario declares. */
import type { Address } from "../chain/Contracts.ts"
import { Ledger } from "./Ledger.ts"
import { lockings } from "./Locking.ts"
import { type Price, Prices } from "./Prices.ts"
import type { RunOptions } from "./RunOptions.ts"
import type { RunState } from "./RunState.ts"
import type { World } from "./World.ts"

export function openLedger(options: RunOptions, world: World, state: RunState | undefined): Ledger {
  const { scenario, resolved } = options
  const { name, ether, tokens } = scenario.numeraire({ params: resolved.values })
  const priced = new Map(
    Object.entries(tokens).map(([key, price]): [Address, Price] => [world.addressOf(key, "numeraire.tokens"), price])
  )
  const locks = lockings(scenario.capital({ params: resolved.values }), world)
  const prices = new Prices({ name, ether, tokens: priced }, state?.prices)
  return new Ledger(prices, locks, (address) => world.at(address) !== undefined, state?.ledger)
}
