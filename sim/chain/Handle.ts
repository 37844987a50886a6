/**
 * Typed handles: a deployed contract whose `read` functions ask the chain and whose `tx` functions
 * make Intents. The types come from the `Contracts` registry, the functions from the ABI.
 */
import { ChainError } from "../Errors.ts"
import type { Chain } from "./Chain.ts"
import type { Address, Contract, ContractName, Hex, Intent } from "./Contracts.ts"
import type { AbiCodec } from "./codec/Codec.ts"
import { decodeRevert } from "./codec/Revert.ts"
import { answered, mapped, type Read } from "./Step.ts"

/** Told of every answer a read gave: `explain` shows them. */
export type Observer = (contract: string, fn: string, args: readonly unknown[], answer: unknown) => void

/**
 * The way handles reach the chain; one per run. Between two blocks nothing changes, so a read that
 * was answered is not asked again: `forget` when a block was made.
 */
export class Reader {
  readonly chain: Chain
  observer: Observer | undefined
  readonly #answers = new Map<string, unknown>()

  constructor(chain: Chain) {
    this.chain = chain
  }

  forget(): void {
    this.#answers.clear()
  }

  /** @throws ChainError CallReverted where the answer is taken. */
  read(contract: string, address: Address, codec: AbiCodec, fn: string, args: readonly unknown[]): Read<unknown> {
    const pick = codec.pick(fn, args, "read")
    const data = pick.encode(args)
    const question = address + data
    const known = this.#answers.get(question)
    if (known !== undefined) {
      this.observer?.(contract, fn, args, known)
      return answered(known, this.chain.untaken)
    }
    return mapped(this.chain.call({ to: address, data }), (outcome) => {
      if (!outcome.ok) throw reverted(contract, fn, outcome.output, codec)
      const answer = pick.decodeResult(outcome.output)
      this.#answers.set(question, answer)
      this.observer?.(contract, fn, args, answer)
      return answer
    })
  }
}

function reverted(contract: string, fn: string, output: Hex, codec: AbiCodec): ChainError {
  const { text } = decodeRevert(output, codec)
  return new ChainError({
    reason: "CallReverted",
    message: `reading ${contract}.${fn} reverted: ${text}`,
    fix: `Ask ${contract} whether ${fn} can be answered before reading it, or read it with other arguments.`,
    offending: { name: `${contract}.${fn}`, value: text }
  })
}

/** A handle on a contract at an address. */
export function handle(reader: Reader, name: string, address: Address, codec: AbiCodec): Contract<ContractName> {
  const read: { [fn: string]: (...args: readonly unknown[]) => Read<unknown> } = {}
  const tx: { [fn: string]: (...args: readonly unknown[]) => Intent } = {}
  for (const [fn, overloads] of codec.overloads) {
    if (overloads.some((each) => !each.mutates)) read[fn] = (...args) => reader.read(name, address, codec, fn, args)
    if (overloads.some((each) => each.mutates)) tx[fn] = (...args) => ({ to: address, contract: name, fn, args })
  }
  // The registry's types and this ABI come from the same artifact; the generated-file check holds them together.
  return { name, address, read, tx } as unknown as Contract<ContractName>
}
