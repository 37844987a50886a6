import { describe, expect, it } from "vitest"
import { editDistance, nearest } from "./Nearest.ts"

describe("the nearest name", () => {
  it("counts insertions, deletions and replacements", () => {
    // Wagner and Fischer's own kind of example: three changes.
    expect(editDistance("kitten", "sitting")).toBe(3)
    expect([editDistance("", "abc"), editDistance("abc", ""), editDistance("abc", "abc")]).toEqual([3, 3, 0])
  })

  it("is none when all are far", () => {
    expect(nearest("rewardpol", ["DataToken", "RewardPool"])).toBe("RewardPool")
    expect(nearest("Governor", ["DataToken", "RewardPool"])).toBeUndefined()
  })
})
