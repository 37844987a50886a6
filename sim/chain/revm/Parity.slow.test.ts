import { describe, expect, it } from "vitest"
import { parity } from "./fixtures/Compare.ts"

describe.each(["prague", "osaka"] as const)("revm and the Hardhat network on %s", (hardfork) => {
  it("agree on half a million transactions of random stories", { timeout: 7_200_000 }, async () => {
    const { transactions } = await parity({ hardfork, transactions: 500_000, seed: 1_000_000 })
    expect(transactions).toBeGreaterThanOrEqual(500_000)
  })
})
