/**
 * Loads the built revm.wasm in Node: read and compiled once per process, shared by all its chains, and
 * from then on the process's Keccak-256, which is several times as fast in it.
 */
import { readFileSync } from "node:fs"
import { accelerateKeccak } from "../codec/Keccak.ts"
import { type CompiledModule, compile } from "./Wasm.ts"
import { keccakBy } from "./WasmKeccak.ts"

/** The built module's file. */
export const WASM: URL = new URL("revm.wasm", import.meta.url)

let loaded: CompiledModule | undefined

/** The compiled module; it may be handed to worker threads, which then need not compile it. */
export function loadModule(): CompiledModule {
  return loaded ?? adoptModule(compile(readFileSync(WASM)))
}

/** Takes a module that another thread compiled. */
export function adoptModule(module: CompiledModule): CompiledModule {
  loaded = module
  accelerateKeccak(keccakBy(module))
  return module
}
