import { describe, expect, it } from "vitest"
import { unexplained } from "./accepted.ts"
import type { Judged } from "./MutationRun.ts"

const left = (line: number, text: string, fate: Judged["fate"] = "survived"): Judged => ({
  fate,
  mutant: { line, from: text, to: "", text, source: "" }
})

describe("what survives", () => {
  const contract = "contracts/tokens/PullPayments.sol"
  const line = "if (amount == 0) return;"

  it("is explained by an entry of its contract", () => {
    expect(unexplained(contract, [left(51, line)])).toEqual([])
    expect(unexplained("contracts/tokens/DataToken.sol", [left(51, line)])).toHaveLength(1)
    expect(unexplained(contract, [left(51, "totalOwed += amount;")])).toHaveLength(1)
    expect(unexplained(contract, [left(51, "totalOwed += amount;", "killed")])).toEqual([])
  })

  it("is not explained by what was said of another line that reads the same", () => {
    expect(unexplained(contract, [left(51, line), left(58, line)]).map(({ mutant }) => mutant.line)).toEqual([58])
  })
})
