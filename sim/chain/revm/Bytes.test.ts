import { describe, expect, it } from "vitest"
import { throwBytes } from "./fixtures/Bytes.ts"
import { loadModule } from "./loadModule.ts"
import { instantiate } from "./Wasm.ts"

describe("the module, given random bytes", () => {
  it("answers or says what is wrong, 20,000 times", { timeout: 60_000 }, () => {
    const [ok = 0, malformed = 0, refused = 0, unsupported = 0, fatal, closed] = throwBytes({ inputs: 20_000, seed: 1 })
    // Each way of answering is met, so the inputs reach past the first check.
    expect(Math.min(ok, malformed)).toBeGreaterThan(1000)
    expect(Math.min(refused, unsupported)).toBeGreaterThan(50)
    expect([fatal, closed]).toEqual([0, 0])
  })

  it("says so before it is opened, and of an unknown hardfork, and takes no question too long to hold", () => {
    const exports = instantiate(loadModule()) as Record<string, (...args: number[]) => number>
    for (const question of ["block", "calls", "account", "storage", "fund", "place"]) {
      expect(exports[question]?.(0)).toBe(5)
    }
    expect(exports["open"]?.(2, 1)).toBe(1)
    expect(exports["input"]?.(2 ** 32 - 1)).toBe(0)
    expect(exports["open"]?.(1, 1)).toBe(0)
    expect(exports["block"]?.(0)).toBe(1)
  })
})
