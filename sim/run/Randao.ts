/**
 * Whether code can ask for PREVRANDAO, the one thing of a run's seed that a contract sees while the World is set up.
 */
import type { Hex } from "../chain/Contracts.ts"

const PREVRANDAO = 0x44
const PUSH1 = 0x60
const PUSH32 = 0x7f

/** What solc appends to code, in its three forms: a CBOR map of the source's hash and the compiler's version. It is never executed. */
const METADATA =
  /a2646970667358221220[0-9a-f]{64}64736f6c6343[0-9a-f]{6}0033|a265627a7a72315820[0-9a-f]{64}64736f6c6343[0-9a-f]{6}0032|a165627a7a72305820[0-9a-f]{64}0029/g

/**
 * Whether the opcode stands in the code, read from its first byte on. Data between code may look like it: the
 * answer is then yes where no would do, and never the other way round for code that is read from its beginning.
 */
export function asksRandao(code: Hex): boolean {
  const digits = code.slice(2).replace(METADATA, "")
  for (let at = 0; at < digits.length; at += 2) {
    const opcode = Number.parseInt(digits.slice(at, at + 2), 16)
    if (opcode === PREVRANDAO) return true
    if (opcode >= PUSH1 && opcode <= PUSH32) at += 2 * (opcode - PUSH1 + 1)
  }
  return false
}
