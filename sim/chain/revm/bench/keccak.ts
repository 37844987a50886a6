/**
 * Keccak-256 in the wasm module against the library in JavaScript, per length: microseconds each, the best of five in turns.
 *
 *     node sim/chain/revm/bench/keccak.ts
 */
import { keccak_256 } from "@noble/hashes/sha3.js"
import { loadModule } from "../loadModule.ts"
import { keccakBy } from "../WasmKeccak.ts"

const wasm = keccakBy(loadModule())
for (const length of [32, 300, 1000, 10_000, 100_000]) {
  const bytes = new Uint8Array(length).map((_, i) => i)
  const times = Math.ceil(3_000_000 / (length + 100))
  const best = { wasm: Number.POSITIVE_INFINITY, library: Number.POSITIVE_INFINITY }
  for (let round = 0; round < 5; round++) {
    for (const [name, hash] of [["wasm", wasm] as const, ["library", keccak_256] as const]) {
      const began = performance.now()
      for (let i = 0; i < times; i++) hash(bytes)
      best[name] = Math.min(best[name], ((performance.now() - began) * 1000) / times)
    }
  }
  console.log(
    `${length} bytes: wasm ${best.wasm.toFixed(2)} us, library ${best.library.toFixed(2)} us, ratio ${(best.library / best.wasm).toFixed(1)}`
  )
}
