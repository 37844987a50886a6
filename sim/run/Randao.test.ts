import { describe, expect, it } from "vitest"
import { ArtifactStore } from "../chain/artifact/ArtifactStore.ts"
import { asksRandao } from "./Randao.ts"

describe("code that may ask for PREVRANDAO", () => {
  it("is told by the opcode where it is executed, not where it is data", () => {
    expect(asksRandao("0x")).toBe(false)
    expect(asksRandao("0x44")).toBe(true)
    expect(asksRandao("0x5f44")).toBe(true)
    // PUSH1 0x44, PUSH2 0x4444, PUSH32 of them.
    expect(asksRandao("0x6044")).toBe(false)
    expect(asksRandao("0x61444400")).toBe(false)
    expect(asksRandao(`0x7f${"44".repeat(32)}00`)).toBe(false)
    expect(asksRandao(`0x7f${"44".repeat(32)}44`)).toBe(true)
    const metadata = `a2646970667358221220${"44".repeat(32)}64736f6c63430008250033`
    expect(asksRandao(`0x00fe${metadata}`)).toBe(false)
    expect(asksRandao(`0x00fe${metadata}44`)).toBe(true)
  })

  it("is none of the tokens and pools that scenarios deploy", () => {
    const store = ArtifactStore.open(new URL("../..", import.meta.url).pathname)
    for (const name of ["DataToken", "RewardPool", "WeeklyRewards", "ConstantProductPair", "PairRouter"]) {
      expect([name, asksRandao(store.get(name).bytecode)]).toEqual([name, false])
    }
  })
})
