import { expect, it } from "vitest"
import { shortHex, words } from "./Short.ts"

it("keeps both ends of a long hash and all of a short one", () => {
  expect(shortHex(`0x${"ab".repeat(32)}`)).toBe("0xabababab…abababab")
  expect(shortHex("0x1234")).toBe("0x1234")
})

it("reads names as words", () => {
  expect([words("operatorProfit"), words("sybil-share"), words("top10Share"), words("--")]).toEqual([
    "Operator profit",
    "Sybil share",
    "Top10 share",
    "--"
  ])
})
