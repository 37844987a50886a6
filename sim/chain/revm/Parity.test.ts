/**
 * The two chains give the same: random stories, whole runs, refusals. Numbers of transactions are counted
 * and asserted, so that a story that stopped early cannot pass for one that agreed.
 */
import { describe, expect, it } from "vitest"
import { parity } from "./fixtures/Compare.ts"

describe.each(["prague", "osaka"] as const)("revm and the Hardhat network on %s", (hardfork) => {
  it("agree on receipts, calls, balances, code and storage of random stories", { timeout: 180_000 }, async () => {
    const { transactions, failed } = await parity({ hardfork, transactions: 10_000, seed: 1 })
    expect(transactions).toBeGreaterThanOrEqual(10_000)
    // Stories in which nothing fails, or everything does, show little.
    expect(failed / transactions).toBeGreaterThan(0.1)
    expect(failed / transactions).toBeLessThan(0.7)
  })
})
