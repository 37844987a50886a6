/**
 * Adapters: a stranger's contract in the place of an interface. An action map says, for each verb
 * of the interface, which function of the contract it is and what its arguments are. Where both
 * are in the registry of contract types the map is checked as it is typed; where the contract is
 * not, its names are checked at set-up.
 */
import type { Address, Contract, ContractName, Events, Intent, Reads, Txs } from "../chain/Contracts.ts"
import { ScenarioError } from "../Errors.ts"

type Arguments<F> = F extends (...args: infer A) => unknown ? A : never
type Answer<F> = F extends (...args: never[]) => infer R ? R : never

/** Verb to the contract's function: its name where the arguments are the same, else what it is asked. */
export interface ActionMap<Need extends ContractName, Has extends ContractName> {
  readonly read?: {
    readonly [V in keyof Reads<Need>]?:
      | (keyof Reads<Has> & string)
      | ((contract: Contract<Has>, ...args: Arguments<Reads<Need>[V]>) => Answer<Reads<Need>[V]>)
  }
  readonly tx: {
    readonly [V in keyof Txs<Need>]?:
      | (keyof Txs<Has> & string)
      | ((contract: Contract<Has>, ...args: Arguments<Txs<Need>[V]>) => Intent)
  }
  /** Event of the interface to the contract's event; arguments keep the contract's names. */
  readonly events?: { readonly [E in keyof Events<Need>]?: keyof Events<Has> & string }
}

/**
 * Stands for whoever will send, as an argument in an action map: the engine puts the identity's
 * address in its place.
 */
export const SENDER: Address = "0x5e4de25e4de25e4de25e4de25e4de25e4de25e4d"

/** An Intent's call with the sender's address where the map says so. */
export function sentBy(
  via: { readonly fn: string; readonly args: readonly unknown[] },
  identity: Address
): { readonly fn: string; readonly args: readonly unknown[] } {
  return { fn: via.fn, args: via.args.map((arg) => (arg === SENDER ? identity : arg)) }
}

/** A verb of an interface, and what stands for it. */
export interface MappedVerb {
  readonly kind: "read" | "tx"
  readonly verb: string
  /** The contract's function, where it is named. */
  readonly fn: string | undefined
  /** What is called in its place, where it is not. */
  readonly make: ((contract: unknown, ...args: readonly unknown[]) => unknown) | undefined
}

/** What the engine knows of an adapted handle. */
export interface Adapted {
  readonly need: string
  /** Event of the contract to event of the interface. */
  readonly events: { readonly [event: string]: string }
  /** Every verb that is mapped; checked against both ABIs at set-up. */
  readonly verbs: readonly MappedVerb[]
}

/** Key under which an adapted handle carries what the engine knows. */
export const ADAPTED: unique symbol = Symbol("mesocosm/adapted")

type Loose = { readonly [verb: string]: (...args: readonly unknown[]) => unknown }

/**
 * The contract, seen as `need`. Its Intents keep the interface's verbs, so that a behaviour finds
 * its own words in its receipts, and carry the contract's call in `via`.
 * @throws ScenarioError WorldLacks where a mapped name is no function of the contract.
 */
export function adapt<Need extends ContractName, Has extends ContractName>(
  need: Need,
  contract: Contract<Has>,
  map: ActionMap<Need, Has>
): Contract<Need> {
  // Both sides are records of functions; their types were checked by ActionMap.
  const reads = contract.read as unknown as Loose
  const txs = contract.tx as unknown as Loose
  const read: { [verb: string]: (...args: readonly unknown[]) => unknown } = {}
  for (const [verb, to] of Object.entries(map.read ?? {})) {
    const ask = action(contract, reads, verb, to, "reads")
    read[verb] = (...args) => ask(...args)
  }
  const tx: { [verb: string]: (...args: readonly unknown[]) => Intent } = {}
  for (const [verb, to] of Object.entries(map.tx)) {
    const make = action(contract, txs, verb, to, "changes state")
    tx[verb] = (...args) => {
      const made = make(...args) as Intent | undefined
      if (typeof made?.fn !== "string") throw noIntent(contract.name, verb, made)
      return { ...made, fn: verb, args, via: made.via ?? { fn: made.fn, args: made.args } }
    }
  }
  const events = Object.fromEntries(Object.entries(map.events ?? {}).map(([ours, theirs]) => [String(theirs), ours]))
  const verbs = (["read", "tx"] as const).flatMap((kind) =>
    Object.entries(map[kind] ?? {}).map(
      ([verb, to]): MappedVerb => ({
        kind,
        verb,
        fn: typeof to === "string" ? to : undefined,
        make: typeof to === "function" ? (to as MappedVerb["make"]) : undefined
      })
    )
  )
  const adapted: Adapted = { need, events, verbs }
  return { name: need, address: contract.address, read, tx, [ADAPTED]: adapted } as unknown as Contract<Need>
}

function noIntent(contract: string, verb: string, made: unknown): ScenarioError {
  return new ScenarioError({
    reason: "WorldLacks",
    message: `the action map of ${contract} answers "${verb}" with no Intent`,
    fix: `Return what is to be sent: ${verb}: (at, …) => at.tx.…(…).`,
    offending: { name: verb, value: String(made) }
  })
}

/** What the engine knows of a handle that was adapted; undefined of one that was not. */
export function adaptedOf(handle: unknown): Adapted | undefined {
  return typeof handle === "object" && handle !== null && ADAPTED in handle ? (handle[ADAPTED] as Adapted) : undefined
}

/** Whether an adapted handle has the verb. */
export function hasVerb(handle: unknown, kind: "read" | "tx", verb: string): boolean {
  const side = (handle as { readonly [side: string]: object })[kind]
  return side !== undefined && Object.hasOwn(side, verb)
}

function action(
  contract: Contract<ContractName>,
  side: Loose,
  verb: string,
  to: unknown,
  what: string
): (...args: readonly unknown[]) => unknown {
  if (typeof to === "function") return (...args) => to(contract, ...args)
  const fn = Object.hasOwn(side, String(to)) ? side[String(to)] : undefined
  if (fn === undefined) {
    throw new ScenarioError({
      reason: "WorldLacks",
      message: `the action map says "${verb}" is ${contract.name}.${String(to)}, and ${contract.name} has no such function that ${what}`,
      fix: `Map "${verb}" to one of ${Object.keys(side).join(", ") || "none: it has no such functions"}.`,
      offending: { name: verb, value: String(to) }
    })
  }
  return fn
}
