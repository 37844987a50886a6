/** Contracts where capital is locked, as the scenario declares them, by address. */
import type { Address } from "../chain/Contracts.ts"
import { ScenarioError } from "../Errors.ts"
import { nearest } from "../Nearest.ts"
import type { Moved, RuntimeCapital } from "../scenario/Capital.ts"
import { wholeUnits } from "../scenario/Units.ts"
import type { World } from "./World.ts"

/** Capital locked in one contract. */
export interface Locking {
  /** The contract's name in the World. */
  readonly key: string
  /** Yearly rate in units of 10^−18. */
  readonly rate: bigint
  /** The token that events move; undefined where none do. */
  readonly token: Address | undefined
  /** Event to what it says of whose the locked tokens are. @throws ScenarioError CapitalFailed. */
  readonly moves: ReadonlyMap<string, (args: unknown) => readonly Moved[]>
  /** Whether it may have less than is locked in it. */
  readonly lends: boolean
}

/** @throws ScenarioError WorldLacks, OutOfDomain for a rate that is no share, MalformedDeclaration for an event that is none. */
export function lockings(capital: RuntimeCapital, world: World): ReadonlyMap<Address, Locking> {
  return new Map(
    Object.entries(capital).map(([key, declared]): [Address, Locking] => {
      const address = world.addressOf(key, "capital")
      if (typeof declared === "number") {
        return [address, { key, rate: rateOf(key, declared), token: undefined, moves: NONE, lends: false }]
      }
      const events = world.eventsAt(address)
      const moves = new Map(
        Object.entries(declared.moves).map(([event, move]) => {
          if (!events.includes(event)) throw noEvent(key, event, events)
          return [event, (args: unknown): readonly Moved[] => moved(key, event, move, args)]
        })
      )
      const { rate, token, lends = false } = declared
      return [
        address,
        { key, rate: rateOf(key, rate), token: world.addressOf(token, `capital.${key}.token`), moves, lends }
      ]
    })
  )
}

const NONE: Locking["moves"] = new Map()

function rateOf(key: string, rate: number): bigint {
  if (!Number.isFinite(rate) || rate < 0 || rate > 1000) {
    throw new ScenarioError({
      reason: "OutOfDomain",
      message: `capital locked in ${key} costs ${rate} of its worth a year`,
      fix: "Give a share from 0 to 1000, such as 0.1 for 10 % a year.",
      offending: { name: `capital.${key}`, value: String(rate), unit: "share of its worth a year" }
    })
  }
  return BigInt(Math.round(rate * 1e9)) * 1_000_000_000n
}

function noEvent(key: string, event: string, events: readonly string[]): ScenarioError {
  const near = nearest(event, events)
  return new ScenarioError({
    reason: "MalformedDeclaration",
    message: `capital.${key}.moves goes by "${event}", which is no event of ${key}`,
    fix: near === undefined ? `Name one of ${events.join(", ")}.` : `Did you mean ${near}?`,
    offending: { name: `capital.${key}.moves`, value: event }
  })
}

/** An event that takes more from somebody than is locked. */
export function movesTooMuch(key: string, event: string, agent: string, lacking: bigint): ScenarioError {
  return new ScenarioError({
    reason: "CapitalFailed",
    message: `capital.${key}.moves.${event} takes from ${agent} ${wholeUnits(lacking)} tokens more than it has locked there`,
    fix: "Let moves say of every event whose the locked tokens are: rewards that are owed, deposits by others, all that changes hands.",
    offending: { name: `capital.${key}.moves.${event}`, value: lacking.toString(), unit: "base units" }
  })
}

/** More is counted as locked than there is. */
export function locksTooMuch(key: string, locked: bigint, held: bigint): ScenarioError {
  return new ScenarioError({
    reason: "CapitalFailed",
    message: `by the ledger ${wholeUnits(locked)} tokens of agents are locked in ${key}, which holds ${wholeUnits(held)}: profits would be wrong by the difference`,
    fix: `Let capital.${key} say which events take or give what is locked, { rate, token, moves }; or lends: true where the contract passes deposits on.`,
    offending: { name: `capital.${key}`, value: (locked - held).toString(), unit: "base units" }
  })
}

function moved(key: string, event: string, move: (args: unknown) => unknown, args: unknown): readonly Moved[] {
  try {
    const moves = move(args) as readonly Moved[]
    if (!Array.isArray(moves)) throw new Error(`it gave ${typeof moves}, and no list`)
    for (const each of moves as readonly Moved[]) {
      if (typeof each?.amount !== "bigint" || each.amount < 0n) throw new Error(`it moves ${String(each?.amount)}`)
      for (const side of ["from", "to"] as const) {
        // An argument that an event does not have is no "nobody".
        if (side in each && !/^0x[0-9a-f]{40}$/.test(String(each[side]))) {
          throw new Error(`it moves ${side} ${String(each[side])}, which is no address`)
        }
      }
    }
    return moves
  } catch (error) {
    throw new ScenarioError({
      reason: "CapitalFailed",
      message: `capital.${key}.moves.${event}: ${error instanceof Error ? error.message : String(error)}`,
      fix: "Let it give a list of { from, to, amount }, with amounts in base units that are not negative; leave out from or to where no agent is meant.",
      offending: { name: `capital.${key}.moves`, value: event },
      cause: error
    })
  }
}
