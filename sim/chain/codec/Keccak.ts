/**
 * Keccak-256 as Ethereum uses it (the padding before NIST's), synchronous and in pure JavaScript.
 */
import { keccak_256 } from "@noble/hashes/sha3.js"
import type { Hex } from "../Contracts.ts"
import { toHex } from "./Hexadecimal.ts"

/** The 32 bytes of the Keccak-256 hash. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return keccak_256(bytes)
}

/** The Keccak-256 hash as hexadecimal text. */
export function keccakHex(bytes: Uint8Array): Hex {
  return toHex(keccak_256(bytes))
}

const utf8 = new TextEncoder()

/** The Keccak-256 hash of a text's UTF-8 bytes: of a signature, its topic; the first four bytes, its selector. */
export function keccakText(text: string): Hex {
  return keccakHex(utf8.encode(text))
}
