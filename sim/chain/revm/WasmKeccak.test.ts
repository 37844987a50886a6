// The codec hashes in wasm too once the module is loaded, so it is the library that is compared with.
import { keccak_256 } from "@noble/hashes/sha3.js"
import fc from "fast-check"
import { expect, it } from "vitest"
import { fromHex, toHex } from "../codec/Hexadecimal.ts"
import { loadModule } from "./loadModule.ts"
import { keccakBy } from "./WasmKeccak.ts"

const hash = keccakBy(loadModule())

it("gives the hashes of the library in JavaScript, whatever came before", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      expect(hash(bytes)).toEqual(keccak_256(bytes))
    }),
    { numRuns: 300, seed: 1 }
  )
  const large = new Uint8Array(3_000_000).map((_, i) => i)
  expect(hash(large)).toEqual(keccak_256(large))
  // Of nothing: the empty code hash of the Ethereum yellow paper.
  expect(toHex(hash(fromHex("0x")))).toBe("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")
})
