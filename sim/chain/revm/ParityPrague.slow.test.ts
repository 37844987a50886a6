/** A file for each hardfork, so that two processes run them. */
import { expect, it } from "vitest"
import { parity } from "./fixtures/Compare.ts"

it("revm and the Hardhat network on prague agree on a million transactions", { timeout: 7_200_000 }, async () => {
  const { transactions } = await parity({ hardfork: "prague", transactions: 1_000_000, seed: 1_000_000 })
  expect(transactions).toBeGreaterThanOrEqual(1_000_000)
})
