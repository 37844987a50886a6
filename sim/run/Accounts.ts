/**
 * The identities' accounts as the engine keeps them: nonces, the wei each has at least, the wei it is
 * still to be given, and the gas each function of each contract took last.
 */
import type { Chain, Receipt } from "../chain/Chain.ts"
import type { Address } from "../chain/Contracts.ts"
import type { Asking } from "../chain/Step.ts"
import type { Placed, Waiting } from "./BlockBuilder.ts"
import type { Journal } from "./Journal.ts"

/** Plain data. */
export interface AccountState {
  nonce: number
  /** Wei it has at least: what it was given less what its own transactions cost. */
  atLeast: bigint
  /** Intents so far. */
  intents: number
}

/** Per function, the gas that it took last at each contract; the contract called last comes last. */
export type GasOf = readonly (readonly [string, readonly (readonly [Address, number])[]])[]

/** Plain data. */
export interface AccountsState {
  readonly accounts: readonly (readonly [Address, AccountState])[]
  readonly unfunded: readonly (readonly [Address, bigint])[]
  readonly gasOf: GasOf
}

/** What a function is taken to cost before it was first seen. */
const UNKNOWN_GAS = 100_000

export class Accounts {
  readonly #accounts: Map<Address, AccountState>
  readonly #unfunded: Map<Address, bigint>
  readonly #gasOf: Map<string, Map<Address, number>>

  constructor(state?: AccountsState) {
    this.#accounts = new Map(state?.accounts.map(([address, account]) => [address, { ...account }]))
    this.#unfunded = new Map(state?.unfunded)
    this.#gasOf = new Map(state?.gasOf.map(([fn, taken]) => [fn, new Map(taken)]))
  }

  of(identity: Address): AccountState {
    let account = this.#accounts.get(identity)
    if (account === undefined) {
      account = { nonce: 0, atLeast: 0n, intents: 0 }
      this.#accounts.set(identity, account)
    }
    return account
  }

  /** Every identity there is. */
  get identities(): Iterable<Address> {
    return this.#accounts.keys()
  }

  nonce(identity: Address): number {
    return this.of(identity).nonce
  }

  /** Wei it has at least. */
  balance(identity: Address): bigint {
    return this.of(identity).atLeast
  }

  /** A new identity, which is given its wei by the next `fund`. */
  created(identity: Address, wei: bigint): void {
    this.of(identity).atLeast = wei
    this.#unfunded.set(identity, wei)
  }

  /** Gives new identities their wei, outside any block. */
  *fund(chain: Chain, journal: Journal): Asking<void> {
    if (this.#unfunded.size === 0) return
    for (const [wei, addresses] of this.#owed()) {
      yield* chain.fund(addresses, wei)
      journal.fund(addresses, wei)
    }
  }

  /** The new identities have their wei already. */
  funded(journal: Journal): void {
    for (const [wei, addresses] of this.#owed()) journal.fund(addresses, wei)
  }

  /** New identities by the wei each shall have; none of them is new any more. */
  #owed(): ReadonlyMap<bigint, readonly Address[]> {
    const byWei = new Map<bigint, Address[]>()
    for (const [address, wei] of this.#unfunded) {
      const list = byWei.get(wei)
      if (list === undefined) byWei.set(wei, [address])
      else list.push(address)
    }
    this.#unfunded.clear()
    return byWei
  }

  /** Asks the chain for the balance of each sender that may have too little. */
  *refresh(chain: Chain, waiting: readonly Waiting[]): Asking<void> {
    const upfront = new Map<Address, bigint>()
    for (const { identity, gas, gasPrice, intent } of waiting) {
      const cost = BigInt(gas) * gasPrice + (intent.value ?? 0n)
      upfront.set(identity, (upfront.get(identity) ?? 0n) + cost)
    }
    for (const [identity, wei] of upfront) {
      const account = this.of(identity)
      if (wei > account.atLeast) account.atLeast = yield* chain.balance(identity)
    }
  }

  /** Books what a block's transactions cost their senders. */
  charge(placed: readonly Placed[], receipts: readonly Receipt[]): void {
    let position = 0
    for (const { waiting, transaction } of placed) {
      if (transaction === undefined) continue
      // The chain gives a receipt per transaction, or throws.
      const receipt = receipts[position++] as Receipt
      const account = this.of(waiting.identity)
      account.nonce++
      account.atLeast -= BigInt(receipt.gasUsed) * waiting.gasPrice + (receipt.ok ? transaction.value : 0n)
      if (receipt.ok) this.#took(waiting.intent.fn, waiting.intent.to, receipt.gasUsed)
    }
  }

  #took(fn: string, contract: Address, gas: number): void {
    const taken = this.#gasOf.get(fn)
    if (taken === undefined) this.#gasOf.set(fn, new Map([[contract, gas]]))
    else {
      // Put at the end.
      if (taken.size > 1) taken.delete(contract)
      taken.set(contract, gas)
    }
  }

  /** Gas that the function took last at one of these contracts. */
  gasOf(fn: string, contracts: ReadonlySet<Address>): number {
    let last = UNKNOWN_GAS
    for (const [contract, gas] of this.#gasOf.get(fn) ?? []) if (contracts.has(contract)) last = gas
    return last
  }

  save(): AccountsState {
    return {
      accounts: [...this.#accounts],
      unfunded: [...this.#unfunded],
      gasOf: [...this.#gasOf].map(([fn, taken]) => [fn, [...taken]])
    }
  }
}
