import { describe, expect, it } from "vitest"
import { unexplained } from "./accepted.ts"
import type { Judged } from "./MutationRun.ts"

const left = (nth: number, text: string, fate: Judged["fate"] = "survived"): Judged => ({
  fate,
  mutant: { line: 50 + nth, nth, from: text, to: "", text, source: "" }
})

describe("what survives", () => {
  const contract = "contracts/tokens/PullPayments.sol"
  const line = "if (amount == 0) return;"

  it("is explained by an entry of its contract", () => {
    expect(unexplained(contract, [left(1, line)])).toEqual([])
    expect(unexplained("contracts/tokens/DataToken.sol", [left(1, line)])).toHaveLength(1)
    expect(unexplained(contract, [left(1, "totalOwed += amount;")])).toHaveLength(1)
    expect(unexplained(contract, [left(1, "totalOwed += amount;", "killed")])).toEqual([])
  })

  it("is not explained by what was said of another line that reads the same", () => {
    for (const first of ["survived", "killed"] as const)
      expect(unexplained(contract, [left(1, line, first), left(2, line)]).map(({ mutant }) => mutant.nth)).toEqual([2])
  })
})
