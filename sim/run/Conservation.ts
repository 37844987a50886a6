/**
 * The conservation audit. Every token has a shadow: the balances and the supply that its Transfer
 * events imply. In each block the supply and every touched holder are read and compared; at
 * checkpoints and at the end every known holder is. A token that differs fails the run.
 */
import type { Call, CallOutcome } from "../chain/Chain.ts"
import type { Address } from "../chain/Contracts.ts"
import { ChainError } from "../Errors.ts"
import { amountIn, questionOf } from "./TokenQuestion.ts"

const ZERO: Address = "0x0000000000000000000000000000000000000000"

interface Shadow {
  readonly token: Address
  supply: bigint
  readonly balances: Map<Address, bigint>
}

/** Plain data. */
export type ConservationState = readonly Shadow[]

/** Where a token's books do not balance. */
export interface Leak {
  readonly token: Address
  /** The holder whose balance differs; undefined when it is the supply. */
  readonly holder: Address | undefined
  /** By its Transfer events. */
  readonly expected: bigint
  /** By the contract. */
  readonly found: bigint
}

/** A question of the audit and how to judge its answer. */
export interface Probe {
  readonly call: Call
  readonly token: Address
  readonly holder: Address | undefined
  readonly expected: bigint
}

export class Conservation {
  readonly #shadows = new Map<Address, Shadow>()
  readonly #touched = new Map<Address, Set<Address>>()

  constructor(state: ConservationState = []) {
    for (const shadow of state) {
      this.#shadows.set(shadow.token, {
        token: shadow.token,
        supply: shadow.supply,
        balances: new Map(shadow.balances)
      })
    }
  }

  watch(token: Address): void {
    if (!this.#shadows.has(token)) this.#shadows.set(token, { token, supply: 0n, balances: new Map() })
  }

  /** Books a Transfer event. */
  transfer(token: Address, from: Address, to: Address, amount: bigint): void {
    const shadow = this.#shadows.get(token)
    if (shadow === undefined) return
    let touched = this.#touched.get(token)
    if (touched === undefined) {
      touched = new Set()
      this.#touched.set(token, touched)
    }
    if (from === ZERO) shadow.supply += amount
    else {
      shadow.balances.set(from, (shadow.balances.get(from) ?? 0n) - amount)
      touched.add(from)
    }
    // To nobody is a burn, unless it comes from nobody: then it is a mint that nobody can spend (Uniswap's first shares).
    if (to === ZERO && from !== ZERO) shadow.supply -= amount
    else {
      shadow.balances.set(to, (shadow.balances.get(to) ?? 0n) + amount)
      touched.add(to)
    }
  }

  /** The probes of this block: supply and touched holders of every token that moved. Forgets what was touched. */
  probes(): readonly Probe[] {
    const probes: Probe[] = []
    for (const [token, holders] of this.#touched) {
      const shadow = this.#shadows.get(token)
      if (shadow === undefined) continue
      probes.push(supplyProbe(shadow))
      for (const holder of holders) probes.push(balanceProbe(shadow, holder))
    }
    this.#touched.clear()
    return probes
  }

  /** The probes of a checkpoint: every token's supply and every known holder. */
  fullProbes(known: Iterable<Address>): readonly Probe[] {
    const others = [...known]
    const probes: Probe[] = []
    for (const shadow of this.#shadows.values()) {
      probes.push(supplyProbe(shadow))
      for (const holder of new Set([...shadow.balances.keys(), ...others])) probes.push(balanceProbe(shadow, holder))
    }
    return probes
  }

  save(): ConservationState {
    return [...this.#shadows.values()].map(({ token, supply, balances }) => ({
      token,
      supply,
      balances: new Map(balances)
    }))
  }
}

/** The first probe whose answer is not as expected. */
export function judge(probes: readonly Probe[], outcomes: readonly CallOutcome[]): Leak | undefined {
  for (const [index, probe] of probes.entries()) {
    const found = amountIn(outcomes[index])
    if (found !== probe.expected) {
      return { token: probe.token, holder: probe.holder, expected: probe.expected, found }
    }
  }
  return undefined
}

/** The error of a leak; `names` says what the addresses are called. */
export function leakError(leak: Leak, block: number, names: (address: Address) => string): ChainError {
  const what = leak.holder === undefined ? "its supply" : `the balance of ${names(leak.holder)}`
  const difference = leak.found - leak.expected
  return new ChainError({
    reason: "Conservation",
    message:
      `token ${names(leak.token)} is not conserved in block ${block}: ${what} is ${leak.found}, ` +
      `but its Transfer events make it ${leak.expected} (a difference of ${difference} base units)`,
    fix: `Look at what the transactions of block ${block} do to ${names(leak.token)}, or leave that token out of the World.`,
    offending: { name: `${names(leak.token)}, block ${block}`, value: difference.toString(), unit: "base units" }
  })
}

function supplyProbe({ token, supply }: Shadow): Probe {
  return { call: questionOf(token, undefined), token, holder: undefined, expected: supply }
}

function balanceProbe({ token, balances }: Shadow, holder: Address): Probe {
  return { call: questionOf(token, holder), token, holder, expected: balances.get(holder) ?? 0n }
}
