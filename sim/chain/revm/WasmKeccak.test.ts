import fc from "fast-check"
import { expect, it } from "vitest"
import { fromHex, toHex } from "../codec/Hexadecimal.ts"
import { keccak256 } from "../codec/Keccak.ts"
import { loadModule } from "./loadModule.ts"
import { keccakBy } from "./WasmKeccak.ts"

const hash = keccakBy(loadModule())

it("gives the hashes of the codec's own Keccak-256, whatever came before", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      expect(hash(bytes)).toEqual(keccak256(bytes))
    }),
    { numRuns: 300, seed: 1 }
  )
  const large = new Uint8Array(3_000_000).map((_, i) => i)
  expect(hash(large)).toEqual(keccak256(large))
  // Of nothing: the empty code hash of the Ethereum yellow paper.
  expect(toHex(hash(fromHex("0x")))).toBe("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")
})
