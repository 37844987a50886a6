import { describe, expect, it } from "vitest"
import { address, at, chainLaws, RECORDER, REVERTER, take, tx, word } from "../Chain.laws.ts"
import type { Chain } from "../Chain.ts"
import type { Address, Hex } from "../Contracts.ts"
import { HardhatChain } from "../hardhat/HardhatChain.ts"
import { driveSync } from "../Step.ts"
import { loadModule } from "./loadModule.ts"
import { RevmChain } from "./RevmChain.ts"

const open = (hardfork: "prague" | "osaka" = "osaka") => RevmChain.open({ hardfork, module: loadModule() })
const ETHER = 10n ** 18n
const HISTORY: Address = "0x0000f90827f1c53a10cb7a02335b175320002935"
const BEACON_ROOTS: Address = "0x000f3df6d732807ef1319fb7b8bb8522d0beac02"

chainLaws("revm", async (hardfork) => open(hardfork))

describe("RevmChain", () => {
  it("answers at once", () => {
    const chain = open()
    const balance = driveSync(
      (function* () {
        yield* chain.fund([address(1)], 5n)
        return yield* chain.balance(address(1))
      })()
    )
    expect(balance).toBe(5n)
  })

  it("keeps chains apart, and counts nonces", async () => {
    const [one, two] = [open(), open()]
    for (const chain of [one, two]) await take(chain.fund([address(1)], ETHER))
    await take(one.block(at(3), [tx(address(1), 0, { to: address(2), value: 5n })]))
    expect(await take(two.balance(address(2)))).toBe(0n)
    expect([await take(one.nonce(address(1))), await take(two.nonce(address(1)))]).toEqual([1, 0])
  })

  it("refuses what is not hexadecimal digits of the right number, and goes on", async () => {
    const chain = open()
    await take(chain.fund([address(1)], ETHER))
    const wrong = { reason: expect.stringMatching(/^Malformed/) }
    const long = `${address(1)}00` as Address
    await expect(take(chain.balance("0x12"))).rejects.toMatchObject(wrong)
    await expect(take(chain.balance(long))).rejects.toMatchObject(wrong)
    await expect(take(chain.balance(`0x${"g".repeat(40)}`))).rejects.toMatchObject(wrong)
    await expect(take(chain.balance(`0x${"é".repeat(40)}`))).rejects.toMatchObject(wrong)
    for (const data of ["0x1", "0x1g", "12", "", "0x12é4"] as Hex[]) {
      await expect(take(chain.block(at(1), [tx(address(1), 0, { to: address(2), data })]))).rejects.toMatchObject(wrong)
      await expect(take(chain.call({ to: address(2), data }))).rejects.toMatchObject(wrong)
    }
    for (const rest of [{ value: -1n }, { value: 2n ** 256n }, { gas: 1.5 }, { gas: -1 }, { gasPrice: 2n ** 128n }]) {
      const transaction = tx(address(1), 0, { to: address(2), ...rest })
      await expect(take(chain.block(at(1), [transaction]))).rejects.toMatchObject(wrong)
    }
    expect((await take(chain.block(at(1), [tx(address(1), 0, { to: address(2) })])))[0]?.ok).toBe(true)
  })

  it("answers nothing once it is closed", async () => {
    const chain = open()
    await chain.close()
    await expect(take(chain.balance(address(1)))).rejects.toMatchObject({ reason: "Connection" })
  })
})

describe("what hangs on state roots", () => {
  /** Keeps BLOCKHASH(NUMBER − the call data's first word) in slot 0. */
  const hasher: Hex = "0x5f35430340805f555f5260205ff3"
  const touch = (opcode: string): Hex => `0x5f35${opcode}5f5260205ff3`
  /** Calls the address in the call data's first word. */
  const caller: Hex = "0x5f5f5f5f5f5f355af15f5260205ff3"

  it("is Unsupported there and then, in transactions and calls, and leaves the chain as it was", async () => {
    const chain = open()
    await take(chain.fund([address(1)], ETHER))
    const codes = [hasher, touch("31"), touch("3b"), touch("3f"), caller]
    for (const [i, code] of codes.entries()) await take(chain.place(address(50 + i), code))
    await take(chain.block(at(300), []))
    const asked = (i: number): readonly Hex[] => (i === 0 ? [word(1), word(256)] : [word(HISTORY), word(BEACON_ROOTS)])
    for (const i of codes.keys()) {
      for (const data of asked(i)) {
        const to = address(50 + i)
        await expect(take(chain.call({ to, data }))).rejects.toMatchObject({ reason: "Unsupported" })
        const transactions = [tx(address(1), 0, { to: address(2), value: 1n }), tx(address(1), 1, { to, data })]
        await expect(take(chain.block(at(301), transactions))).rejects.toMatchObject({
          reason: "Unsupported",
          message: expect.stringMatching(/^transaction 1 of block 301 asks for /)
        })
        expect(await take(chain.balance(address(2)))).toBe(0n)
        expect(await take(chain.nonce(address(1)))).toBe(0)
      }
    }
    expect((await take(chain.block(at(301), [tx(address(1), 0, { to: address(2) })])))[0]?.ok).toBe(true)
  })

  it("is Unsupported for reads, funds and code of the two contracts, and as sender, receiver or coinbase", async () => {
    const chain = open()
    await take(chain.fund([address(1)], ETHER))
    const unsupported = { _tag: "ChainError", reason: "Unsupported" }
    for (const there of [HISTORY, BEACON_ROOTS]) {
      await expect(take(chain.balance(there))).rejects.toMatchObject(unsupported)
      await expect(take(chain.code(there))).rejects.toMatchObject(unsupported)
      await expect(take(chain.storage(there, "0x0"))).rejects.toMatchObject(unsupported)
      await expect(take(chain.fund([address(2), there], 1n))).rejects.toMatchObject(unsupported)
      await expect(take(chain.place(there, "0x00"))).rejects.toMatchObject(unsupported)
      await expect(take(chain.call({ to: there, data: "0x" }))).rejects.toMatchObject(unsupported)
      await expect(take(chain.block(at(1), [tx(address(1), 0, { to: there })]))).rejects.toMatchObject(unsupported)
      await expect(take(chain.block(at(1), [tx(there, 0, { to: there, gasPrice: 0n })]))).rejects.toMatchObject(
        unsupported
      )
      const paid = take(chain.block(at(1, { coinbase: there }), [tx(address(1), 0, { to: address(2) })]))
      await expect(paid).rejects.toMatchObject(unsupported)
    }
    expect(await take(chain.balance(address(2)))).toBe(0n)
  })

  it("is not what BLOCKHASH of this block, of a later or of a far one asks for: zero on both chains", async () => {
    for (const chain of [open(), await HardhatChain.open({ hardfork: "osaka" })] as Chain[]) {
      await take(chain.fund([address(1)], ETHER))
      await take(chain.place(address(50), hasher))
      await take(chain.block(at(300), []))
      for (const [nonce, back] of [0, 257, 301, 2n ** 256n - 1n].entries()) {
        await take(chain.block(at(301 + nonce), [tx(address(1), nonce, { to: address(50), data: word(back) })]))
        expect(await take(chain.storage(address(50), "0x0"))).toBe(word(0))
      }
      await chain.close()
    }
  })
})

describe("a block with a refused transaction", () => {
  const good = tx(address(1), 0, { to: address(2), value: 1n })
  const cases: readonly (readonly [string, Partial<Parameters<typeof tx>[2]>, number])[] = [
    ["a nonce ahead", { to: address(2) }, 7],
    ["a nonce behind", { to: address(2) }, 0],
    ["no funds left at its place", { to: address(2), value: ETHER - 10_000_000n }, 1],
    ["more gas than the block has left", { to: address(2), gas: 99_990_000, gasPrice: 0n }, 1],
    ["more creation code than EIP-3860 allows", { data: `0x${"00".repeat(49_153)}` as Hex }, 1],
    ["a creation from no code", { data: "0x" as Hex }, 1],
    ["less gas than call data costs (EIP-7623)", { to: address(2), data: "0xffffffff", gas: 21_159 }, 1]
  ]
  it.each(cases)("fails on both chains: %s", async (_, rest, nonce) => {
    for (const chain of [open("prague"), await HardhatChain.open({ hardfork: "prague" })] as Chain[]) {
      await take(chain.fund([address(1)], ETHER))
      const block = chain.block(at(1), [good, tx(address(1), nonce, rest)])
      // What Hardhat's network finds only when it mines, it does not name.
      const named = chain.kind === "revm" ? { message: expect.stringContaining("transaction 1 ") } : {}
      await expect(take(block)).rejects.toMatchObject({ reason: "Connection", ...named })
      await chain.close()
    }
  })

  it("leaves nothing behind, whatever came before it in the block", async () => {
    const chain = open()
    await take(chain.fund([address(1)], ETHER))
    await take(chain.place(address(50), RECORDER))
    await take(chain.block(at(1), [tx(address(1), 0, { to: address(50), data: word(5) })]))
    const look = async () => [
      await take(chain.balance(address(1))),
      await take(chain.nonce(address(1))),
      await take(chain.storage(address(50), word(0))),
      await take(chain.storage(address(50), word(2))),
      await take(chain.balance(address(0xc0))),
      await take(chain.balance(address(2)))
    ]
    const before = await look()
    const block = chain.block(at(2), [
      tx(address(1), 1, { to: address(50), data: word(6) }),
      tx(address(1), 2, { to: address(2), value: 5n }),
      // Creates a contract that destroys itself at once.
      tx(address(1), 3, { data: "0x33ff", value: 7n }),
      tx(address(1), 4, { data: "0x6001600055602060206000f0005b", value: 7n }),
      tx(address(1), 9, { to: address(2) })
    ])
    await expect(take(block)).rejects.toMatchObject({ reason: "Connection" })
    expect(await look()).toEqual(before)
    await take(chain.block(at(2), [tx(address(1), 1, { to: address(50), data: word(6) })]))
  })
})

describe("memory", () => {
  const many = (from: number) => Array.from({ length: 20_000 }, (_, i) => address(from + i))

  it("stays flat when a chain goes back to a smaller snapshot again and again", async () => {
    const chain = open()
    const small = await take(chain.snapshot())
    const sizes: number[] = []
    for (let round = 0; round < 20; round++) {
      await take(chain.revert(small))
      await take(chain.fund(many(1000), BigInt(round + 1)))
      expect(await take(chain.balance(address(20_999)))).toBe(BigInt(round + 1))
      sizes.push(chain.memory)
    }
    expect(new Set(sizes).size).toBe(1)
  })

  it("holds snapshots of different sizes, each as it was", async () => {
    const chain = open()
    const ids: number[] = []
    for (let round = 0; round < 4; round++) {
      ids.push(await take(chain.snapshot()))
      await take(chain.fund(many(1000 + 20_000 * round), 9n))
    }
    for (const round of [3, 2, 1, 0]) {
      await take(chain.revert(ids[round] as number))
      expect(await take(chain.balance(address(1000 + 20_000 * round)))).toBe(0n)
      if (round > 0) expect(await take(chain.balance(address(1000 + 20_000 * round - 1)))).toBe(9n)
    }
  })

  it("does not grow with transactions that leave the state as large as it was", async () => {
    const chain = open()
    await take(chain.fund([address(1)], ETHER))
    await take(chain.place(address(50), REVERTER))
    const work = async (from: number, blocks: number) => {
      for (let i = from; i < from + blocks; i++) {
        // Each asks for accounts and slots that nobody has.
        const transactions = Array.from({ length: 20 }, (_, k) =>
          tx(address(1), (i - 1) * 20 + k, { to: address(10_000 + i * 20 + k), data: "0x1234", gasPrice: 1n })
        )
        await take(chain.block(at(i), transactions))
        await take(chain.call({ to: address(50), data: word(i) }))
        await take(chain.balance(address(5_000_000 + i)))
      }
    }
    await work(1, 200)
    const before = chain.memory
    await work(201, 1000)
    expect(chain.memory).toBe(before)
  })

  it("that runs out is Unsupported; going back to a snapshot mends it", async () => {
    const chain = open("prague")
    await take(chain.fund([address(1)], ETHER))
    // Writes at 2^31: more than this memory can ever hold, for 9·10^12 gas.
    await take(chain.place(address(50), "0x5f638000000052"))
    const good = await take(chain.snapshot())
    const gas = 9_500_000_000_000
    const block = chain.block(at(1, { gasLimit: gas }), [tx(address(1), 0, { to: address(50), gas, gasPrice: 0n })])
    await expect(take(block)).rejects.toMatchObject({ reason: "Unsupported" })
    await expect(take(chain.balance(address(1)))).rejects.toMatchObject({ reason: "Connection" })
    await take(chain.revert(good))
    expect((await take(chain.block(at(1), [tx(address(1), 0, { to: address(2) })])))[0]?.ok).toBe(true)
  })
})
