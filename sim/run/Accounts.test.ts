import { describe, expect, it } from "vitest"
import type { Receipt } from "../chain/Chain.ts"
import type { Address } from "../chain/Contracts.ts"
import { Accounts } from "./Accounts.ts"
import type { Placed } from "./BlockBuilder.ts"

const A: Address = "0x00000000000000000000000000000000000000aa"
const B: Address = "0x00000000000000000000000000000000000000bb"
const C: Address = "0x00000000000000000000000000000000000000cc"
const WHO: Address = "0x0000000000000000000000000000000000000001"

/** Books a transaction of one function at a contract. */
function called(accounts: Accounts, to: Address, gasUsed: number, ok = true): void {
  const waiting = { identity: WHO, gasPrice: 0n, intent: { to, fn: "claim", args: [], contract: "pool" } }
  accounts.charge(
    [{ waiting, transaction: { value: 0n } } as unknown as Placed],
    [{ ok, gasUsed, logs: [] } as unknown as Receipt]
  )
}

describe("what a function is taken to cost", () => {
  it("is what it took last at a contract that is asked about, and at no other", () => {
    const accounts = new Accounts()
    called(accounts, A, 60_000)
    called(accounts, B, 900_000)
    expect(accounts.gasOf("claim", new Set([A]))).toBe(60_000)
    expect(accounts.gasOf("claim", new Set([B]))).toBe(900_000)
    expect(accounts.gasOf("claim", new Set([A, B]))).toBe(900_000)
    called(accounts, A, 61_000)
    expect(accounts.gasOf("claim", new Set([A, B]))).toBe(61_000)
    called(accounts, B, 1, false)
    expect(accounts.gasOf("claim", new Set([A, B]))).toBe(61_000)
    expect(accounts.gasOf("claim", new Set([C]))).toBe(100_000)
    expect(accounts.gasOf("contribute", new Set([A]))).toBe(100_000)
  })

  it("is kept with the state, the order of calls too", () => {
    const accounts = new Accounts()
    for (const [to, gas] of [
      [A, 1],
      [B, 2],
      [A, 3]
    ] as const)
      called(accounts, to, gas)
    const again = new Accounts(structuredClone(accounts.save()))
    expect(again.gasOf("claim", new Set([A, B]))).toBe(3)
    expect(again.save()).toEqual(accounts.save())
  })
})
