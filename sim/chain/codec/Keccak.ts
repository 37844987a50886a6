/**
 * Keccak-256 as Ethereum uses it (the padding before NIST's), synchronous: in pure JavaScript, or by
 * whatever faster implementation of the same function this process has.
 */
import { keccak_256 } from "@noble/hashes/sha3.js"
import type { Hex } from "../Contracts.ts"
import { toHex } from "./Hexadecimal.ts"

let hash: (bytes: Uint8Array) => Uint8Array = keccak_256

/** From now on this process hashes by `faster`, which must be the same function. */
export function accelerateKeccak(faster: (bytes: Uint8Array) => Uint8Array): void {
  hash = faster
}

/** The 32 bytes of the Keccak-256 hash. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return hash(bytes)
}

/** The Keccak-256 hash as hexadecimal text. */
export function keccakHex(bytes: Uint8Array): Hex {
  return toHex(hash(bytes))
}

const utf8 = new TextEncoder()

/** The Keccak-256 hash of a text's UTF-8 bytes: of a signature, its topic; the first four bytes, its selector. */
export function keccakText(text: string): Hex {
  return keccakHex(utf8.encode(text))
}
