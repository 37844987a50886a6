import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { address, at, RECORDER, take } from "../Chain.laws.ts"
import type { BlockEnvironment, Transaction } from "../Chain.ts"
import type { Address, Hex } from "../Contracts.ts"
import { throwBytes } from "./fixtures/Bytes.ts"
import { hexOf, randomCode } from "./fixtures/Codes.ts"
import { loadModule } from "./loadModule.ts"
import { RevmChain } from "./RevmChain.ts"
import { instantiate } from "./Wasm.ts"

describe("the module, given random bytes", () => {
  it("answers or says what is wrong, 20,000 times", { timeout: 60_000 }, () => {
    const [ok = 0, malformed = 0, refused = 0, unsupported = 0, fatal, closed] = throwBytes({ inputs: 20_000, seed: 1 })
    // Each way of answering is met, so the inputs reach past the first check.
    expect(Math.min(ok, malformed, refused)).toBeGreaterThan(500)
    expect(unsupported).toBeGreaterThan(30)
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

describe("the chain, given random transactions", () => {
  const bytes = (maxLength: number) => fc.uint8Array({ maxLength })
  const hex: fc.Arbitrary<Hex> = fc.oneof(
    { weight: 6, arbitrary: bytes(100).map(hexOf) },
    { weight: 3, arbitrary: bytes(100).map((code) => randomCode(code, 1)) },
    { weight: 1, arbitrary: fc.string({ maxLength: 20, unit: "binary" }).map((text): Hex => `0x${text}`) }
  )
  const someone: fc.Arbitrary<Address> = fc.oneof(
    { weight: 8, arbitrary: fc.nat(9).map((n) => address(50 + n)) },
    { weight: 4, arbitrary: fc.nat(0x110).map((n): Address => `0x${n.toString(16).padStart(40, "0")}`) },
    { weight: 1, arbitrary: hex }
  )
  const number = fc.oneof(
    { weight: 8, arbitrary: fc.nat(3_000_000) },
    { weight: 1, arbitrary: fc.oneof(fc.maxSafeInteger(), fc.double(), fc.constantFrom(2 ** 53, -1, 2 ** 64)) }
  )
  const amount = fc.oneof(
    { weight: 8, arbitrary: fc.bigInt({ min: 0n, max: 10n ** 6n }) },
    { weight: 1, arbitrary: fc.bigInt({ min: -(2n ** 260n), max: 2n ** 260n }) }
  )
  const transaction: fc.Arbitrary<Transaction> = fc.record(
    {
      from: someone,
      to: someone,
      data: hex,
      value: amount,
      nonce: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: number }),
      gas: number,
      gasPrice: amount
    },
    { requiredKeys: ["from", "data", "value", "nonce", "gas", "gasPrice"] }
  )
  const environment: fc.Arbitrary<Partial<BlockEnvironment>> = fc.record(
    { number, timestamp: number, baseFee: amount, gasLimit: number, prevRandao: hex, coinbase: someone },
    { requiredKeys: [] }
  )

  it("gives a receipt for each or a ChainError, and works on", { timeout: 60_000 }, async () => {
    const chain = RevmChain.open({ hardfork: "osaka", module: loadModule() })
    const people = Array.from({ length: 10 }, (_, n) => address(50 + n))
    await take(chain.fund(people, 10n ** 30n))
    await take(chain.place(address(55), RECORDER))
    const start = await take(chain.snapshot())
    let accepted = 0
    let thrown = 0
    const property = fc.asyncProperty(
      fc.array(transaction, { maxLength: 3 }),
      fc.option(environment, { freq: 3, nil: {} }),
      async (transactions, rest) => {
        try {
          const receipts = await take(chain.block(at(1, rest), transactions))
          expect(receipts).toHaveLength(transactions.length)
          for (const { gasUsed } of receipts) expect(gasUsed).toBeGreaterThan(20_999)
          accepted++
        } catch (error) {
          // An endless loop ends with its gas; memory beyond what there is, and other limits, are said.
          expect(error).toMatchObject({ _tag: "ChainError" })
          thrown++
        }
        await take(chain.revert(start))
        expect(await take(chain.balance(address(50)))).toBe(10n ** 30n)
      }
    )
    await fc.assert(property, { numRuns: 5_000, seed: 1 })
    expect(Math.min(accepted, thrown)).toBeGreaterThan(500)
    await chain.close()
  })
})
