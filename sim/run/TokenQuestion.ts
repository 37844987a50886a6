/** What an audit asks of an ERC-20: its supply, or the balance of a holder; and how its answer is read. */
import type { Call, CallOutcome } from "../chain/Chain.ts"
import type { Address, Hex } from "../chain/Contracts.ts"

const BALANCE_OF = "0x70a08231"
const TOTAL_SUPPLY: Hex = "0x18160ddd"

/** The call that asks a token for the balance of a holder; for its supply when there is none. */
export function questionOf(token: Address, holder: Address | undefined): Call {
  return {
    to: token,
    data: holder === undefined ? TOTAL_SUPPLY : `${BALANCE_OF}000000000000000000000000${holder.slice(2)}`
  }
}

/** The amount in an answer, in base units; −1 when the call failed or gave no word. */
export function amountIn(outcome: CallOutcome | undefined): bigint {
  if (outcome?.ok !== true || outcome.output.length < 66) return -1n
  return BigInt(outcome.output.length === 66 ? outcome.output : outcome.output.slice(0, 66))
}
