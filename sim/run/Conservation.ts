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

/** A holder of a token, with the question of its balance: made once, asked often. */
interface Holding {
  readonly holder: Address
  readonly call: Call
  /** By the token's Transfer events. */
  amount: bigint
  touched: boolean
}

interface Shadow {
  readonly token: Address
  readonly call: Call
  supply: bigint
  readonly holdings: Map<Address, Holding>
  /** Since the last probes, in order. */
  touched: Holding[]
}

/** Plain data. */
export type ConservationState = readonly {
  readonly token: Address
  readonly supply: bigint
  readonly balances: ReadonlyMap<Address, bigint>
}[]

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
  /** Those that moved since the last probes, in order. */
  #moved: Shadow[] = []

  constructor(state: ConservationState = []) {
    for (const { token, supply, balances } of state) {
      const shadow = open(token, supply)
      for (const [holder, amount] of balances) holdingOf(shadow, holder).amount = amount
      this.#shadows.set(token, shadow)
    }
  }

  watch(token: Address): void {
    if (!this.#shadows.has(token)) this.#shadows.set(token, open(token, 0n))
  }

  /** What a holder has of a token by its Transfer events; undefined of a token that is not watched. */
  amountOf(token: Address, holder: Address): bigint | undefined {
    const shadow = this.#shadows.get(token)
    return shadow === undefined ? undefined : (shadow.holdings.get(holder)?.amount ?? 0n)
  }

  /** Books a Transfer event. */
  transfer(token: Address, from: Address, to: Address, amount: bigint): void {
    const shadow = this.#shadows.get(token)
    if (shadow === undefined) return
    if (shadow.touched.length === 0 && !this.#moved.includes(shadow)) this.#moved.push(shadow)
    if (from === ZERO) shadow.supply += amount
    else move(shadow, from, -amount)
    // To nobody is a burn, unless it comes from nobody: then it is a mint that nobody can spend (Uniswap's first shares).
    if (to === ZERO && from !== ZERO) shadow.supply -= amount
    else move(shadow, to, amount)
  }

  /** The probes of this block: supply and touched holders of every token that moved. Forgets what was touched. */
  probes(): readonly Probe[] {
    const probes: Probe[] = []
    for (const shadow of this.#moved) {
      probes.push(supplyProbe(shadow))
      for (const holding of shadow.touched) {
        probes.push(balanceProbe(shadow, holding))
        holding.touched = false
      }
      shadow.touched = []
    }
    this.#moved = []
    return probes
  }

  /** The probes of a checkpoint: every token's supply and every known holder. */
  fullProbes(known: Iterable<Address>): readonly Probe[] {
    const others = [...known]
    const probes: Probe[] = []
    for (const shadow of this.#shadows.values()) {
      const { token, holdings } = shadow
      probes.push(supplyProbe(shadow))
      for (const holding of holdings.values()) probes.push(balanceProbe(shadow, holding))
      for (const holder of new Set(others)) {
        if (holdings.has(holder)) continue
        probes.push({ call: questionOf(token, holder), token, holder, expected: 0n })
      }
    }
    return probes
  }

  save(): ConservationState {
    return [...this.#shadows.values()].map(({ token, supply, holdings }) => ({
      token,
      supply,
      balances: new Map([...holdings.values()].map(({ holder, amount }) => [holder, amount]))
    }))
  }
}

function open(token: Address, supply: bigint): Shadow {
  return { token, call: questionOf(token, undefined), supply, holdings: new Map(), touched: [] }
}

function holdingOf(shadow: Shadow, holder: Address): Holding {
  let holding = shadow.holdings.get(holder)
  if (holding === undefined) {
    holding = { holder, call: questionOf(shadow.token, holder), amount: 0n, touched: false }
    shadow.holdings.set(holder, holding)
  }
  return holding
}

function move(shadow: Shadow, holder: Address, amount: bigint): void {
  const holding = holdingOf(shadow, holder)
  holding.amount += amount
  if (holding.touched) return
  holding.touched = true
  shadow.touched.push(holding)
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

function supplyProbe({ token, call, supply }: Shadow): Probe {
  return { call, token, holder: undefined, expected: supply }
}

function balanceProbe({ token }: Shadow, { call, holder, amount }: Holding): Probe {
  return { call, token, holder, expected: amount }
}
