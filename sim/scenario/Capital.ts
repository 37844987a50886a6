/** Capital that contracts lock: what it costs, and what their events say of whose it is. */
import type { Address, Contract, Events } from "../chain/Contracts.ts"

/** What a contract holds passes from one to another before anybody is paid: a slash, a bond that was lost, a reward that is owed. */
export interface Moved {
  /** Whose it was, who must have as much locked there; left out where no agent had. */
  readonly from?: Address
  /** Whose it is from now on; left out where no agent is to be paid it. */
  readonly to?: Address
  /** Base units, not negative. */
  readonly amount: bigint
}

/**
 * Capital locked in a contract whose payments are not its deposits alone. Without `moves`, what somebody paid in is
 * theirs until it is paid out, and what is paid when nothing of theirs is left is income: so a reward paid while the
 * deposit stays is taken for a part of the deposit, until it is paid back. What is counted as locked is held against
 * what the contract has, at each audit of the run.
 */
export interface Locked<C, Key extends string> {
  /** Yearly cost, as a share of its worth. */
  readonly rate: number
  /** The token that is locked, by its name in the World. */
  readonly token: Key
  /** What an event of the contract says of whose the locked tokens are. */
  readonly moves: {
    readonly [E in keyof EventsOf<C> & string]?: (args: EventsOf<C>[E]) => readonly Moved[]
  }
  /** Whether the contract passes deposits on, so that less lies in it than is its depositors'; false when left out. */
  readonly lends?: boolean
}

// biome-ignore lint/suspicious/noExplicitAny: quiet while the literal has another mistake
type EventsOf<C> = 0 extends 1 & C ? { readonly [event: string]: any } : C extends Contract<infer N> ? Events<N> : never

/** What a scenario says of a contract where capital is locked: its yearly cost as a share of its worth, or more. */
export type Capital<W> = { readonly [K in keyof W]?: number | Locked<W[K], keyof W & string> }

/** `Capital` without its types. */
export interface RuntimeCapital {
  readonly [key: string]:
    | number
    | {
        readonly rate: number
        readonly token: string
        readonly moves: { readonly [event: string]: (args: unknown) => unknown }
        readonly lends?: boolean
      }
}
