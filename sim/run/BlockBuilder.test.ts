import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Address, Hex } from "../chain/Contracts.ts"
import { inOrder, intrinsicGas, place, type Waiting } from "./BlockBuilder.ts"

const address = (who: number): Address => `0x${who.toString(16).padStart(40, "0")}`

const waiting = fc
  .array(
    fc.record({
      who: fc.integer({ min: 1, max: 5 }),
      tip: fc.integer({ min: 0, max: 3 }),
      gas: fc.integer({ min: 21_000, max: 200_000 })
    }),
    {
      maxLength: 40
    }
  )
  .map((rows): readonly Waiting[] => {
    const sent = new Map<number, number>()
    return rows.map(({ who, tip, gas }, sequence) => {
      const nth = sent.get(who) ?? 0
      sent.set(who, nth + 1)
      return {
        sequence,
        agent: who,
        identity: address(who),
        nth,
        intent: { to: address(99), contract: "C", fn: "f", args: [] },
        data: "0x",
        gas,
        gasPrice: 1n + BigInt(tip),
        time: 0
      }
    })
  })

const RICH = { nonce: () => 0, balance: () => 10n ** 30n }

describe("the order of a block", () => {
  it("is a permutation that keeps every identity's own order", () => {
    fc.assert(
      fc.property(waiting, fc.constantFrom("fifo" as const, "fee" as const, "shuffled" as const), (rows, order) => {
        const ordered = inOrder(rows, order, "root")
        expect([...ordered].sort((a, b) => a.sequence - b.sequence)).toEqual(rows)
        const last = new Map<Address, number>()
        for (const { identity, nth } of ordered) {
          expect(nth).toBe((last.get(identity) ?? -1) + 1)
          last.set(identity, nth)
        }
      })
    )
  })

  it("by fee puts the dearest first, where identities send once", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 20 }), (tips) => {
        const rows = tips.map(
          (tip, sequence): Waiting => ({
            sequence,
            agent: sequence,
            identity: address(sequence + 1),
            nth: 0,
            intent: { to: address(99), contract: "C", fn: "f", args: [] },
            data: "0x",
            gas: 21_000,
            gasPrice: BigInt(tip),
            time: 0
          })
        )
        const prices = inOrder(rows, "fee", "root").map(({ gasPrice }) => Number(gasPrice))
        expect(prices).toEqual([...prices].sort((a, b) => b - a))
      })
    )
  })

  it("shuffled depends on run, identity and number alone: who else waits does not change who is before whom", () => {
    fc.assert(
      fc.property(waiting, fc.integer({ min: 1, max: 5 }), (rows, absent) => {
        const once = rows.filter(({ nth }) => nth === 0)
        const all = inOrder(once, "shuffled", "root").filter(({ agent }) => agent !== absent)
        const fewer = inOrder(
          once.filter(({ agent }) => agent !== absent),
          "shuffled",
          "root"
        )
        expect(fewer).toEqual(all)
      })
    )
  })
})

describe("places in a block", () => {
  it("never ask for more gas than the block has, and number an identity's transactions without gaps", () => {
    fc.assert(
      fc.property(waiting, fc.integer({ min: 21_000, max: 2_000_000 }), (rows, gasLimit) => {
        const placed = place(rows, { gasLimit, hardfork: "osaka" }, { ...RICH, nonce: () => 7 })
        const inside = placed.flatMap(({ transaction }) => (transaction === undefined ? [] : [transaction]))
        expect(inside.reduce((sum, { gas }) => sum + gas, 0)).toBeLessThanOrEqual(gasLimit)
        const next = new Map<Address, number>()
        for (const { from, nonce } of inside) {
          expect(nonce).toBe(next.get(from) ?? 7)
          next.set(from, nonce + 1)
        }
        for (const { status, transaction } of placed) expect(status === "ok").toBe(transaction !== undefined)
      })
    )
  })

  it("are refused to who cannot pay gas limit times price, and value, for all it sends in the block", () => {
    const [first] = fc.sample(
      waiting.filter((rows) => rows.length > 0),
      { seed: 1, numRuns: 1 }
    )[0] as [Waiting]
    const row = { ...first, gas: 100_000, gasPrice: 10n, nth: 0 }
    const two = [row, { ...row, sequence: 1, nth: 1 }]
    const statuses = (balance: bigint): readonly string[] =>
      place(two, { gasLimit: 1e9, hardfork: "osaka" }, { nonce: () => 0, balance: () => balance }).map(
        ({ status }) => status
      )
    expect(statuses(2_000_000n)).toEqual(["ok", "ok"])
    expect(statuses(1_999_999n)).toEqual(["ok", "no-funds"])
    expect(statuses(999_999n)).toEqual(["no-funds", "no-funds"])
  })

  it("are refused above the cap of one transaction from osaka on, and below the intrinsic gas", () => {
    const [first] = fc.sample(
      waiting.filter((rows) => rows.length > 0),
      { seed: 1, numRuns: 1 }
    )[0] as [Waiting]
    const status = (gas: number, data: Hex, hardfork: "osaka" | "prague"): string | undefined =>
      place([{ ...first, gas, data }], { gasLimit: 1e9, hardfork }, RICH)[0]?.status
    expect(status(16_777_217, "0x", "osaka")).toBe("gas-over-cap")
    expect(status(16_777_217, "0x", "prague")).toBe("ok")
    expect(status(20_999, "0x", "osaka")).toBe("gas-too-low")
    expect(status(21_000, "0x", "osaka")).toBe("ok")
  })

  // EIP-7623: a transaction pays at least 10 gas per token of calldata, a zero byte being one token and another four.
  it("know the floor of call data", () => {
    expect(intrinsicGas("0x")).toBe(21_000)
    expect(intrinsicGas("0x00ff")).toBe(21_000 + 50)
  })
})
