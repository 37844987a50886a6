import { describe, expect, it } from "vitest"
import { editDistance, nearest } from "./Nearest.ts"

describe("the nearest name", () => {
  it("counts insertions, deletions, replacements and swaps of neighbours", () => {
    // Wagner and Fischer's own kind of example: three changes.
    expect(editDistance("kitten", "sitting")).toBe(3)
    expect([editDistance("", "abc"), editDistance("abc", ""), editDistance("abc", "abc")]).toEqual([3, 3, 0])
    expect([editDistance("slahs", "slash"), editDistance("ab", "ba"), editDistance("abc", "cba")]).toEqual([1, 1, 2])
  })

  it("is found where two letters changed places", () => {
    expect(nearest("slahs", ["slashing", "slash"])).toBe("slash")
  })

  it("is none when all are far", () => {
    expect(nearest("rewardpol", ["DataToken", "RewardPool"])).toBe("RewardPool")
    expect(nearest("Governor", ["DataToken", "RewardPool"])).toBeUndefined()
  })
})
