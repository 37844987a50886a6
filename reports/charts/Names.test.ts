import { expect, it } from "vitest"
import { namer } from "./Names.ts"

it("gives plain names, no two alike on any file system", () => {
  const name = namer()
  expect([["ledger", "a b"], ["Ledger", "A/b"], ["</svg>"], ["…"], ["x".repeat(99)]].map(name)).toEqual([
    "ledger-a-b",
    "Ledger-A-b-2",
    "svg",
    "chart",
    "x".repeat(60)
  ])
})
