/**
 * Identities: addresses an agent controls. An address follows from population, agent and number
 * alone, so that it is the same in every arm, seed and chain.
 */
import type { Address } from "../chain/Contracts.ts"
import { keccakText } from "../chain/codec/Keccak.ts"

/** The address of an agent's identity of that number. */
export function identityAddress(agent: string, index: number): Address {
  return addressOf(`mesocosm/${agent}/${index}`)
}

/** Who deploys and sends in setup. */
export const DEPLOYER: Address = addressOf("mesocosm/deployer")

/** Who produces the blocks. */
export const COINBASE: Address = addressOf("mesocosm/coinbase")

function addressOf(name: string): Address {
  return `0x${keccakText(name).slice(26)}`
}
