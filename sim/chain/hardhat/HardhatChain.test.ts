import { afterAll, describe, expect, it } from "vitest"
import { address, at, chainLaws, REVERTER, take, tx } from "../Chain.laws.ts"
import { HardhatChain } from "./HardhatChain.ts"

chainLaws("hardhat", (hardfork) => HardhatChain.open({ hardfork }))

describe("HardhatChain", () => {
  const open: HardhatChain[] = []
  const chain = async (transactionGasCap?: number | false) => {
    const made = await HardhatChain.open({
      hardfork: "osaka",
      ...(transactionGasCap === undefined ? {} : { transactionGasCap })
    })
    await take(made.fund([address(1), address(2)], 10n ** 18n))
    open.push(made)
    return made
  }
  afterAll(async () => {
    for (const made of open) await made.close()
  })

  it("says what the node said of a transaction it refused", async () => {
    const made = await chain()
    const transactions = [
      tx(address(1), 0, { to: address(2) }),
      tx(address(2), 0, { to: address(1) }),
      tx(address(1), 1, { to: address(2), value: 2n * 10n ** 18n })
    ]
    await expect(take(made.block(at(40), transactions))).rejects.toMatchObject({
      message: expect.stringMatching(/^transaction 2 of block 40 was refused: .*enough funds/),
      offending: { name: "transaction", value: "2" }
    })
    // Without going back: the chain still works, and the refused block's transactions are gone.
    const [receipt] = await take(made.block(at(41), [tx(address(2), 0, { to: address(1), value: 1n })]))
    expect(receipt?.ok).toBe(true)
    expect(await take(made.balance(address(1)))).toBe(10n ** 18n + 1n)
  })

  it("takes a gas cap of its own, or none", async () => {
    const send = (gas: number) => [tx(address(1), 0, { to: address(2), gas, gasPrice: 0n })]
    const free = await chain(false)
    expect((await take(free.block(at(1), send(90_000_000))))[0]?.ok).toBe(true)
    const tight = await chain(1_000_000)
    await expect(take(tight.block(at(1), send(1_000_001)))).rejects.toMatchObject({ reason: "Connection" })
    await take(tight.place(address(50), REVERTER))
    expect(await take(tight.call({ to: address(50), data: "0x12" }))).toEqual({ ok: false, output: "0x12" })
  })

  it("refuses timestamp 0, which the network would take for the present", async () => {
    const made = await chain()
    await expect(take(made.block(at(1, { timestamp: 0 }), []))).rejects.toMatchObject({ reason: "Unsupported" })
  })

  it("keeps chains apart", async () => {
    const [one, two] = [await chain(), await chain()]
    await take(one.block(at(3), [tx(address(1), 0, { to: address(2), value: 5n })]))
    expect(await take(two.balance(address(2)))).toBe(10n ** 18n)
    expect((await take(two.block(at(1), [tx(address(1), 0, { to: address(2) })])))[0]?.ok).toBe(true)
  })

  it("answers nothing once it is closed", async () => {
    const made = await chain()
    await made.close()
    await expect(take(made.balance(address(1)))).rejects.toMatchObject({ _tag: "ChainError", reason: "Connection" })
  })
})
