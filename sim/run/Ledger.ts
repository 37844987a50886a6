/**
 * The ledger: who earned what, from which contract, net of gas, spending and the cost of locked
 * capital. Everything is integer base units; it is fed by Transfer events, receipts, `self.spend`,
 * and events of contracts that lock capital as the scenario reads them, and never by a behaviour's
 * own word about its balance.
 */
import type { Address } from "../chain/Contracts.ts"
import type { Asking, Untaken } from "../chain/Step.ts"
import { ONE } from "../scenario/Units.ts"
import { type Locking, locksTooMuch, movesTooMuch } from "./Locking.ts"
import type { Prices } from "./Prices.ts"

/** One agent's account; amounts by token address, flows by `contract/token`, the contract one of the World's or `ELSEWHERE`. */
export interface Account {
  readonly population: string
  readonly agent: string
  received: Map<string, bigint>
  sent: Map<string, bigint>
  /** What it owns now, by token. */
  holds: Map<Address, bigint>
  /** What it was given before the run began, by token. */
  endowed: Map<Address, bigint>
  /** What is its own in contracts that lock capital, by `contract/token`; never negative between transactions. */
  locked: Map<string, bigint>
  /** Wei. */
  gas: bigint
  /** Numeraire base units, by reason. */
  spent: Map<string, bigint>
  /** The index of each place (see `Ledger`) up to which its locked capital is paid for. */
  paid: Map<string, bigint>
  /** Cost of capital up to there, in units of the index times base units of the token. */
  owed: bigint
  /** Successful transactions by function. */
  calls: Map<string, bigint>
  transactions: number
}

/** Plain data. */
export interface LedgerState {
  readonly accounts: readonly Account[]
  readonly accrued: number
  readonly indices: ReadonlyMap<string, bigint>
}

const YEAR = 31_536_000n
/** What an index has to be divided by: prices and rates have 18 decimals each, and rates are yearly. */
const SCALE = ONE * ONE * YEAR

/**
 * Where flows from and to anybody who is no contract of the World are booked together, so that an account does not
 * grow with the number of people one deals with.
 */
const ELSEWHERE = "0x0000000000000000000000000000000000000000"

/**
 * The books.
 *
 * Capital that is locked costs its worth times the contract's yearly rate, at the price that held at each moment:
 * amount · rate · ∫ price dt. The integral is kept per place (contract and token) as an index that only grows, so that
 * neither the number of accounts nor how often metrics are sampled has a part in it.
 */
export class Ledger {
  readonly prices: Prices
  /** By address of the contract where capital is locked. */
  readonly #locks: ReadonlyMap<Address, Locking>
  /** Who lost locked capital in this transaction, where, and by which event if not by a payment. */
  readonly #lessened: { readonly account: Account; readonly place: string; readonly event: string | undefined }[] = []
  /** Whether capital costs anything in this run. */
  readonly charges: boolean
  readonly #isContract: (address: Address) => boolean
  /** `contract/token` by contract and token: built once each. */
  readonly #places = new Map<Address, Map<Address, string>>()
  // The one asked for last: transfers come in rows.
  #lastContract: Address | undefined
  #lastToken: Address | undefined
  #lastPlace = ""
  readonly #byAgent = new Map<string, Account>()
  readonly #byIdentity = new Map<Address, Account>()
  readonly #populations = new Map<string, Account[]>()
  #accrued = 0
  /** Of every place where something was ever locked: the sum of price · rate · seconds so far. */
  readonly #indices: Map<string, bigint>

  constructor(
    prices: Prices,
    locks: ReadonlyMap<Address, Locking>,
    isContract: (address: Address) => boolean,
    state?: LedgerState
  ) {
    this.prices = prices
    this.#isContract = isContract
    this.#locks = locks
    this.charges = [...locks.values()].some(({ rate }) => rate > 0n)
    for (const account of state?.accounts ?? []) this.#keep(structuredClone(account))
    this.#accrued = state?.accrued ?? 0
    this.#indices = new Map(state?.indices)
  }

  open(population: string, agent: string): void {
    this.#keep({
      population,
      agent,
      received: new Map(),
      sent: new Map(),
      holds: new Map(),
      endowed: new Map(),
      locked: new Map(),
      gas: 0n,
      spent: new Map(),
      paid: new Map(),
      owed: 0n,
      calls: new Map(),
      transactions: 0
    })
  }

  #keep(account: Account): void {
    this.#byAgent.set(account.agent, account)
    const population = this.#populations.get(account.population)
    if (population === undefined) this.#populations.set(account.population, [account])
    else population.push(account)
  }

  /** From now on the identity's flows are the agent's. */
  own(identity: Address, agent: string): void {
    const account = this.#byAgent.get(agent)
    if (account !== undefined) this.#byIdentity.set(identity, account)
  }

  ownerOf(identity: Address): Account | undefined {
    return this.#byIdentity.get(identity)
  }

  account(agent: string): Account | undefined {
    return this.#byAgent.get(agent)
  }

  accounts(population: string): readonly Account[] {
    return this.#populations.get(population) ?? []
  }

  /** Books a token flow at simulated time `time` (seconds). */
  flow(token: Address, from: Address, to: Address, amount: bigint, time: number, setup: boolean): void {
    const giver = this.#byIdentity.get(from)
    const taker = this.#byIdentity.get(to)
    if (giver === taker && giver !== undefined) return
    if (giver !== undefined) {
      const place = this.#place(to, token)
      add(giver.holds, token, -amount)
      add(giver.sent, place, amount)
      if (this.#locks.has(to)) {
        this.#lock(giver, place, amount, time)
      }
    }
    if (taker !== undefined) {
      const place = this.#place(from, token)
      add(taker.holds, token, amount)
      if (setup) add(taker.endowed, token, amount)
      else add(taker.received, place, amount)
      const locking = this.#locks.get(from)
      if (locking !== undefined) {
        this.#lock(taker, place, -amount, time)
        // Where events move what is locked, one of the same transaction may yet say whose this was.
        if (locking.moves.size > 0) this.#lessened.push({ account: taker, place, event: undefined })
        else this.#clip(taker, place)
      }
    }
  }

  /**
   * Books what an event of a contract that locks capital says of whose it is, at simulated time `time` (seconds).
   * @throws ScenarioError CapitalFailed.
   */
  event(contract: Address, event: string, args: unknown, time: number): void {
    const locking = this.#locks.get(contract)
    const moves = locking?.moves.get(event)
    if (locking?.token === undefined || moves === undefined) return
    const place = this.#place(contract, locking.token)
    for (const { from, to, amount } of moves(args)) {
      const [giver, taker] = [this.#byIdentity.get(from ?? ELSEWHERE), this.#byIdentity.get(to ?? ELSEWHERE)]
      if (giver !== undefined) {
        this.#lock(giver, place, -amount, time)
        this.#lessened.push({ account: giver, place, event })
      }
      if (taker !== undefined) this.#lock(taker, place, amount, time)
    }
  }

  /**
   * A transaction is booked: what a contract paid beyond what it held for somebody was income, and is no debt.
   * @throws ScenarioError CapitalFailed where an event took more than there was.
   */
  settle(): void {
    for (const { account, place, event } of this.#lessened) {
      const left = account.locked.get(place) ?? 0n
      if (left >= 0n) continue
      if (event !== undefined) throw movesTooMuch(this.#keyOf(place), event, account.agent, -left)
      this.#clip(account, place)
    }
    this.#lessened.length = 0
  }

  #clip(account: Account, place: string): void {
    if ((account.locked.get(place) ?? 0n) < 0n) account.locked.set(place, 0n)
  }

  /**
   * Holds what is counted as locked against what contracts hold: `held` of a token and a contract, in base units.
   * @throws ScenarioError CapitalFailed.
   */
  audit(held: (token: Address, contract: Address) => bigint | undefined): void {
    const sums = new Map<string, bigint>()
    for (const { locked } of this.#byAgent.values()) for (const [place, amount] of locked) add(sums, place, amount)
    for (const [place, sum] of sums) {
      const contract = place.slice(0, 42) as Address
      const has = held(place.slice(43) as Address, contract)
      if (has === undefined || sum <= has || this.#locks.get(contract)?.lends === true) continue
      throw locksTooMuch(this.#keyOf(place), sum, has)
    }
  }

  #keyOf(place: string): string {
    return this.#locks.get(place.slice(0, 42) as Address)?.key ?? place
  }

  #place(whom: Address, token: Address): string {
    const contract = this.#isContract(whom) ? whom : ELSEWHERE
    if (contract === this.#lastContract && token === this.#lastToken) return this.#lastPlace
    let byToken = this.#places.get(contract)
    if (byToken === undefined) {
      byToken = new Map()
      this.#places.set(contract, byToken)
    }
    let place = byToken.get(token)
    if (place === undefined) {
      place = `${contract}/${token}`
      byToken.set(token, place)
    }
    this.#lastContract = contract
    this.#lastToken = token
    this.#lastPlace = place
    return place
  }

  /** What the account has locked at a place changes, once what was locked there until now is paid for. */
  #lock(account: Account, place: string, amount: bigint, time: number): void {
    this.accrue(time)
    const index = this.#indices.get(place) ?? 0n
    this.#indices.set(place, index)
    account.owed += cost(account, place, index)
    account.paid.set(place, index)
    add(account.locked, place, amount)
  }

  /** Whether capital is counted as locked in a contract. */
  locksAt(contract: Address): boolean {
    return this.#locks.has(contract)
  }

  /** Counts the time until `time` (seconds), at the prices that hold until then. */
  accrue(time: number): void {
    const seconds = BigInt(time - this.#accrued)
    if (seconds <= 0n) return
    this.#accrued = time
    for (const [place, index] of this.#indices) {
      const rate = this.#locks.get(place.slice(0, 42) as Address)?.rate ?? 0n
      const price = this.prices.price(place.slice(43) as Address) ?? 0n
      this.#indices.set(place, index + price * rate * seconds)
    }
  }

  /** Reads the markets' prices at `time` (seconds), if a block was made since. @throws ScenarioError MetricFailed. */
  *refresh(time: number, world: unknown, untaken: Untaken): Asking<void> {
    this.accrue(time)
    yield* this.prices.refresh(world, untaken)
  }

  /** The cost of its locked capital up to the last `accrue`, in numeraire base units. */
  capital(account: Account): bigint {
    let owed = account.owed
    for (const place of account.locked.keys()) owed += cost(account, place, this.#indices.get(place) ?? 0n)
    return owed / SCALE
  }

  /** Numeraire base units; 0 for a token without a price. */
  worth(token: Address, amount: bigint): bigint {
    return this.prices.worth(token, amount)
  }

  /** Numeraire base units of an amount of wei. */
  worthOfWei(wei: bigint): bigint {
    return this.prices.worthOfWei(wei)
  }

  /**
   * What it gained in tokens: what selling all it has beyond its endowment would fetch, locked deposits counted as
   * held, less what buying back what it lacks of its endowment would cost. So who does nothing gains nothing, and
   * who sells what it was given and waits gains no more than the market moved by others: its own sale has to be
   * bought back through the same pool.
   */
  gain(account: Account): bigint {
    const beyond = new Map(account.holds)
    for (const [place, amount] of account.locked) add(beyond, place.slice(43) as Address, amount)
    for (const [token, amount] of account.endowed) add(beyond, token, -amount)
    let gained = 0n
    for (const [token, amount] of beyond) gained += this.prices.fetches(token, amount)
    return gained
  }

  /** The gain in tokens, less gas, spending and cost of capital. */
  profit(account: Account): bigint {
    return this.gain(account) - this.worthOfWei(account.gas) - total(account.spent) - this.capital(account)
  }

  save(): LedgerState {
    return {
      accounts: structuredClone([...this.#byAgent.values()]),
      accrued: this.#accrued,
      indices: new Map(this.#indices)
    }
  }
}

/** What the account has locked at a place costs since it was last paid for. */
function cost(account: Account, place: string, index: bigint): bigint {
  const amount = account.locked.get(place) ?? 0n
  return amount <= 0n ? 0n : amount * (index - (account.paid.get(place) ?? index))
}

export function total(amounts: ReadonlyMap<unknown, bigint>): bigint {
  let sum = 0n
  for (const amount of amounts.values()) sum += amount
  return sum
}

export function add<K>(amounts: Map<K, bigint>, key: K, amount: bigint): void {
  amounts.set(key, (amounts.get(key) ?? 0n) + amount)
}
