/** What the Hardhat network answers, read into the chain's own terms. */
import type { CallOutcome, Log, Receipt } from "../Chain.ts"
import type { Address, Hex } from "../Contracts.ts"

/** Asks a tracer for the outermost frame alone: status and return data, not a step list. */
export const TOP_FRAME = { tracer: "callTracer", tracerConfig: { onlyTopCall: true } } as const

/** What `callTracer` says of the outermost frame. Hexadecimal is lower case everywhere. */
export interface Frame {
  readonly output?: Hex
  /** Present when the frame failed. */
  readonly error?: string
}

/** The part of `eth_getTransactionReceipt`'s answer that is read. */
export interface NodeReceipt {
  readonly status: Hex
  readonly gasUsed: Hex
  readonly blockNumber: Hex
  readonly transactionIndex: Hex
  /** Null unless a contract was created. */
  readonly contractAddress: Address | null
  readonly logs: readonly Log[]
}

/** The outcome of a call. A frame that ran out of gas or met an invalid opcode has no output. */
export function callOutcome(frame: Frame): CallOutcome {
  return { ok: frame.error === undefined, output: frame.output ?? "0x" }
}

/** A receipt in the chain's terms; `revert` as of a transaction that succeeded. */
export function receiptOf(answer: NodeReceipt): Receipt {
  const { status, gasUsed, logs, contractAddress } = answer
  const receipt = { ok: status === "0x1", gasUsed: Number(gasUsed), logs: logs.map(logOf), revert: "0x" } as const
  return contractAddress === null ? receipt : { ...receipt, created: contractAddress }
}

function logOf(log: Log): Log {
  return { address: log.address, topics: log.topics, data: log.data }
}
