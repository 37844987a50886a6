/**
 * The registry of contract types: one flat entry per contract name, filled in by generated files
 * that augment `mesocosm/contracts`. Nothing here knows any particular contract.
 */
import type { Read } from "./Step.ts"

/** Bytes as `0x` and lower-case hexadecimal digits. */
export type Hex = `0x${string}`

/** An account: `0x` and 40 lower-case hexadecimal digits, without a checksum. */
export type Address = `0x${string}`

/**
 * A transaction an agent wants: plain data, not an action. `{ ...intent, as: identity }` names the
 * identity that shall send it; without `as` it is the agent's first.
 */
export interface Intent<Fn extends string = string> {
  readonly to: Address
  /** The contract's name, as it was deployed. */
  readonly contract: string
  readonly fn: Fn
  readonly args: readonly unknown[]
  /** The identity that sends; the agent's first identity when absent. */
  readonly as?: Address
  /** Native value sent along, in wei. */
  readonly value?: bigint
  /** Gas limit; the scenario's `gas.limit` when absent. */
  readonly gas?: number
  /** The contract's own call, where an adapter stands between: `fn` and `args` are then the interface's. */
  readonly via?: { readonly fn: string; readonly args: readonly unknown[] }
  /**
   * What only the lab knows of this Intent (is this data fake?): metrics may read it; the engine
   * strips it before anything else sees the Intent.
   */
  readonly truth?: Truth
  /** Paid to the block's producer above the base fee, in wei per gas; orders a `fee` block. */
  readonly tip?: bigint
}

/** What only the lab knows: named values that neither contracts nor behaviours ever see. */
export type Truth = { readonly [name: string]: number | string | boolean }

/** An Intent as everybody but metrics may see it. */
export type IntentWithoutTruth = Omit<Intent, "truth">

/** What the generator writes per contract. `deploy` is absent where there is no bytecode (interfaces). */
export interface ContractShape {
  readonly deploy?: readonly unknown[]
  readonly read: object
  readonly tx: object
  readonly events: object
}

/** Contract name to shape. Augmented by generated files: `declare module "mesocosm/contracts"`. */
// biome-ignore lint/suspicious/noEmptyInterface: generated files augment it
export interface Contracts {}

/** Every known contract name, interfaces included. */
export type ContractName = keyof Contracts & string

/** The names that can be deployed: those with bytecode. */
export type Deployable = {
  [N in ContractName]: Contracts[N] extends { readonly deploy: readonly unknown[] } ? N : never
}[ContractName]

/** Constructor arguments of a contract. */
export type DeployArgs<N extends ContractName> = Contracts[N] extends {
  readonly deploy: infer A extends readonly unknown[]
}
  ? A
  : never

/** The view and pure functions of a contract; each answers from the chain as of the last block. */
export type Reads<N extends ContractName> = Contracts[N] extends { readonly read: infer R } ? R : never

/** The state-changing functions of a contract; each makes an Intent and sends nothing. */
export type Txs<N extends ContractName> = Contracts[N] extends { readonly tx: infer T } ? T : never

/** The events of a contract, by name, with their decoded arguments. */
export type Events<N extends ContractName> = Contracts[N] extends { readonly events: infer E } ? E : never

/** A deployed contract as a typed handle. */
export interface Contract<out N extends ContractName> {
  readonly name: N
  readonly address: Address
  readonly read: Reads<N>
  readonly tx: Txs<N>
}

/** Kept so that generated files need one import. */
export type { Read }
