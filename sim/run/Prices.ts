/**
 * Prices of a run: fixed by the scenario, or formed in a constant-product market that is read anew
 * after every block. Worth is price times amount; what an amount fetches is what selling it would, and a
 * negative one is bought back.
 */
import type { Address } from "../chain/Contracts.ts"
import type { Asking, Step, Untaken } from "../chain/Step.ts"
import { MesocosmError, ScenarioError } from "../Errors.ts"
import type { Depth } from "../scenario/Scenario.ts"
import { ONE } from "../scenario/Units.ts"

/** A price per whole token in base units of the numeraire, or the way to a market's depth. */
export type Price = bigint | { readonly market: (at: unknown) => unknown }

/** Plain data: the depths last read. */
export type PricesState = readonly (readonly [Address, Depth])[]

export class Prices {
  readonly name: string
  /** Numeraire base units per 10^18 wei. */
  readonly ether: bigint
  readonly #fixed = new Map<Address, bigint>()
  readonly #markets = new Map<Address, (at: unknown) => unknown>()
  readonly #depths: Map<Address, Depth>
  #stale = true

  constructor(
    of: { readonly name: string; readonly ether: bigint; readonly tokens: ReadonlyMap<Address, Price> },
    state: PricesState = []
  ) {
    this.name = of.name
    this.ether = of.ether
    for (const [token, price] of of.tokens) {
      if (typeof price === "bigint") this.#fixed.set(token, price)
      else this.#markets.set(token, price.market)
    }
    this.#depths = new Map(state)
  }

  /** A block was made: markets may have moved. */
  forget(): void {
    this.#stale = true
  }

  /** Reads the markets, if a block was made since. @throws ScenarioError MetricFailed. */
  *refresh(world: unknown, untaken: Untaken): Asking<void> {
    if (!this.#stale) return
    this.#stale = false
    for (const [token, market] of this.#markets) {
      try {
        let depth: unknown = market({ world })
        if (typeof depth === "object" && depth !== null && Symbol.iterator in depth)
          depth = yield* depth as Step<unknown>
        untaken.check("the numeraire's market")
        const { token: reserve, numeraire, feeBps } = depth as Depth
        if (typeof reserve !== "bigint" || typeof numeraire !== "bigint" || typeof feeBps !== "bigint") {
          throw new Error("it gave no { token, numeraire, feeBps } of bigints")
        }
        this.#depths.set(token, { token: reserve, numeraire, feeBps })
      } catch (error) {
        if (error instanceof ScenarioError) throw error
        throw new ScenarioError({
          reason: "MetricFailed",
          message: `the numeraire's market for ${token}: ${error instanceof Error ? error.message : String(error)}`,
          fix: error instanceof MesocosmError ? error.fix : "Let market give the reserves of the pair.",
          offending: { name: "numeraire", value: token },
          cause: error
        })
      }
    }
  }

  /** The only token with a price; undefined when there are none or several. */
  only(): Address | undefined {
    const priced = [...this.#fixed.keys(), ...this.#markets.keys()]
    return priced.length === 1 ? priced[0] : undefined
  }

  /** How many tokens have a price. */
  get count(): number {
    return this.#fixed.size + this.#markets.size
  }

  /** Numeraire base units per whole token; undefined without a price. */
  price(token: Address): bigint | undefined {
    const depth = this.#depths.get(token)
    if (depth === undefined) return this.#fixed.get(token) ?? (this.#markets.has(token) ? 0n : undefined)
    return depth.token === 0n ? 0n : (ONE * depth.numeraire) / depth.token
  }

  /** Price times amount; 0 for a token without a price. */
  worth(token: Address, amount: bigint): bigint {
    return (amount * (this.price(token) ?? 0n)) / ONE
  }

  /**
   * What selling the amount at once would fetch: worth at a fixed price; in a market, with the fee
   * taken from what goes in, (1 − f)·x·N / (T + (1 − f)·x), rounded down.
   *
   * A negative amount is a debt, and gives less than zero: what buying x back would cost,
   * x·N / ((T − x)·(1 − f)), rounded up. No pool sells all it has: what goes beyond nine tenths of it
   * counts at the price reached there.
   */
  fetches(token: Address, amount: bigint): bigint {
    const depth = this.#depths.get(token)
    if (depth === undefined) return this.worth(token, amount)
    const { token: reserve, numeraire, feeBps } = depth
    const kept = 10_000n - feeBps
    if (amount >= 0n) {
      const paid = amount * kept
      return paid === 0n ? 0n : (paid * numeraire) / (reserve * 10_000n + paid)
    }
    const most = (reserve * 9n) / 10n
    if (most === 0n || kept <= 0n) return this.worth(token, amount)
    const within = -amount < most ? -amount : most
    const left = (reserve - within) * kept
    // The price after x is bought is N·T / (T − x)² before the fee.
    const beyond = ((-amount - within) * numeraire * reserve * 10_000n) / (left * (reserve - within))
    return -((within * numeraire * 10_000n + left - 1n) / left + beyond)
  }

  worthOfWei(wei: bigint): bigint {
    return (wei * this.ether) / ONE
  }

  save(): PricesState {
    return [...this.#depths]
  }
}
