import { describe, expect, it } from "vitest"
import { withoutLine, withoutLineWords } from "./Register.ts"

describe("lines of the register", () => {
  it("that are cited and not there are told once, in order; another text cites none", () => {
    const cited = ["CB10", "CB2", "CB2", "AB3", "CB1", "DIP-2, https://x.example", "Cb3", "CB"]
    expect(withoutLine(cited, (line) => line === "CB1")).toEqual(["AB3", "CB2", "CB10"])
    expect(withoutLine(cited, () => true)).toEqual([])
  })

  it.each([
    [["CB2"], "CB2 has no line in ASSUMPTIONS.md"],
    [["CB2", "CB3"], "CB2 and CB3 have no line in ASSUMPTIONS.md"],
    [["CB2", "CB3", "CB4"], "CB2 to CB4 have no line in ASSUMPTIONS.md"],
    [["AB1", "CB2", "CB3", "CB4", "CB6"], "AB1, CB2 to CB4 and CB6 have no line in ASSUMPTIONS.md"],
    [["AB1", "CB2"], "AB1 and CB2 have no line in ASSUMPTIONS.md"]
  ])("%j", (lines, words) => {
    expect(withoutLineWords(lines)).toBe(words)
  })
})
