import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Address } from "../chain/Contracts.ts"
import type { Depth } from "../scenario/Scenario.ts"
import { ONE } from "../scenario/Units.ts"
import { Prices } from "./Prices.ts"

const TOKEN: Address = "0x00000000000000000000000000000000000000aa"

const inMarket = (depth: Depth): Prices =>
  new Prices({ name: "USD", ether: 0n, tokens: new Map([[TOKEN, { market: () => depth }]]) }, [[TOKEN, depth]])

const pool = { token: 1000n * ONE, numeraire: 500n * ONE, feeBps: 30n }
const amount = fc.bigInt({ min: 0n, max: 10_000n * ONE })

describe("what an amount fetches in a market", () => {
  // Uniswap v2's getAmountOut: 997 · 10 · 500 / (1000 · 1000 + 997 · 10) = 4.9358; getAmountIn: 10 · 500 · 1000 / (990 · 997) = 5.0657.
  it("is what selling it would, and minus what buying it back would cost", () => {
    expect(inMarket(pool).fetches(TOKEN, 10n * ONE)).toBe((997n * 10n * 500n * ONE) / (1_000_000n + 9970n))
    expect(inMarket(pool).fetches(TOKEN, -10n * ONE)).toBe(-((10n * 500n * 1000n * ONE) / (990n * 997n) + 1n))
    expect(inMarket(pool).fetches(TOKEN, 0n)).toBe(0n)
  })

  it("counts what goes beyond nine tenths of the pool at the price reached there, without a step", () => {
    const at = (tokens: bigint): bigint => inMarket({ ...pool, feeBps: 0n }).fetches(TOKEN, tokens)
    // 900 of 1,000 tokens cost 500 · 900 / 100; the next costs 500 · 1000 / 100² each.
    expect(at(-900n * ONE)).toBe(-4500n * ONE)
    expect(at(-901n * ONE)).toBe(-4550n * ONE)
    expect(at(-1100n * ONE)).toBe(-14_500n * ONE)
    expect(at(-900n * ONE - 1n)).toBe(-4500n * ONE - 50n)
  })

  it("never pays for going there and back, and falls as more is owed", () => {
    fc.assert(
      fc.property(amount, amount, fc.bigInt({ min: 0n, max: 9999n }), (one, two, feeBps) => {
        const prices = inMarket({ ...pool, feeBps })
        const [less, more] = one < two ? [one, two] : [two, one]
        expect(prices.fetches(TOKEN, less)).toBeLessThanOrEqual(prices.fetches(TOKEN, more))
        expect(prices.fetches(TOKEN, -more)).toBeLessThanOrEqual(prices.fetches(TOKEN, -less))
        expect(prices.fetches(TOKEN, less) + prices.fetches(TOKEN, -less)).toBeLessThanOrEqual(0n)
      })
    )
  })

  it("is nothing where the pool is empty", () => {
    for (const tokens of [-ONE, ONE])
      expect(inMarket({ token: 0n, numeraire: 0n, feeBps: 30n }).fetches(TOKEN, tokens)).toBe(0n)
  })
})
