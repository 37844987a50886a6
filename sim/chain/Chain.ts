/**
 * What the engine asks of a chain. A chain executes exactly the transactions it is given, in the
 * order given, in a block whose environment is given in full: it chooses nothing.
 *
 * Block hashes and transaction hashes are not part of the interface, since they depend on state roots.
 */
import type { Address, Hex } from "./Contracts.ts"
import type { Read, Step, Untaken } from "./Step.ts"

/** Where the contracts live. */
export type ChainKind = "hardhat" | "revm"

/** The rules of the EVM, pinned by the manifest. */
export type Hardfork = "prague" | "osaka"

/** Everything a contract can see of a block, apart from hashes. */
export interface BlockEnvironment {
  /** At least one above the block before; blocks in between are empty. */
  readonly number: number
  /** Seconds since 1970; at least the block before's. */
  readonly timestamp: number
  /** Wei per gas, burnt. */
  readonly baseFee: bigint
  /** Gas. */
  readonly gasLimit: number
  /** 32 bytes. */
  readonly prevRandao: Hex
  readonly coinbase: Address
}

/** A transaction, valid at its place in the block: the engine has checked funds, nonce and gas. */
export interface Transaction {
  readonly from: Address
  /** Absent: a contract is created. */
  readonly to?: Address
  readonly data: Hex
  /** Wei. */
  readonly value: bigint
  readonly nonce: number
  /** Gas limit. */
  readonly gas: number
  /** Wei per gas, base fee included. */
  readonly gasPrice: bigint
}

/** An event as the EVM writes it. */
export interface Log {
  readonly address: Address
  readonly topics: readonly Hex[]
  readonly data: Hex
}

/** What became of a transaction that was included. */
export interface Receipt {
  readonly ok: boolean
  readonly gasUsed: number
  readonly logs: readonly Log[]
  /** The new contract's address, of a creation that succeeded. */
  readonly created?: Address
  /** Revert data of a transaction that failed; `0x` otherwise. */
  readonly revert: Hex
}

/** A call that is answered from the last block and changes nothing. */
export interface Call {
  readonly to: Address
  readonly data: Hex
  /** The zero address when absent. */
  readonly from?: Address
}

/** What a call gave: return data, or revert data. */
export interface CallOutcome {
  readonly ok: boolean
  readonly output: Hex
}

/** A point to come back to; plain data, valid on the chain that gave it, any number of times. */
export type SnapshotId = number

/** A chain of one run. */
export interface Chain {
  readonly kind: ChainKind
  readonly hardfork: Hardfork
  readonly untaken: Untaken

  /**
   * Mines the block, after the empty ones that lie between it and the last.
   * @returns a receipt per transaction, in order.
   * @throws ChainError Connection when a transaction was refused: the engine's checks have a gap.
   */
  block(environment: BlockEnvironment, transactions: readonly Transaction[]): Step<readonly Receipt[]>

  call(call: Call): Read<CallOutcome>
  /** Several calls at the same block; answers in order. */
  calls(calls: readonly Call[]): Read<readonly CallOutcome[]>

  /** Wei. */
  balance(address: Address): Read<bigint>
  /** Runtime bytecode; `0x` where there is none. */
  code(address: Address): Read<Hex>
  /** One 32-byte word of storage. */
  storage(address: Address, slot: Hex): Read<Hex>

  /** Sets the native balance, in wei, of accounts outside any block; each may send from then on. */
  fund(accounts: readonly Address[], wei: bigint): Step<void>
  /** Puts runtime bytecode at an address, outside any block. */
  place(address: Address, code: Hex): Step<void>

  snapshot(): Step<SnapshotId>
  /** Back to a snapshot, which stays valid; later ones do not. */
  revert(id: SnapshotId): Step<void>
  /** Nobody will go back to this snapshot any more: what it takes may be freed. */
  release(id: SnapshotId): Step<void>

  /** Frees what the chain holds. */
  close(): Promise<void>
}
