/**
 * The two chains give the same: random stories, with blocks that are refused and blocks that are full. What was
 * compared is counted and asserted, so that a story that stopped early cannot pass for one that agreed.
 */
import { describe, expect, it } from "vitest"
import { parity } from "./fixtures/Compare.ts"

describe.each(["prague", "osaka"] as const)("revm and the Hardhat network on %s", (hardfork) => {
  it("agree on 20,000 transactions of random stories, and on all that is seen after", {
    timeout: 300_000
  }, async () => {
    const { transactions, failed, refused, full } = await parity({ hardfork, transactions: 20_000, seed: 1 })
    expect(transactions).toBeGreaterThanOrEqual(20_000)
    // Stories in which nothing fails, or everything does, show little.
    expect(failed / transactions).toBeGreaterThan(0.1)
    expect(failed / transactions).toBeLessThan(0.7)
    expect(refused).toBeGreaterThan(200)
    expect(full).toBeGreaterThan(50)
  })
})
